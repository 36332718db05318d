from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from committees.meetings.acts.parts import GONE, locked, rows_of, save_part, write_order
from committees.meetings.models import AgendaItem
from committees.meetings.outline import block
from committees.meetings.printing import refresh_wording


@act("agenda_item_saved")
def save_agenda_item(*, item: AgendaItem, by, **place) -> AgendaItem:
    """Save an item; `under=` an item of the same agenda, or None, also says where it stands.

    Added while the session is open, it is marked. Raises ValidationError (already_removed, two_levels).
    """
    require_role(by, RoleKind.REFERENT)
    items = locked(AgendaItem, item.meeting)
    is_new = item.pk is None
    if is_new:
        item.added_in_session |= item.meeting.is_in_session
    elif item.pk not in {other.pk for other in items}:
        raise ValidationError(GONE, code="already_removed")
    save_part(item, by)
    if "under" in place:
        stand_under(item, place["under"], moved=None if is_new else item.pk)
    refresh_wording(item.meeting)
    return item


def stand_under(item: AgendaItem, parent: AgendaItem | None, *, moved: int | None) -> None:
    """Move an item to the end of the sub-items of another; to the first level, after them, when there is none."""
    items = locked(AgendaItem, item.meeting)
    current = next(other for other in items if other.pk == item.pk)
    if current.parent_id == (parent and parent.pk):
        return
    if parent and (parent.parent_id or any(other.parent_id == item.pk for other in items)):
        message = "L'ordre du jour a deux niveaux : un sous-point n'en contient pas d'autres."
        raise ValidationError({"under": ValidationError(message, code="two_levels")})
    rows = [row for row in rows_of(items) if row[0] != item.pk]
    _, end = block(rows, parent.pk if parent else current.parent_id)
    rows.insert(end, (item.pk, int(parent is not None)))
    write_order(item.meeting, items, rows, moved)
    item.refresh_from_db(fields=["parent", "position", "moved_in_session"])
