from django.db.models import TextChoices


class MeetingState(TextChoices):
    PREPARED = "prepared", "préparée"
    CONVENED = "convened", "convoquée"
    HELD = "held", "tenue"
    CANCELLED = "cancelled", "annulée"
    POSTPONED = "postponed", "reportée"


class AgendaItemKind(TextChoices):
    INFORMATION = "information", "information"
    OPINION = "opinion", "avis"
    DECISION = "decision", "décision"
    VISIT = "visit", "visite"
    APPROVAL = "approval", "approbation du compte-rendu précédent"
    OTHER_BUSINESS = "other_business", "questions diverses"
    NEXT_MEETING = "next_meeting", "prochaine réunion"


class AttendanceStatus(TextChoices):
    PRESENT = "present", "présent"
    EXCUSED = "excused", "excusé"
    ABSENT = "absent", "absent"
    REPRESENTED = "represented", "représenté"


class Capacity(TextChoices):
    MEMBER = "member", "membre"
    GUEST = "guest", "invité"
    EXPERT = "expert", "expert"
    ASSISTING = "assisting", "assistait également"


class DocumentKind(TextChoices):
    SENT_BEFORE = "sent_before", "envoyé avant la réunion"
    HANDED_OUT = "handed_out", "remis en séance"
    PROJECTED = "projected", "projeté"
    ANNEXED = "annexed", "annexé au compte-rendu"


class Visibility(TextChoices):
    MEMBERS = "members", "membres du comité"
    INTERNAL = "internal", "préfecture seulement"
