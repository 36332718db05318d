from django.db.models import TextChoices


class MinutesState(TextChoices):
    DRAFTING = "drafting", "en rédaction"
    IN_REVIEW = "in_review", "en relecture"
    SEALED = "sealed", "approuvé et scellé"
    REPLACED = "replaced", "remplacé"
    ABANDONED = "abandoned", "abandonné"


class RemarkKind(TextChoices):
    OBSERVATION = "observation", "observation"
    QUESTION = "question", "question"
    SUGGESTION = "suggestion", "suggestion"
    SATISFACTION = "satisfaction", "satisfaction"
    MALFUNCTION = "malfunction", "dysfonctionnement"


class DecisionKind(TextChoices):
    VALIDATION = "validation", "validation"
    AGREEMENT = "agreement", "accord"
    OPINION = "opinion", "avis"
    APPROVAL = "approval", "approbation"
    ELECTION = "election", "élection"


OPEN_STATES = (MinutesState.DRAFTING, MinutesState.IN_REVIEW)
SEALED_STATES = (MinutesState.SEALED, MinutesState.REPLACED)
UNSEALED_STATES = (*OPEN_STATES, MinutesState.ABANDONED)
