"""What the minutes cite of their meeting: read from the rows while drafting, frozen when the text is submitted."""

from itertools import groupby

from committees.meetings.models import Meeting
from committees.minutes.models import Minutes


def facts_of(meeting: Meeting) -> dict:
    """Return the facts as they are printed today: {"agenda": [{label, title}], "attendance": [{heading, lines}]}."""
    items = meeting.agenda_items.values_list("printed_label", "title")
    lines = meeting.attendances.values_list("group_heading", "printed_line")
    return {
        "agenda": [{"label": label, "title": title} for label, title in items],
        "attendance": [
            {"heading": heading, "lines": [line for _, line in group]}
            for heading, group in groupby(lines, key=lambda line: line[0])
        ],
    }


def printed_facts(minutes: Minutes) -> dict:
    """The frozen facts, or those of today while the text is drafted."""
    return minutes.facts if minutes.facts is not None else facts_of(minutes.meeting)
