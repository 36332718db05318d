"""Which meetings may be put in the corbeille: those nobody was convened to, and whose minutes nobody began."""

from django.core.exceptions import ValidationError

from clu_portal.trash.kinds import TrashKind, check_unused
from committees.meetings.announced import is_convened
from committees.meetings.models import Meeting
from committees.meetings.rules import why_it_stays


def check_meeting(meeting: Meeting) -> None:
    """Raises ValidationError: convened, in_use (its minutes, an action born of it, a link)."""
    if is_convened(meeting):
        raise ValidationError(why_it_stays(meeting.state), code="convened")
    check_unused(meeting)


MEETINGS_IN_TRASH = TrashKind(
    Meeting,
    "committees:meeting_list",
    check=check_meeting,
    with_rows=("committee",),
    within="committee",
    goes_with_it="Son ordre du jour, ses présences et ses documents partent avec elle.",
)
