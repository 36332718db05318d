"""Putting in the corbeille, putting back, removing for good what stayed there."""

import logging
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.accounts.tokens import withdraw
from clu_portal.audit.acts import act, reference
from clu_portal.trash.kinds import TrashKind
from clu_portal.trash.rules import is_over

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
    kind_of(row).check(locked)
    withdraw(reference(row))
    rows.update(trashed_at=timezone.now(), trashed_by=by)
    return row


@act("row_restored")
def restore_row(*, row: models.Model, by) -> models.Model:
    """Put a row back where it was. Raises ValidationError: not_there, or its constraints (name_taken…)."""
    require_role(by, RoleKind.REFERENT)
    locked = locked_in_trash(row)
    if locked is None:
        raise ValidationError("Cette ligne n'est plus à la corbeille.", code="not_there")
    locked.trashed_at = locked.trashed_by = None
    locked.validate_constraints()
    type(row).objects.with_trashed().filter(pk=row.pk).update(trashed_at=None, trashed_by=None)
    return locked


@act("row_purged")
def purge_row(*, row: models.Model, today: date, by=None) -> models.Model:
    """Remove a row for good, with its parts, its days over. Raises ValidationError: not_there, in_use."""
    locked = locked_in_trash(row)
    if locked is None or not is_over(timezone.localdate(locked.trashed_at), today=today):
        raise ValidationError("Cette ligne n'est pas à retirer.", code="not_there")
    kind_of(row).check(locked)
    name = reference(row)
    locked.delete()
    row.pk = int(name.partition(":")[2])
    return row


def locked_in_trash(row: models.Model) -> models.Model | None:
    rows = type(row).objects.with_trashed().filter(pk=row.pk, trashed_at__isnull=False)
    return rows.select_for_update(of=("self",)).first()


def purge(today: date) -> None:
    """Remove what is over in the préfecture of the moment. Safe to run twice, or twice at once."""
    for _, offered in offers.trash_kinds:
        for row in offered.function.in_trash():
            if is_over(timezone.localdate(row.trashed_at), today=today):
                try:
                    purge_row(row=row, today=today, by=None)
                except ValidationError as refusal:
                    logger.warning("%s stays in the corbeille: %s", reference(row), refusal.code)
