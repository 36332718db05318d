from django.db import models
from django.db.models import F, Q

from clu_portal.tenancy import TenantModel


class ImportRun(TenantModel):
    """A sheet somebody sent: first its lines, kept for the report; once written, the names of the rows it made."""

    kind = models.CharField("répertoire", max_length=20)
    file_name = models.CharField("fichier", max_length=120)
    # [number in the file, [text of each column of the sheet]]: names and addresses, forgotten once they are written.
    lines = models.JSONField("lignes", default=list)
    line_count = models.PositiveSmallIntegerField("nombre de lignes")
    created = models.JSONField("lignes créées", default=list)  # « organisation:12 », in the order they were made
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="envoyé par")
    created_at = models.DateTimeField("envoyé le", auto_now_add=True)
    applied_at = models.DateTimeField("importé le", null=True)
    undone_at = models.DateTimeField("annulé le", null=True)

    class Meta(TenantModel.Meta):
        verbose_name = "import"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False, undone_at__gte=F("applied_at")),
                name="import_undone_after_it_is_applied",
            )
        ]
        indexes = [models.Index(fields=["prefecture", "kind", "-id"], name="imports_of_a_kind")]

    def __str__(self):
        return self.file_name

    @property
    def audit_details(self) -> dict:
        return {"kind": self.kind, "lines": self.line_count, "created": len(self.created)}

    @property
    def is_applied(self) -> bool:
        return self.applied_at is not None

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    @property
    def state_label(self) -> str:
        return "annulé" if self.is_undone else "importé" if self.is_applied else "à vérifier"
