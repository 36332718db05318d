"""What is common to the lines of a meeting (agenda, attendance, documents, votes): kept in order, moved, removed."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act, run_once
from committees.composition.models import Committee
from committees.composition.wording import merger_words
from committees.meetings import outline
from committees.meetings.models import AgendaItem, Attendance, Meeting
from committees.meetings.printing import refresh_wording
from committees.meetings.rules import still_meets

GONE = "Cette ligne vient d'être retirée."
STALE = "La liste a changé entre-temps : elle est de nouveau affichée telle qu'elle est."


def save_part(part: models.Model, by) -> models.Model:
    """Save a line of a meeting, at the end of its list when it is new."""
    require_role(by, RoleKind.REFERENT)
    lock_meeting(part.meeting)
    if part.pk is None:
        last = type(part).objects.filter(meeting=part.meeting).aggregate(last=models.Max("position"))["last"]
        part.position = (last or 0) + 1
    part.full_clean()
    part.save()
    return part


@act("meeting_part_moved")
def move_part(*, part: models.Model, up: bool, by) -> Meeting:
    """Swap a line with its neighbour, an item with its sub-items; at the end, nothing moves."""
    require_role(by, RoleKind.REFERENT)
    siblings = locked(type(part), part.meeting)
    refuse_gone(part, siblings)
    write_order(part.meeting, siblings, outline.moved(rows_of(siblings), part.pk, up=up), part.pk)
    return part.meeting


@act("meeting_part_moved")
def shift_part(*, part: AgendaItem, deeper: bool, by) -> Meeting:
    """Put an item under the one above, or bring a sub-item back to the first level."""
    require_role(by, RoleKind.REFERENT)
    siblings = locked(AgendaItem, part.meeting)
    refuse_gone(part, siblings)
    change = outline.indented if deeper else outline.outdented
    write_order(part.meeting, siblings, change(rows_of(siblings), part.pk), part.pk)
    return part.meeting


def order_parts(
    *, meeting: Meeting, model: type[models.Model], rows: Sequence[outline.Row], moved: int | None, operation: UUID, by
) -> None:
    """Write the whole order, once per operation id. Raises ValidationError (stale, wrong_order)."""
    whole = {"meeting": meeting, "model": model, "rows": rows, "moved": moved}
    run_once(f"order:{meeting.pk}:{operation}", lambda: {"meeting": write_whole_order(**whole, by=by).pk})


@act("meeting_part_moved")
def write_whole_order(meeting: Meeting, model: type[models.Model], rows, moved: int | None, *, by) -> Meeting:
    require_role(by, RoleKind.REFERENT)
    siblings = locked(model, meeting)
    if sorted(pk for pk, _ in rows) != sorted(sibling.pk for sibling in siblings):
        raise ValidationError(STALE, code="stale")
    if model is not AgendaItem and any(depth for _, depth in rows):
        raise ValidationError("Cette liste n'a qu'un niveau.", code="wrong_order")
    write_order(meeting, siblings, rows, moved)
    return meeting


def locked(model: type[models.Model], meeting: Meeting) -> list[models.Model]:
    """The lines of a meeting, in their order, nobody else changing it meanwhile."""
    lock_meeting(meeting)
    return list(model.objects.filter(meeting=meeting))


def lock_meeting(meeting: Meeting) -> Meeting:
    """The row of a meeting, nobody else changing it meanwhile. Raises ValidationError (merged)."""
    row = Meeting.objects.select_for_update(no_key=True, of=["self"]).select_related("prefecture").get(pk=meeting.pk)
    refuse_merged([row.committee_id, *row.joint_links.values_list("committee_id", flat=True)], row.held_on)
    return row


def refuse_merged(committee_ids: Collection[int], held_on: date | None) -> None:
    """Raises ValidationError (merged): a committee that merged holds no more meetings from that day on."""
    merged = Committee.objects.filter(pk__in=committee_ids, merged_on__isnull=False).select_related("merged_into")
    today = timezone.localdate()
    for committee in merged:
        if not still_meets(committee.merged_on, held_on, today=today):
            merger = f"{committee} {merger_words(committee, today)} « {committee.merged_into} »"
            message = (
                f"{merger} : la réunion ne change plus, elle se tient avec l'autre comité. Changez son comité, "
                "donnez-lui sa date si elle est plus ancienne, ou annulez-la."
            )
            raise ValidationError(message, code="merged")


def refuse_gone(part: models.Model, siblings: list[models.Model]) -> None:
    if part.pk not in {sibling.pk for sibling in siblings}:
        raise ValidationError(GONE, code="already_removed")


def rows_of(parts: Sequence[models.Model]) -> outline.Rows:
    return [(part.pk, int(getattr(part, "parent_id", None) is not None)) for part in parts]


def write_order(meeting: Meeting, parts: list[models.Model], rows: Sequence[outline.Row], moved: int | None) -> None:
    """Number the lines in this order. Raises ValidationError (wrong_order): a sub-item without an item above."""
    try:
        parents = outline.parents_of(rows)
    except ValueError as error:
        raise ValidationError("Un sous-point vient toujours sous un point.", code="wrong_order") from error
    by_pk, fields = {part.pk: part for part in parts}, ["position"]
    has_changed = [pk for pk, _ in rows] != [part.pk for part in parts] or list(rows) != rows_of(parts)
    for position, (pk, _) in enumerate(rows, start=1):
        by_pk[pk].position = position
        if type(by_pk[pk]) is AgendaItem:
            by_pk[pk].parent_id = parents[pk]
            by_pk[pk].moved_in_session |= has_changed and meeting.is_in_session and pk == moved
            fields = ["position", "parent", "moved_in_session"]
    if parts:
        type(parts[0]).objects.bulk_update(parts, fields)
        if type(parts[0]) is Attendance:
            refresh_wording(meeting)


@act("meeting_part_removed")
def remove_part(*, part: models.Model, by) -> Meeting:
    """Remove a line, an item with its sub-items. Raises ValidationError (already_removed, merged)."""
    require_role(by, RoleKind.REFERENT)
    refuse_gone(part, locked(type(part), part.meeting))
    part.delete()
    if type(part) in (AgendaItem, Attendance):
        refresh_wording(part.meeting)
    return part.meeting
