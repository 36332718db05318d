from django.db import models

from clu_portal.tenancy import TenantManager, TenantModel


class AuditHead(TenantModel):
    """The last link of the préfecture's chain. Moved by the trigger only (migration 0002)."""

    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        verbose_name = "dernier maillon du journal"
        constraints = [models.UniqueConstraint(fields=["prefecture"], name="one_audit_head_per_prefecture")]

    def __str__(self):
        return f"{self.sequence} {self.hash[:12]}"


class AuditEntryQuerySet(models.QuerySet):
    def before(self, sequence: int | None):
        """The latest first, from the one that follows a given line."""
        return (self.filter(sequence__lt=sequence) if sequence else self).order_by("-sequence")


class AuditEntry(TenantModel):
    """Who did what, on which object and version, when, from which network. Never a name nor a text (D03).

    `sequence`, `previous_hash` and `hash` are given by the trigger, whatever is written here.
    """

    append_only = True

    sequence = models.BigIntegerField(default=0)
    verb = models.CharField("acte", max_length=60)
    subject = models.CharField("objet", max_length=80)
    version = models.IntegerField("version", null=True, blank=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="par")
    address = models.CharField("réseau", max_length=45, blank=True)
    request_reference = models.CharField("référence", max_length=32, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField("le")
    previous_hash = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64, default="")

    objects = TenantManager.from_queryset(AuditEntryQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "ligne du journal"
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "sequence"], name="one_audit_entry_per_sequence"),
            # No « | » in what the hash separates by « | »: two different rows never have the same text to hash.
            models.CheckConstraint(condition=models.Q(verb__regex=r"^[a-z_]+$"), name="audit_verb_is_one_word"),
            models.CheckConstraint(
                condition=models.Q(subject__regex=r"^[a-z]+:[0-9]+$"), name="audit_subject_is_a_reference"
            ),
            models.CheckConstraint(
                condition=models.Q(address__regex=r"^[^|]*$", request_reference__regex=r"^[^|]*$"),
                name="audit_texts_hold_no_separator",
            ),
        ]
        indexes = [models.Index(fields=["prefecture", "subject"], name="audit_by_subject")]

    def __str__(self):
        return f"{self.sequence} {self.verb} {self.subject}"


class Operation(TenantModel):
    """The kept result of a POST that may come twice: the second time answers what the first one did."""

    append_only = True

    operation_id = models.CharField(max_length=120)
    result = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = "opération"
        constraints = [models.UniqueConstraint(fields=["prefecture", "operation_id"], name="one_result_per_operation")]


class KeptResult(TenantModel):
    """What was computed on a day, as the préfecture stood at a line of its journal (kept.py)."""

    name = models.CharField(max_length=80)
    day = models.DateField()
    sequence = models.BigIntegerField()
    result = models.JSONField()

    class Meta(TenantModel.Meta):
        verbose_name = "résultat gardé"
        constraints = [models.UniqueConstraint(fields=["prefecture", "name"], name="one_kept_result_per_name")]

    def __str__(self):
        return f"{self.name} {self.day}"
