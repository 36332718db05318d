import uuid

from django.db import models
from django.db.models import F, Q

from clu_portal.tenancy import TenantForeignKey, TenantModel, TenantOneToOneField, one_per_uuid
from committees.composition.models import Committee
from committees.meetings.enums import ChairVoice, VoteMethod, VoteResult
from committees.meetings.models.agenda import AgendaItem
from committees.meetings.models.meeting import Meeting


class CommitteeRules(TenantModel):
    """The rules a committee chose to have the portal apply: everything is off until it does."""

    committee = TenantOneToOneField(Committee, models.CASCADE, related_name="rules", verbose_name="comité")
    has_quorum = models.BooleanField("un quorum est exigé", default=False)
    quorum_numerator = models.PositiveSmallIntegerField("quorum, numérateur", default=1)
    quorum_denominator = models.PositiveSmallIntegerField("quorum, dénominateur", default=2)
    quorum_is_strict = models.BooleanField(
        "il faut plus que cette fraction",
        default=False,
        help_text="Coché : « plus de la moitié ». Non coché : « la moitié au moins ».",
    )
    second_convocation_lifts = models.BooleanField("une seconde convocation dispense du quorum", default=False)
    has_proxies = models.BooleanField("les pouvoirs sont admis", default=False)
    proxies_count = models.BooleanField("les pouvoirs comptent dans le quorum", default=False)
    proxies_per_holder = models.PositiveSmallIntegerField("pouvoirs par personne, au plus", default=1)
    has_votes = models.BooleanField("le comité vote", default=False)
    chair_casts = models.BooleanField("la présidence a voix prépondérante en cas de partage", default=False)
    rule_text = models.TextField(
        "texte de la règle",
        blank=True,
        help_text="Comme au règlement intérieur : montré quand la règle s'applique, imprimé au compte-rendu. Vide : "
        "d'après les choix ci-dessus.",
    )

    class Meta(TenantModel.Meta):
        verbose_name = "règles du comité"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "committee"], name="one_row_of_rules_per_committee"),
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1, quorum_denominator__gte=1)
                & Q(quorum_numerator__lte=F("quorum_denominator")),
                name="quorum_is_a_fraction",
                violation_error_message="Le quorum est une fraction : un numérateur de 1 au moins, sans dépasser le "
                "dénominateur.",
            ),
        ]

    def __str__(self):
        return f"Règles de {self.committee}"


class Vote(TenantModel):
    """One vote of a meeting. The result is stored: it follows from the rules of that day."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="votes", verbose_name="réunion")
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)
    agenda_item = TenantForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="votes", verbose_name="point"
    )
    subject = models.CharField("objet du vote", max_length=300)
    method = models.CharField("manière", max_length=10, choices=VoteMethod, default=VoteMethod.HANDS)
    voted_at = models.TimeField("heure", null=True, blank=True, help_text="Seuls comptent ceux qui étaient là.")
    for_count = models.PositiveSmallIntegerField("pour", default=0)
    against_count = models.PositiveSmallIntegerField("contre", default=0)
    abstention_count = models.PositiveSmallIntegerField("abstentions", default=0)
    chair_voice = models.CharField(
        "voix de la présidence",
        max_length=10,
        choices=ChairVoice,
        default=ChairVoice.NONE,
        blank=True,
        help_text="Sert en cas de partage, quand la présidence a voix prépondérante.",
    )
    result = models.CharField("résultat", max_length=16, choices=VoteResult, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = "vote"
        ordering = ["position", "pk"]
        constraints = [one_per_uuid("vote")]

    def __str__(self):
        return self.subject
