"""Putting in the corbeille, putting back, removing for good what stayed there."""

import logging
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.accounts.tokens import withdraw
from clu_portal.audit.acts import act, reference
from clu_portal.trash.kinds import TrashKind
from clu_portal.trash.rules import is_over, last_day

logger = logging.getLogger(__name__)


def kind_of(row: models.Model) -> TrashKind:
    return offers.trash_kinds[row._meta.model_name]


@act("row_trashed")
def trash_row(*, row: models.Model, by) -> models.Model:
    """Hide a row for thirty days. Raises ValidationError: already_removed, in_use, those of its kind."""
    require_role(by, RoleKind.REFERENT)
    rows = type(row).objects.filter(pk=row.pk)
    locked = rows.select_for_update(of=("self",)).first()
    if locked is None:
        raise ValidationError("Cette ligne n'est plus là.", code="already_removed")
    for parts in kind_of(row).parts(row):
        list(parts.select_for_update(of=("self",)).order_by("pk").values_list("pk"))  # what is checked stays so
    kind_of(row).check(locked)
    withdraw(reference(row))
    now = timezone.now()
    rows.update(trashed_at=now, trashed_by=by)
    for parts in kind_of(row).parts(row):
        parts.filter(trashed_at=None).update(trashed_at=now)
    return row


@act("row_restored")
def restore_row(*, row: models.Model, by) -> models.Model:
    """Put a row back where it was, with the parts that went with it.

    Raises ValidationError: not_there, over (the night removes it), or its constraints (name_taken…).
    """
    require_role(by, RoleKind.REFERENT)
    locked = locked_in_trash(row)
    if locked is None:
        raise ValidationError("Cette ligne n'est plus à la corbeille.", code="not_there")
    trashed_at = locked.trashed_at
    check_in_time(trashed_at)
    locked.trashed_at = locked.trashed_by = None
    locked.validate_constraints()
    kind_of(row).check_return(locked)
    type(row).objects.with_trashed().filter(pk=row.pk).update(trashed_at=None, trashed_by=None)
    for parts in kind_of(row).parts(row):
        parts.filter(trashed_at=trashed_at).update(trashed_at=None)
    return locked


def check_in_time(trashed_at: datetime) -> None:
    trashed_on = timezone.localdate(trashed_at)
    if is_over(trashed_on, today=timezone.localdate()):
        message = f"Cette ligne ne se remet plus en place : elle le pouvait jusqu'au {last_day(trashed_on):%d/%m/%Y}."
        raise ValidationError(message, code="over")


@act("row_purged")
def purge_row(*, row: models.Model, today: date, by=None) -> models.Model:
    """Remove a row for good, with its parts, its days over. Raises ValidationError: not_there, in_use."""
    locked = locked_in_trash(row)
    if locked is None or not is_over(timezone.localdate(locked.trashed_at), today=today):
        raise ValidationError("Cette ligne n'est pas à retirer.", code="not_there")
    kind_of(row).check(locked)
    pk = row.pk
    kind_of(row).remove(locked)
    connection.check_constraints()  # what would only be refused when the night's transaction ends is refused here
    row.pk = pk
    return row


def locked_in_trash(row: models.Model) -> models.Model | None:
    return kind_of(row).in_trash().filter(pk=row.pk).select_for_update(of=("self",)).first()


def purge(today: date) -> None:
    """Remove what is over in the préfecture of the moment. Safe to run twice, or twice at once."""
    for _, offered in offers.trash_kinds:
        for row in list(offered.function.in_trash()):
            if is_over(timezone.localdate(row.trashed_at), today=today):
                purge_or_report(row, today)


def purge_or_report(row: models.Model, today: date) -> None:
    """A row that cannot be removed, whatever the reason, holds back none of the others."""
    try:
        purge_row(row=row, today=today, by=None)
    except ValidationError as refusal:
        logger.warning("%s stays in the corbeille: %s", reference(row), refusal.code)
    except Exception:
        logger.exception("%s stays in the corbeille", reference(row))
