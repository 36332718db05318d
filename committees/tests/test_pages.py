"""Each page by role, on an object of one's own préfecture: 200 seen, 403 seen but not theirs, 404 not seen."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.acts import reference
from clu_portal.tests.factories import user_with_role
from committees.meetings import acts as meeting_acts
from committees.tests.factories import (
    AgendaItemFactory,
    MandateFactory,
    MeetingFactory,
    drafted_minutes,
    member_of,
    referent,
    sealed_minutes,
    secretary_general,
    submitted_minutes,
)

ROLES = ("referent", "secretary_general", "agent", "member", "auditor", "anonymous")
READ = (200, 200, 200, 200, 404, 302)
STAFF_ONLY = (200, 200, 200, 404, 404, 302)
WRITE = (200, 403, 403, 403, 404, 302)


def account(role: str, committee):
    if role == "member":
        return member_of(committee)
    return user_with_role(role)


def statuses(client, prefecture, name: str, *args, committee) -> tuple:
    path = reverse(f"committees:{name}", args=[prefecture.slug, *args])
    found = []
    for role in ROLES:
        client.logout()
        if role != "anonymous":
            client.force_login(account(role, committee))
        found.append(client.get(path).status_code)
    return tuple(found)


@pytest.mark.parametrize("name", ["committee_list", "meeting_list", "minutes_list"])
def test_lists_by_role(client, prefecture, name):
    meeting = MeetingFactory()
    assert statuses(client, prefecture, name, committee=meeting.committee) == (200, 200, 200, 200, 200, 302)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("committee_detail", READ), ("committee_update", WRITE), ("seat_create", WRITE)],
)
def test_committee_pages_by_role(client, prefecture, name, expected):
    committee = MandateFactory().seat.committee
    assert statuses(client, prefecture, name, committee.pk, committee=committee) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("meeting_detail", READ),
        ("meeting_update", WRITE),
        ("meeting_cancel", WRITE),
        ("meeting_postpone", WRITE),
        ("agenda_edit", WRITE),
        ("attendance_edit", WRITE),
        ("document_add", WRITE),
    ],
)
def test_meeting_pages_by_role(client, prefecture, name, expected):
    meeting = AgendaItemFactory(meeting__state="convened").meeting
    assert statuses(client, prefecture, name, meeting.pk, committee=meeting.committee) == expected


def test_meeting_prepared_is_not_seen_by_members(client, prefecture):
    meeting = MeetingFactory(state="prepared")
    found = statuses(client, prefecture, "meeting_detail", meeting.pk, committee=meeting.committee)
    assert found == STAFF_ONLY


@pytest.mark.parametrize(
    ("state", "name", "expected"),
    [
        (drafted_minutes, "minutes_detail", (200, 200, 404, 404, 404, 302)),
        (submitted_minutes, "minutes_detail", (200, 200, 404, 200, 404, 302)),
        (sealed_minutes, "minutes_detail", READ),
        (drafted_minutes, "minutes_edit", (200, 403, 404, 404, 404, 302)),
        (drafted_minutes, "minutes_update", (200, 403, 404, 404, 404, 302)),
        (submitted_minutes, "minutes_return", (200, 200, 404, 403, 404, 302)),
        (drafted_minutes, "minutes_draft_pdf", (200, 200, 404, 404, 404, 302)),
        (sealed_minutes, "minutes_pdf", READ),
        (drafted_minutes, "minutes_pdf", (404, 404, 404, 404, 404, 302)),
        (submitted_minutes, "minutes_pdf", (404, 404, 404, 404, 404, 302)),
        (sealed_minutes, "minutes_distribute", WRITE),
        (sealed_minutes, "minutes_readings", (200, 200, 403, 403, 404, 302)),
    ],
)
def test_minutes_pages_by_role(client, prefecture, state, name, expected):
    minutes = state()
    found = statuses(client, prefecture, name, minutes.pk, committee=minutes.meeting.committee)
    assert found == expected


def test_minutes_drafts_of_a_meeting_attended_are_seen_by_the_agent(client, prefecture):
    minutes = drafted_minutes()
    agent = user_with_role(RoleKind.AGENT)
    person = MandateFactory(person__user=agent).person
    minutes.meeting.attendances.create(printed_line="Chef de bureau", person=person)
    client.force_login(agent)
    assert client.get(minutes.get_absolute_url()).status_code == 200


def test_T11_mandate_ended_yesterday_closes_the_pages_of_the_member(client, prefecture):
    minutes = sealed_minutes()
    member = member_of(minutes.meeting.committee)
    client.force_login(member)
    assert client.get(minutes.get_absolute_url()).status_code == 200
    person = member.persons.get()
    person.mandates.update(ends_on="2025-02-01")
    assert client.get(minutes.get_absolute_url()).status_code == 404


def test_document_internal_is_not_downloaded_by_a_member(client, prefecture):
    meeting = MeetingFactory()
    common = {"meeting": meeting, "title": "Note", "kind": "annexed", "by": referent()}
    internal, shared = (
        meeting_acts.add_document(
            upload=SimpleUploadedFile("note.pdf", b"%PDF-1.7\n%%EOF\n"), visibility=visibility, **common
        )
        for visibility in ("internal", "members")
    )
    client.force_login(member_of(meeting.committee))
    pages = [reverse("committees:document_download", args=[prefecture.slug, d.pk]) for d in (internal, shared)]
    assert [client.get(page).status_code for page in pages] == [404, 200]
    assert client.get(pages[1])["Content-Disposition"].startswith("attachment")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert page.count("note.pdf") == 1


@pytest.mark.parametrize("name", ["meeting_list", "committee_list", "minutes_list"])
def test_lists_cost_the_same_queries_for_1_and_for_3_rows(client, prefecture, name, count_queries):
    client.force_login(referent())
    path = reverse(f"committees:{name}", args=[prefecture.slug])
    drafted_minutes(MeetingFactory())
    client.get(path)
    one = count_queries(lambda: client.get(path))
    for _ in range(2):
        drafted_minutes(MeetingFactory())
    assert count_queries(lambda: client.get(path)) == one


def test_meeting_list_next_page_follows_the_date_then_the_identifier(client, prefecture, monkeypatch):
    monkeypatch.setattr("committees.meetings.views.meeting.PAGE_SIZE", 2)
    committee = MeetingFactory(held_on=None).committee
    for day in ("2026-01-10", "2026-02-10", "2026-02-10", "2025-12-01"):
        MeetingFactory(committee=committee, held_on=day)
    client.force_login(secretary_general())
    seen, path = [], reverse("committees:meeting_list", args=[prefecture.slug])
    page = client.get(path).context
    while True:
        seen += [meeting.pk for meeting in page["meetings"]]
        if not page["has_more"]:
            break
        page = client.get(f"{path}?apres={page['meetings'][-1].cursor}").context
    assert len(seen) == len(set(seen)) == 5


def test_meeting_and_minutes_pages_lead_to_the_actions_born_of_them(client, prefecture):
    """Who manages the plan may make one there; a member, who reads no plan, sees neither the link nor the button."""
    minutes = sealed_minutes()
    manager, agent = referent(), user_with_role(RoleKind.AGENT)
    for thing in (minutes.meeting, minutes):
        origin = reference(thing)
        client.force_login(manager)
        button = f"{reverse('action_plan:action_create', args=[prefecture.slug])}?origine={quote(origin)}"
        assert button in client.get(thing.get_absolute_url()).content.decode()
        client.post(button, {"title": f"Afficher les horaires ({origin})", "state": "proposed", "due": ""})
        seen = {}
        for user in (manager, agent, member_of(minutes.meeting.committee)):
            client.force_login(user)
            page = client.get(thing.get_absolute_url()).content.decode()
            seen[user] = (f"Afficher les horaires ({origin})" in page, button in page)
        assert list(seen.values()) == [(True, True), (True, False), (False, False)]
