"""What the minutes cite of their meeting: read from the rows while drafting, frozen when the text is submitted."""

from itertools import groupby

from committees.meetings.models import Meeting
from committees.minutes.models import Minutes


def facts_of(meeting: Meeting) -> dict:
    """Return the facts as they are printed today: {"agenda": [{label, title}], "attendance": [{heading, lines}]}."""
    lines = meeting.attendances.all()
    return {
        "agenda": [{"label": item.printed_label, "title": item.title} for item in meeting.agenda_items.all()],
        "attendance": [
            {"heading": heading, "lines": [line.printed_line for line in group]}
            for heading, group in groupby(lines, key=lambda line: line.group_heading)
        ],
    }


def printed_facts(minutes: Minutes) -> dict:
    """The frozen facts, or those of today while the text is drafted."""
    return minutes.facts if minutes.facts is not None else facts_of(minutes.meeting)
