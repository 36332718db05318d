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
    EXPECTED = "expected", "non renseigné"


CAME = {AttendanceStatus.PRESENT, AttendanceStatus.REPRESENTED}


class HeadingLevel(TextChoices):
    HEADING = "heading", "En faire la rubrique"
    SUB_HEADING = "sub_heading", "En faire la sous-rubrique"
    COLLEGE = "college", "Mettre le collège de chaque siège en sous-rubrique"


class Capacity(TextChoices):
    MEMBER = "member", "membre"
    GUEST = "guest", "invité"
    EXPERT = "expert", "expert"
    ASSISTING = "assisting", "assistait également"


class Mode(TextChoices):
    ROOM = "room", "en salle"
    VISIO = "visio", "en visioconférence"
    PHONE = "phone", "par téléphone"


class Representation(TextChoices):
    NONE = "", "aucune"
    REPRESENTED_BY = "represented_by", "représenté par…"
    REPRESENTING = "representing", "représentant…"
    SUBSTITUTE = "substitute", "suppléant de…"


class Gender(TextChoices):
    UNKNOWN = "", "selon la civilité"
    FEMININE = "feminine", "féminin"
    MASCULINE = "masculine", "masculin"


class DocumentKind(TextChoices):
    SENT_BEFORE = "sent_before", "envoyé avant la réunion"
    HANDED_OUT = "handed_out", "remis en séance"
    PROJECTED = "projected", "projeté"
    ANNEXED = "annexed", "annexé au compte-rendu"


class Visibility(TextChoices):
    PUBLIC = "public", "tout le monde"
    MEMBERS = "members", "membres du comité"
    INTERNAL = "internal", "préfecture seulement"


class VoteMethod(TextChoices):
    HANDS = "hands", "à main levée"
    BALLOT = "ballot", "à bulletin secret"
    CONSENSUS = "consensus", "par consensus"


class ChairVoice(TextChoices):
    NONE = "", "sans objet"
    FOR = "for", "pour"
    AGAINST = "against", "contre"


class VoteResult(TextChoices):
    ADOPTED = "adopted", "adopté"
    REJECTED = "rejected", "rejeté"
    ADOPTED_BY_CHAIR = "adopted_chair", "adopté, voix prépondérante de la présidence"
    REJECTED_BY_CHAIR = "rejected_chair", "rejeté, voix prépondérante de la présidence"
    TIED = "tied", "partage égal des voix"
