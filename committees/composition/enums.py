from django.db.models import TextChoices


class CommitteeKind(TextChoices):
    CLU = "clu", "comité local des usagers (CLU)"
    CLAC = "clac", "comité local d'amélioration continue (CLAC)"
    CLUAC = "cluac", "comité local des usagers et d'amélioration continue (CLUAC)"
    OTHER = "other", "autre comité"


class MandateKind(TextChoices):
    FULL_MEMBER = "full_member", "titulaire"
    SUBSTITUTE = "substitute", "suppléant"
