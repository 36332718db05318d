"""What was said in a meeting, as rows: read from the text at each save, rebuilt from it at any time (design §6)."""

from django.db import models

from clu_portal.tenancy import TenantForeignKey, TenantModel
from committees.minutes.enums import DecisionKind, RemarkKind
from committees.minutes.models import Minutes


class IndexedNode(TenantModel):
    """A row drawn from a node of the text: `section` names its section, `position` its place in it."""

    minutes = TenantForeignKey(Minutes, models.CASCADE, related_name="%(class)ss")
    section = models.UUIDField()
    position = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        abstract = True


class Exchange(IndexedNode):
    opening = models.CharField("introduction", max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = "échange"
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "minutes", "section", "position"], name="one_exchange_per_place"
            )
        ]


class Remark(TenantModel):
    exchange = TenantForeignKey(Exchange, models.CASCADE, related_name="remarks")
    uuid = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("nature", max_length=12, choices=RemarkKind)
    speaker = models.CharField("intervenant", max_length=300, blank=True)
    text = models.TextField("texte", blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = "observation"
        ordering = ["exchange_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "exchange", "uuid"], name="one_remark_per_uuid"),
            models.CheckConstraint(condition=models.Q(kind__in=RemarkKind.values), name="remark_kind"),
        ]

    def __str__(self):
        return self.text


class Answer(TenantModel):
    exchange = TenantForeignKey(Exchange, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    speaker = models.CharField("intervenant", max_length=300, blank=True)
    text = models.TextField("texte", blank=True)
    remarks = models.ManyToManyField(Remark, through="AnsweredRemark", related_name="answers")

    class Meta(TenantModel.Meta):
        verbose_name = "réponse"
        ordering = ["exchange_id", "position"]

    def __str__(self):
        return self.text


class AnsweredRemark(TenantModel):
    answer = TenantForeignKey(Answer, models.CASCADE, related_name="+")
    remark = TenantForeignKey(Remark, models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = "réponse à une observation"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "answer", "remark"], name="one_answer_per_remark")
        ]


class Decision(IndexedNode):
    kind = models.CharField("nature", max_length=12, choices=DecisionKind)
    decided_by = models.CharField("décidé par", max_length=300, blank=True)
    text = models.TextField("texte", blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = "décision"
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "minutes", "section", "position"], name="one_decision_per_place"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=DecisionKind.values), name="decision_kind"),
        ]

    def __str__(self):
        return self.text


class Citation(IndexedNode):
    """An action of the plan that the text cites, in its own words if it has some. The action outlives it."""

    action = TenantForeignKey("action_plan.Action", models.PROTECT, related_name="citations", verbose_name="action")
    wording = models.CharField("texte imprimé", max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = "action citée"
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "minutes", "section", "position"], name="one_citation_per_place"
            )
        ]
