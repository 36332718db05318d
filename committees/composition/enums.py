from django.db.models import TextChoices


class MandateKind(TextChoices):
    FULL_MEMBER = "full_member", "titulaire"
    SUBSTITUTE = "substitute", "suppléant"


class CollegeSide(TextChoices):
    USERS = "users", "usagers"
    ADMINISTRATION = "administration", "administration"
    LOCAL_AUTHORITIES = "local_authorities", "collectivités"
    OTHER = "other", "autres"


class SeatBasis(TextChoices):
    """Why somebody sits, hence who may follow them (rules.replacement)."""

    DESIGNATED = "designated", "désigné par son organisme"
    BY_OFFICE = "by_office", "ès qualités, par sa fonction"
    ELECTED = "elected", "élu"
    QUALIFIED = "qualified", "personne qualifiée"


class WarningKind(TextChoices):
    MANDATE_ENDING = "mandate_ending", "mandat qui finit bientôt"
    SEAT_VACANT = "seat_vacant", "siège vacant"
    ORGANISATION_ABSENT = "organisation_absent", "organisme absent aux deux dernières réunions"
    NO_MEETING = "no_meeting", "aucune réunion depuis longtemps"
