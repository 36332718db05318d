from django.db.models import TextChoices


class MinutesState(TextChoices):
    DRAFTING = "drafting", "en rédaction"
    IN_REVIEW = "in_review", "en relecture"
    SEALED = "sealed", "approuvé et scellé"
    REPLACED = "replaced", "remplacé"


OPEN_STATES = (MinutesState.DRAFTING, MinutesState.IN_REVIEW)
SEALED_STATES = (MinutesState.SEALED, MinutesState.REPLACED)
