"""What the minutes cite of their meeting: read from the rows while drafting, frozen when the text is submitted."""

from committees.meetings.facts import agenda_facts, attendance_facts, rule_facts
from committees.meetings.models import Meeting
from committees.minutes.models import Minutes


def facts_of(meeting: Meeting) -> dict:
    """Return the facts as they are printed today: {"agenda": [{label, title, …}], "attendance": [{heading, lines}]}.

    With "quorum" and "votes" when the rules of the committee are on (committees/meetings/facts.py).
    """
    return {"agenda": agenda_facts(meeting), "attendance": attendance_facts(meeting), **rule_facts(meeting)}


def printed_facts(minutes: Minutes) -> dict:
    """The frozen facts, or those of today while the text is drafted."""
    return minutes.facts if minutes.facts is not None else facts_of(minutes.meeting)
