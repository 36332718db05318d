"""What the minutes cite of their meeting: read from the rows while drafting, frozen when the text is submitted."""

from clu_portal.action_plan.models import Action
from committees.meetings.enums import DocumentKind, Visibility
from committees.meetings.facts import agenda_facts, attendance_facts, rule_facts
from committees.meetings.models import Meeting
from committees.minutes.models import Minutes

DOSSIER = {
    DocumentKind.SENT_BEFORE: "Documents envoyés avant la réunion",
    DocumentKind.HANDED_OUT: "Documents remis en séance",
    DocumentKind.PROJECTED: "Documents projetés",
    DocumentKind.ANNEXED: "Annexes",
}


def facts_of(meeting: Meeting) -> dict:
    """Return what is printed of a meeting today: "agenda" [{label, title, …}], "attendance" and "documents" by group.

    With "quorum" and "votes" when the rules of the committee are on (committees/meetings/facts.py).
    """
    return {
        "agenda": agenda_facts(meeting),
        "attendance": attendance_facts(meeting),
        "documents": documents_of(meeting),
        **rule_facts(meeting),
    }


def documents_of(meeting: Meeting) -> list[dict]:
    """The titles of the dossier by kind, in its order; what is for the préfecture alone is in no minutes."""
    titles: dict[str, list[str]] = {kind: [] for kind in DocumentKind.values}
    shown = meeting.documents.exclude(visibility=Visibility.INTERNAL)
    for kind, title in shown.values_list("kind", "title"):
        titles[kind].append(title)
    return [{"heading": DOSSIER[kind], "kind": kind, "lines": lines} for kind, lines in titles.items() if lines]


def actions_cited(minutes: Minutes) -> list[dict]:
    """What is known today of the actions that the text cites."""
    actions = Action.objects.filter(pk__in=minutes.citations.values("action"))
    return [
        {
            "id": str(action.uuid),
            "title": action.title,
            "owner": action.owner_text,
            "due": str(action.due or ""),
            "state": action.get_state_display(),
        }
        for action in actions.select_related("owner", "owner_service").order_by("pk")
    ]


def facts_of_today(minutes: Minutes) -> dict:
    return facts_of(minutes.meeting) | {"actions": actions_cited(minutes)}


def printed_facts(minutes: Minutes) -> dict:
    """The frozen facts, or those of today while the text is drafted."""
    return minutes.facts if minutes.facts is not None else facts_of_today(minutes)
