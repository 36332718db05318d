from django.db import DatabaseError, models

from clu_portal.tenancy import TenantModel


class TrashedPartModel(TenantModel):
    """A part of a row that may be put in the corbeille: it goes there with it, and comes back with it.

    The manager leaves it out then, as it does its whole.
    """

    is_trashable = True

    trashed_at = models.DateTimeField("mis à la corbeille le", null=True, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True

    def save(self, **kwargs):
        """Raises DoesNotExist for a row hidden since it was read, which Django would insert a second time."""
        if self._state.adding:
            return super().save(**kwargs)
        try:
            return super().save(**{"force_update": not kwargs.get("update_fields")} | kwargs)
        except DatabaseError as error:
            if error.__cause__ is not None:  # PostgreSQL refused; else Django, which found nothing to update
                raise
            raise self.DoesNotExist from error


class TrashableModel(TrashedPartModel):
    """A row that may be put in the corbeille. Its manager leaves it out then; `objects.with_trashed()` does not."""

    trashed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, editable=False, related_name="+", verbose_name="par"
    )

    class Meta(TrashedPartModel.Meta):
        abstract = True
