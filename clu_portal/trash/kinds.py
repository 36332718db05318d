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


def nothing_against(row: models.Model) -> None:
    """Nothing but its constraints keeps a row from coming back."""


def no_parts(row: models.Model) -> list[models.QuerySet]:
    return []


@dataclass(frozen=True)
class TrashKind:
    """One kind of row. `check` raises ValidationError for what must stay, `check_return` for what cannot come back.

    `list_page` is where one goes afterwards.
    `parts(row)` are the rows that hide and come back with it, beside those that its page alone shows; `remove(row)`
    takes everything away for good. A row whose `within` is in the corbeille is there as a part of it only.
    """

    model: type[TrashableModel]
    list_page: str
    check: Callable[[models.Model], None] = check_unused
    check_return: Callable[[models.Model], None] = nothing_against
    with_rows: tuple[str, ...] = ()
    goes_with_it: str = ""
    parts: Callable[[models.Model], list[models.QuerySet]] = no_parts
    remove: Callable[[models.Model], object] = models.Model.delete
    within: str = ""

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    def in_trash(self) -> models.QuerySet:
        rows = self.model.objects.with_trashed().filter(trashed_at__isnull=False)
        if self.within:
            rows = rows.filter(**{f"{self.within}__trashed_at": None})
        return rows.select_related("trashed_by", *self.with_rows).order_by("-trashed_at", "-pk")
