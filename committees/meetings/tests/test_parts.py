"""The lines of a meeting, whichever they are: removed once, under its lock, and every page says where it stands."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clu_portal.audit.models import Operation
from clu_portal.files.storage import store_bytes
from committees.meetings import acts
from committees.meetings.models import AgendaItem, Attendance, CommitteeRules, MeetingDocument, Vote
from committees.tests.factories import AgendaItemFactory, MeetingFactory


def test_line_is_removed_under_the_lock_of_its_meeting_and_once(by):
    item = AgendaItemFactory()
    with CaptureQueriesContext(connection) as queries:
        acts.remove_part(part=AgendaItem.objects.get(pk=item.pk), by=by)
    asked = [query["sql"] for query in queries]
    lock = next(place for place, sql in enumerate(asked) if "committees_meeting" in sql and "FOR NO KEY UPDATE" in sql)
    assert lock < next(place for place, sql in enumerate(asked) if sql.startswith("DELETE"))
    with pytest.raises(ValidationError) as refusal:
        acts.remove_part(part=item, by=by)
    assert refusal.value.code == "already_removed"


def test_order_sent_twice_is_kept_under_a_name_of_its_own(by):
    item, operation = AgendaItemFactory(), uuid4()
    order = {"meeting": item.meeting, "model": AgendaItem, "rows": [(item.pk, 0)], "moved": None}
    for _ in "12":
        acts.order_parts(**order, operation=operation, by=by)
    assert list(Operation.objects.values_list("operation_id", flat=True)) == [f"order:{item.meeting.pk}:{operation}"]


@pytest.fixture
def meeting(prefecture):
    """One line of each kind."""
    meeting = MeetingFactory(state="convened")
    AgendaItemFactory(meeting=meeting)
    Attendance.objects.create(meeting=meeting, printed_line="Mme A")
    Vote.objects.create(meeting=meeting, subject="Horaires", result="adopted")
    CommitteeRules.objects.create(committee=meeting.committee, has_votes=True)
    file = store_bytes(name="note.pdf", content=b"%PDF-1.7", content_type="application/pdf")
    MeetingDocument.objects.create(meeting=meeting, title="Note", file=file)
    return meeting


OF_A_MEETING = [
    "meeting_detail", "meeting_update", "meeting_repeat", "meeting_cancel", "meeting_postpone", "agenda_edit",
    "attendance_edit", "meeting_participants", "guest_invite", "meeting_votes", "documents_edit", "document_add",
]  # fmt: skip
OF_A_LINE = {
    "agenda_item_update": "agenda_items",
    "attendance_update": "attendances",
    "vote_update": "votes",
    "document_update": "documents",
}
STEPS = re.compile(r'class="fr-breadcrumb__link" href="([^"]+)"')


def steps(client, name: str, *args) -> list[str]:
    page = client.get(reverse(f"committees:{name}", args=args))
    assert page.status_code == 200
    return STEPS.findall(page.content.decode())


@pytest.mark.parametrize("name", [*OF_A_MEETING, *OF_A_LINE, "part_remove"])
def test_page_of_a_meeting_says_where_it_stands(client, meeting, by, name):
    client.force_login(by)
    slug, about = meeting.prefecture.slug, [meeting.pk]
    if name in OF_A_LINE:
        about = [getattr(meeting, OF_A_LINE[name]).get().pk]
    elif name == "part_remove":
        about = ["vote", meeting.votes.get().pk]
    found = steps(client, name, slug, *about)
    expected = [f"/{slug}/", f"/{slug}/reunions/", meeting.get_absolute_url()]
    assert found[:3] == (expected[:2] if name == "meeting_detail" else expected)


def test_pages_of_no_meeting_say_where_they_stand(client, meeting, by):
    client.force_login(by)
    slug = meeting.prefecture.slug
    assert steps(client, "meeting_list", slug) == [f"/{slug}/"]
    assert steps(client, "meeting_create", slug) == [f"/{slug}/", f"/{slug}/reunions/"]
    assert steps(client, "committee_rules", slug, meeting.committee_id)[-1] == meeting.committee.get_absolute_url()
