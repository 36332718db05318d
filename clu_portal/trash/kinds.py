"""What may be put in the corbeille: each app registers its own (clu_portal/offers.py, `trash_kinds`)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models

from clu_portal.organisations.uses import uses_of
from clu_portal.trash.models import TrashableModel


def check_unused(row: models.Model) -> None:
    """Raises ValidationError (in_use): something other than its own parts refers to it."""
    if uses := uses_of(row, apart_from_parts=True):
        message = f"« {row} » ne se met pas à la corbeille : il en est question ailleurs ({', '.join(uses)})."
        raise ValidationError(message, code="in_use")


@dataclass(frozen=True)
class TrashKind:
    """One kind of row. `check` raises ValidationError for what must stay; `list_page` is where one goes afterwards."""

    model: type[TrashableModel]
    list_page: str
    check: Callable[[models.Model], None] = check_unused
    with_rows: tuple[str, ...] = ()
    goes_with_it: str = ""

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    def in_trash(self) -> models.QuerySet:
        rows = self.model.objects.with_trashed().filter(trashed_at__isnull=False)
        return rows.select_related("trashed_by", *self.with_rows).order_by("-trashed_at", "-pk")
