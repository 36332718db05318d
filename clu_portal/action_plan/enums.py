from django.db.models import TextChoices


class ActionState(TextChoices):
    PROPOSED = "proposed", "proposée"
    STUDIED = "studied", "à l'étude"
    PLANNED = "planned", "planifiée"
    IN_PROGRESS = "in_progress", "en cours"
    DONE = "done", "réalisée"
    ABANDONED = "abandoned", "abandonnée"
    RECURRENT = "recurrent", "récurrente"
