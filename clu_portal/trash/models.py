from django.db import models

from clu_portal.tenancy import TenantModel


class TrashableModel(TenantModel):
    """A row that may be put in the corbeille. Its manager leaves it out then; `objects.with_trashed()` does not."""

    is_trashable = True

    trashed_at = models.DateTimeField("mis à la corbeille le", null=True, editable=False)
    trashed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, editable=False, related_name="+", verbose_name="par"
    )

    class Meta(TenantModel.Meta):
        abstract = True
