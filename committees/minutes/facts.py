"""What the minutes cite of their meeting: taken from the rows, changed by what somebody saw, frozen with the text.

docs/decisions/0017 says when a fact is taken.
"""

from datetime import date

from django.db.models import BooleanField, CharField, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from clu_portal.action_plan.models import CLOSED, Action
from clu_portal.audit.acts import reference
from clu_portal.compiled import compiled
from committees.meetings.attending import attendance_in_full
from committees.meetings.enums import DocumentKind, Visibility
from committees.meetings.facts import agenda_facts, rule_facts
from committees.meetings.models import JointCommittee, Meeting, MeetingDocument
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

    With "quorum" and "votes", empty where the rules of the committee are not on (committees/meetings/facts.py).
    """
    return {
        "agenda": agenda_facts(meeting),
        "attendance": attendance_in_full(meeting),
        "chair": meeting.chair,
        "documents": documents_of(meeting),
        "quorum": [],
        "votes": [],
        **rule_facts(meeting),
    }


def documents_of(meeting: Meeting) -> list[dict]:
    """The dossier by kind, in its order; what is for the préfecture alone is in no minutes.

    A row says which file a line is about, so that the pages appended are those that were seen.
    """
    rows: dict[str, list[dict]] = {kind: [] for kind in DocumentKind.values}
    for kind, title, uuid, sha256, content_type in document_rows(meeting.pk):
        rows[kind].append({"id": str(uuid), "line": title, "file": sha256, "type": content_type})
    return [
        {"heading": DOSSIER[kind], "kind": kind, "lines": [row["line"] for row in found], "rows": found}
        for kind, found in rows.items()
        if found
    ]


@compiled
def document_rows(meeting: int) -> QuerySet:
    shown = MeetingDocument.objects.filter(meeting=meeting).exclude(visibility=Visibility.INTERNAL)
    return shown.values_list("kind", "title", "uuid", "file__sha256", "file__content_type")


def actions_today(minutes: Minutes) -> dict[str, list[dict]]:
    """What is known today of the actions of the meeting, cited or not, and of those of the meetings before.

    "previous_actions" are the open ones, and those already taken as such, whatever became of them.
    """
    taken = {action["id"] for action in (minutes.facts or {}).get("previous_actions") or ()}
    meeting = minutes.meeting
    rows = action_rows(minutes.pk, meeting.pk, reference(meeting), meeting.held_on or date.min)
    former = [row for row in rows if row.is_former and (row.state not in CLOSED or str(row.uuid) in taken)]
    return {
        "actions": [action_fact(row) for row in rows if row.is_own],
        "previous_actions": [action_fact(row) for row in former],
    }


def action_fact(action: Action) -> dict[str, str]:
    return {
        "id": str(action.uuid),
        "title": action.title,
        "owner": action.owner_text,
        "due": str(action.due or ""),
        "state": action.get_state_display(),
    }


@compiled
def action_rows(minutes: int, meeting: int, origin: str, day: date) -> QuerySet:
    """The actions these minutes cite or their meeting gave, and those of the meetings of its committees before."""
    cited = Citation.objects.filter(minutes=minutes).values("action")
    own = Q(pk__in=cited) | Q(origin=origin)
    before = meetings_before(meeting, day)
    named = before.annotate(named=Concat(Value("meeting:"), Cast("pk", CharField()), output_field=CharField())).values(
        "named"
    )
    former = Q(origin__in=named) | Q(pk__in=Citation.objects.filter(minutes__meeting__in=before).values("action"))
    actions = Action.objects.filter(own | former).select_related("owner", "owner_service").order_by("pk")
    told = {"is_own": own, "is_former": former & ~Q(origin=origin)}
    return actions.only(*SHOWN_OF_ACTION).annotate(
        **{name: ExpressionWrapper(said, BooleanField()) for name, said in told.items()}
    )


def meetings_before(meeting: int, day: date) -> QuerySet:
    """The meetings of the same committees, alone or jointly, on an earlier day."""
    held_by = Q(committee__in=Meeting.objects.filter(pk=meeting).values("committee"))
    held_by |= Q(committee__in=JointCommittee.objects.filter(meeting=meeting).values("committee"))
    jointly = JointCommittee.objects.filter(held_by).values("meeting")
    earlier = Meeting.objects.filter(held_by | Q(pk__in=jointly), held_on__lt=day, trashed_at=None)
    return earlier.order_by().values("pk")


def facts_of_today(minutes: Minutes) -> dict:
    return facts_of(minutes.meeting) | actions_today(minutes)


def printed_facts(minutes: Minutes) -> dict:
    """The facts these minutes have taken; those of today for a draft older than the taking, until it is saved."""
    return minutes.facts if minutes.facts is not None else facts_of_today(minutes)


def take_cited(minutes: Minutes) -> None:
    """At a save, take the actions cited for the first time as they are that day, and leave those cited no more.

    Whoever types or pastes an action sees what it says; every other change is proposed (fact_changes.py).
    """
    if minutes.facts is None:
        minutes.facts = facts_of_today(minutes)
        return minutes.save(update_fields=["facts"])
    taken = minutes.facts.get("actions") or []
    cited = cited_uuids(minutes.pk)
    if not taken and not cited:
        return None
    today = {action["id"]: action for action in actions_today(minutes)["actions"]}
    kept = [action for action in taken if action["id"] in today]
    known = {action["id"] for action in kept}
    new = [today[str(uuid)] for (uuid,) in cited if str(uuid) not in known]
    if new or kept != taken:
        minutes.facts["actions"] = kept + new
        minutes.save(update_fields=["facts"])
    return None


@compiled
def cited_uuids(minutes: int) -> QuerySet:
    cited = Citation.objects.filter(minutes=minutes).values("action")
    return Action.objects.filter(pk__in=cited).order_by("pk").values_list("uuid")
