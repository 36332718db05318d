"""What the minutes cite of their meeting: read from the rows while drafting, frozen when the text is submitted."""

from django.db.models import QuerySet

from clu_portal.action_plan.models import Action
from clu_portal.compiled import compiled
from committees.meetings.enums import DocumentKind, Visibility
from committees.meetings.attending import attendance_in_full
from committees.meetings.facts import agenda_facts, rule_facts
from committees.meetings.models import Meeting, MeetingDocument
from committees.minutes.indexed import Citation
from committees.minutes.models import Minutes

DOSSIER = {
    DocumentKind.SENT_BEFORE: "Documents envoyés avant la réunion",
    DocumentKind.HANDED_OUT: "Documents remis en séance",
    DocumentKind.PROJECTED: "Documents projetés",
    DocumentKind.ANNEXED: "Annexes",
}
SHOWN_OF_OWNER = ("owner__civility", "owner__given_name", "owner__surname", "owner_service__name", "owner_wording")
SHOWN_OF_ACTION = ("prefecture", "uuid", "title", "due", "state", *SHOWN_OF_OWNER)


def facts_of(meeting: Meeting) -> dict:
    """Return what is printed of a meeting today: "agenda" [{label, title, …}], "attendance" and "documents" by group.

    With "quorum" and "votes" when the rules of the committee are on (committees/meetings/facts.py).
    """
    return {
        "agenda": agenda_facts(meeting),
        "attendance": attendance_in_full(meeting),
        "chair": meeting.chair,
        "documents": documents_of(meeting),
        **rule_facts(meeting),
    }


def documents_of(meeting: Meeting) -> list[dict]:
    """The titles of the dossier by kind, in its order; what is for the préfecture alone is in no minutes."""
    titles: dict[str, list[str]] = {kind: [] for kind in DocumentKind.values}
    for kind, title in document_rows(meeting.pk):
        titles[kind].append(title)
    return [{"heading": DOSSIER[kind], "kind": kind, "lines": lines} for kind, lines in titles.items() if lines]


@compiled
def document_rows(meeting: int) -> QuerySet:
    shown = MeetingDocument.objects.filter(meeting=meeting).exclude(visibility=Visibility.INTERNAL)
    return shown.values_list("kind", "title")


def actions_cited(minutes: Minutes) -> list[dict]:
    """What is known today of the actions that the text cites."""
    return [
        {
            "id": str(action.uuid),
            "title": action.title,
            "owner": action.owner_text,
            "due": str(action.due or ""),
            "state": action.get_state_display(),
        }
        for action in cited_rows(minutes.pk)
    ]


@compiled
def cited_rows(minutes: int) -> QuerySet:
    cited = Citation.objects.filter(minutes=minutes).values("action")
    actions = Action.objects.filter(pk__in=cited).select_related("owner", "owner_service").order_by("pk")
    return actions.only(*SHOWN_OF_ACTION)


def facts_of_today(minutes: Minutes) -> dict:
    return facts_of(minutes.meeting) | {"actions": actions_cited(minutes)}


def printed_facts(minutes: Minutes) -> dict:
    """The frozen facts, or those of today while the text is drafted."""
    return minutes.facts if minutes.facts is not None else facts_of_today(minutes)
