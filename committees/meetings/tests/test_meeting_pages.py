"""The pages of a meeting as they answer: what is posted, what comes back refused, the queries of 1 and of 60 rows."""

from uuid import uuid4

import pytest
from django.urls import reverse

from clu_portal.tests.factories import PersonFactory
from committees.meetings.acts import record_states
from committees.meetings.models import Attendance, CommitteeRules, Meeting, Vote
from committees.tests.factories import (
    AgendaItemFactory,
    CommitteeFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    member_of,
    referent,
)


@pytest.fixture
def desk(prefecture, client):
    """A référent's browser: `desk("attendance_edit", meeting.pk)` is the address of a page."""
    client.force_login(referent())
    return lambda name, *args: reverse(f"committees:{name}", args=[prefecture.slug, *args])


def text(answer) -> str:
    return answer.content.decode()


def test_attendance_typed_without_a_heading_takes_the_proposed_one(desk, client):
    meeting = MeetingFactory()
    page = desk("attendance_edit", meeting.pk)
    client.post(page, {"status": "excused", "capacity": "member", "lines": "Mme A\nMme B"})
    assert set(meeting.attendances.values_list("group_heading", flat=True)) == {"Excusées"}
    typed = {"group_heading": "Venus :", "sub_heading": "Usagers"}
    client.post(page, {"status": "present", "capacity": "member", "lines": "M. C"} | typed)
    line = meeting.attendances.get(printed_line="M. C")
    assert (line.group_heading, line.sub_heading) == ("Venus :", "Usagers")


def test_attendance_all_present_leaves_what_is_ticked(desk, client):
    meeting = MeetingFactory()
    lines = [Attendance.objects.create(meeting=meeting, printed_line=n, status="expected") for n in "abc"]
    ticked = {f"etat-{lines[0].pk}": "excused", f"etat-{lines[1].pk}": "expected", "tous": "present"}
    client.post(desk("attendance_tick", meeting.pk), ticked)
    assert list(meeting.attendances.order_by("pk").values_list("status", flat=True)) == [
        "excused",
        "present",
        "present",
    ]


def test_line_ticked_represented_asks_by_whom(desk, client):
    meeting = MeetingFactory()
    MandateFactory(seat__committee=meeting.committee)
    client.post(desk("attendance_propose", meeting.pk))
    line = meeting.attendances.get()
    answer = client.post(desk("attendance_tick", meeting.pk), {f"etat-{line.pk}": "represented"}, follow=True)
    assert "dites par qui" in text(answer)
    Attendance.objects.filter(pk=line.pk).update(other_side="Mme B")
    answer = client.post(desk("attendance_tick", meeting.pk), {f"etat-{line.pk}": "represented"}, follow=True)
    assert "dites par qui" not in text(answer)


def test_attendance_ticks_that_are_not_are_ignored_and_those_of_another_meeting_refused(desk, client):
    meeting, other = MeetingFactory(), MeetingFactory()
    own = Attendance.objects.create(meeting=meeting, printed_line="a")
    foreign = Attendance.objects.create(meeting=other, printed_line="b")
    page = desk("attendance_tick", meeting.pk)
    client.post(page, {f"etat-{own.pk}": "riding", "etat-x": "absent", f"etat-{own.pk}9": "absent"[:3]})
    assert Attendance.objects.get(pk=own.pk).status == "present"
    answer = client.post(page, {f"etat-{own.pk}": "absent", f"etat-{foreign.pk}": "absent"}, follow=True)
    assert "vient d&#x27;être retirée" in text(answer)
    assert set(Attendance.objects.values_list("status", flat=True)) == {"present"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"representation": "represented_by"}, "dites de qui il s&#x27;agit"),
        ({"arrived_at": "15:00", "left_at": "14:00"}, "Le départ doit suivre"),
        ({"printed_line": ""}, "Tapez la ligne"),
        ({"arrived_at": "25:00"}, "heure valide"),
    ],
)
def test_line_refused_comes_back_with_its_message_and_what_was_typed(desk, client, changed, said):
    line = Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mme A")
    typed = {
        "status": "present",
        "capacity": "member",
        "mode": "room",
        "printed_line": "Mme A",
        "office": "présidente",
    }
    answer = client.post(desk("attendance_update", line.pk), typed | changed)
    assert answer.status_code == 200
    assert said in text(answer)
    assert 'value="présidente"' in text(answer)
    line.refresh_from_db()
    assert (line.printed_line, line.office) == ("Mme A", "")


def test_line_typed_by_hand_stops_following(desk, client):
    meeting = MeetingFactory()
    seat = MandateFactory(seat__committee=meeting.committee, seat__wording="Union").seat
    client.post(desk("attendance_propose", meeting.pk))
    line = meeting.attendances.get(seat=seat)
    typed = {"status": "present", "capacity": "member", "mode": "room", "heading_follows": "on", "line_follows": "on"}
    client.post(desk("attendance_update", line.pk), typed | {"printed_line": "À ma façon", "seat": seat.pk})
    line.refresh_from_db()
    assert (line.printed_line, line.line_follows, line.group_heading) == ("À ma façon", False, "Présent")


def test_line_cannot_name_the_seat_or_the_line_of_another_meeting(desk, client):
    line = Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mme A")
    foreign_line = Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mme B")
    foreign_seat = SeatFactory()
    typed = {"status": "present", "capacity": "member", "mode": "room", "printed_line": "Mme A"}
    for beside in ({"seat": foreign_seat.pk}, {"proxy_to": foreign_line.pk}):
        assert "Sélectionnez un choix valide" in text(client.post(desk("attendance_update", line.pk), typed | beside))


def test_three_persons_of_one_line_are_linked(desk, client):
    line = Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mme A")
    first, second, third = PersonFactory.create_batch(3)
    typed = {"status": "present", "capacity": "member", "mode": "room", "line_follows": "on", "person": first.pk}
    client.post(desk("attendance_update", line.pk), typed | {"second_person": second.pk, "third_person": third.pk})
    assert [other.person_id for other in line.others.all()] == [second.pk, third.pk]


@pytest.mark.parametrize(
    "sent",
    [
        {"row": ["1.0"]},
        {"row": ["1.0"], "operation": "x"},
        {"row": ["1.2"], "operation": str(uuid4())},
        {"row": ["a"], "operation": str(uuid4())},
        {"row": ["1" * 30 + ".0"], "operation": str(uuid4())},
    ],
)
def test_order_without_the_expected_form_is_400(desk, client, sent):
    meeting = AgendaItemFactory().meeting
    assert client.post(desk("part_order", meeting.pk, "agenda_item"), sent).status_code == 400


def test_order_of_each_list_is_written_or_409(desk, client):
    meeting = MeetingFactory()
    first, second = (
        Attendance.objects.create(meeting=meeting, printed_line=n, position=p) for p, n in enumerate("ab")
    )
    page = desk("part_order", meeting.pk, "attendance")
    order = {"row": [f"{second.pk}.0", f"{first.pk}.0"], "operation": str(uuid4()), "moved": str(second.pk)}
    assert client.post(page, order).json() == {"rows": [[second.pk, 0], [first.pk, 0]]}
    assert list(meeting.attendances.all()) == [second, first]
    levels = order | {"row": [f"{first.pk}.0", f"{second.pk}.1"], "operation": str(uuid4())}
    assert client.post(page, levels).status_code == 409
    stale = order | {"row": [f"{first.pk}.0"], "operation": str(uuid4())}
    answer = client.post(page, stale)
    assert (answer.status_code, answer.json()["message"][:12]) == (409, "La liste a c")


def test_meeting_repeated_twice_by_the_same_form_is_one_meeting(desk, client):
    source = AgendaItemFactory().meeting
    page = desk("meeting_repeat", source.pk)
    form = client.get(page).context["form"]
    assert form["items"].value() == list(source.agenda_items.values_list("pk", flat=True))
    typed = {"committee": source.committee_id, "items": form["items"].value(), "planned_for": "printemps 2027"}
    typed["operation_id"] = str(uuid4())
    first, second = client.post(page, typed), client.post(page, typed)
    assert first.url == second.url
    created = Meeting.objects.exclude(pk=source.pk).get()
    assert (str(created.planned_for), created.agenda_items.get().title) == ("printemps 2027", "Accueil du public")


def test_new_meeting_offers_the_previous_one_of_the_committee(desk, client):
    MeetingFactory(state="prepared")
    previous = MeetingFactory(held_on="2026-02-01")
    MeetingFactory(held_on="2026-03-01")
    page = text(client.get(f"{desk('meeting_create')}?comite={previous.committee_id}"))
    assert desk("meeting_repeat", previous.pk) in page


@pytest.mark.parametrize(("others", "is_offered"), [(0, True), (1, False)])
def test_new_meeting_of_no_committee_yet_offers_the_previous_one_of_the_only_one(desk, client, others, is_offered):
    previous = MeetingFactory()
    CommitteeFactory.create_batch(others)
    assert (desk("meeting_repeat", previous.pk) in text(client.get(desk("meeting_create")))) is is_offered


def test_joint_committees_are_chosen_and_left_on_the_form(desk, client):
    committee, other = CommitteeFactory(), CommitteeFactory()
    created = client.post(desk("meeting_create"), {"committee": committee.pk, "joint_committees": [other.pk]})
    meeting = Meeting.objects.get()
    assert created.url == meeting.get_absolute_url()
    assert meeting.joint_committees == [other]
    assert client.get(desk("meeting_update", meeting.pk)).context["form"]["joint_committees"].value() == [other.pk]


def test_removing_an_item_says_which_sub_items_go(desk, client):
    item = AgendaItemFactory()
    AgendaItemFactory(meeting=item.meeting, parent=item, title="Les courriels")
    page = desk("part_remove", "agenda_item", item.pk)
    assert "Les courriels" in text(client.get(page))
    client.post(page)
    assert not item.meeting.agenda_items.exists()


def test_member_sees_the_printed_list_and_not_who_was_invited(desk, client):
    meeting = MeetingFactory()
    Attendance.objects.create(meeting=meeting, printed_line="Mme A", group_heading="Présente")
    Attendance.objects.create(meeting=meeting, printed_line="Mme Silence", status="expected")
    client.force_login(member_of(meeting.committee))
    page = text(client.get(meeting.get_absolute_url()))
    assert "Mme A" in page
    assert "Mme Silence" not in page
    assert client.get(desk("meeting_participants", meeting.pk)).status_code == 403


@pytest.mark.parametrize("rows", [1, 60])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("meeting_detail", 20),
        ("attendance_edit", 9),
        ("meeting_participants", 15),
        ("agenda_edit", 10),
        ("meeting_votes", 16),
        ("documents_edit", 9),
    ],
)
def test_pages_cost_the_same_for_more_rows(desk, client, count_queries, rows, name, queries):
    meeting = MeetingFactory()
    CommitteeRules.objects.create(committee=meeting.committee, has_quorum=True, has_votes=True)
    for number in range(rows):
        MandateFactory(seat=SeatFactory(committee=meeting.committee))
        AgendaItemFactory(meeting=meeting, title=f"Point {number}")
        Vote.objects.create(
            meeting=meeting, subject="Avis", result="adopted", agenda_item=meeting.agenda_items.first()
        )
    client.post(desk("attendance_propose", meeting.pk))
    record_states(
        meeting=meeting,
        states=dict.fromkeys(meeting.attendances.values_list("pk", flat=True), "present"),
        by=referent(),
    )
    page = desk(name, meeting.pk)
    client.get(page)
    assert count_queries(lambda: client.get(page)) == queries
