import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.composition.attendance import attendance_rates
from committees.composition.models import College
from committees.meetings import acts
from committees.meetings.facts import absent_of
from committees.meetings.models import Attendance, Invitation, JointCommittee, Meeting
from committees.meetings.participants import participants_of
from committees.meetings.tests.lists import printed, proposed, tick
from committees.tests.factories import CommitteeFactory, MandateFactory, SeatFactory


def test_absent_are_computed_and_printed_only_if_chosen(meeting, by):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present")
    assert [seat.wording for seat in absent_of(meeting)] == ["Association Brun", "Association Colin"]
    assert [heading for heading, _ in printed(meeting)] == ["Présente"]
    acts.print_absent(meeting=meeting, printed=True, by=by)
    assert printed(meeting)[-1] == ("Absentes", ["Association Brun : Mme Brun", "Association Colin : Mme Colin"])
    tick(meeting, by, Brun="excused", Colin="absent")
    assert absent_of(meeting) == []


def test_absent_leaves_out_an_organisation_that_a_free_line_speaks_of(meeting, by):
    body = OrganisationFactory()
    seat = SeatFactory(committee=meeting.committee, organisation=body)
    MandateFactory(seat=seat)
    assert seat.pk in {one.seat_id for one in absent_of(meeting)}
    Attendance.objects.create(meeting=meeting, organisation=body, printed_line="Excusée", status="excused")
    assert seat.pk not in {one.seat_id for one in absent_of(meeting)}


def test_line_that_names_only_the_holder_of_a_seat_speaks_of_that_seat(meeting, by):
    colin = meeting.committee.seats.get(position=3).mandates.get().person
    Attendance.objects.create(meeting=meeting, person=colin, printed_line="Mme Colin")
    assert [seat.wording for seat in absent_of(meeting)] == ["Association Aubert", "Association Brun"]
    for rates in (participants_of(meeting).rates, attendance_rates(meeting.committee).colleges):
        assert [(rate.came, rate.counted) for rate in rates] == [(1, 3)]


def test_participants_default_to_who_sits_then_to_the_list(meeting, by):
    found = participants_of(meeting)
    assert found.is_default
    assert [(row.wording, [one.is_invited for one in row.invited]) for row in found.rows] == [
        ("Association Aubert", [True]),
        ("Association Brun", [True]),
        ("Association Colin", [True]),
        ("Siège vacant", []),
    ]
    keys = [tuple(int(part) for part in row.invited[0].key.split(".")) for row in found.rows[:2]]
    acts.record_invitations(meeting=meeting, keys=keys, kept=[], by=by)
    again = participants_of(meeting)
    assert [[one.is_invited for one in row.invited] for row in again.rows] == [[True], [True], [False], []]
    assert not again.is_default


def test_guest_invited_joins_those_who_sit_and_meets_their_line(meeting, by):
    guest = PersonFactory(civility="madame", surname="Noir")
    acts.add_invitation(invitation=meeting.invitations.model(meeting=meeting, person=guest, capacity="expert"), by=by)
    Attendance.objects.create(meeting=meeting, person=guest, printed_line="Mme Noir", capacity="expert")
    rows = participants_of(meeting).rows
    assert [len(row.invited) for row in rows] == [1, 1, 1, 0, 1]
    assert [line.printed_line for line in rows[-1].came] == ["Mme Noir"]
    acts.record_invitations(meeting=meeting, keys=[], kept=[], by=by)
    assert not meeting.invitations.exists()


def test_invitation_of_somebody_who_no_longer_holds_the_seat_stays_while_ticked(meeting, by):
    guest = PersonFactory(surname="Noir")
    acts.add_invitation(invitation=meeting.invitations.model(meeting=meeting, person=guest), by=by)
    meeting.committee.seats.first().mandates.update(ends_on="2026-03-19")
    boxes = [one.key for row in participants_of(meeting).rows for one in row.invited if one.is_invited]
    keys = [tuple(int(part) for part in box.split(".")) for box in boxes if "." in box]
    kept = [int(box) for box in boxes if "." not in box]
    assert (len(keys), len(kept)) == (2, 2)
    acts.record_invitations(meeting=meeting, keys=keys, kept=kept, by=by)
    assert [one.person.surname for one in meeting.invitations.all()] == ["Aubert", "Brun", "Colin", "Noir"]
    acts.record_invitations(meeting=meeting, keys=keys, kept=kept[1:], by=by)
    assert [one.person.surname for one in meeting.invitations.all()] == ["Brun", "Colin", "Noir"]


def test_invitation_of_nobody_is_refused(meeting, by):
    with pytest.raises(ValidationError, match="Dites qui est invité"):
        acts.add_invitation(invitation=meeting.invitations.model(meeting=meeting), by=by)


def test_rate_counts_the_seats_that_came(meeting, by):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Brun="represented", Colin="excused")
    assert [(rate.came, rate.counted, str(rate.pct)) for rate in participants_of(meeting).rates] == [(2, 3, "66.7")]


def test_seat_held_by_office_is_filled_and_needs_no_name(meeting, by):
    SeatFactory(committee=meeting.committee, wording="Directrice de l'accueil", basis="by_office", position=5)
    line = proposed(meeting, by)[-1]
    assert (line.printed_line, line.person) == ("Directrice de l'accueil", None)
    row = participants_of(meeting).rows[-1]
    assert (row.sits, [one.is_invited for one in row.invited]) == (["ès qualités"], [True])
    seat, person = row.invited[0].key.split(".")
    acts.record_invitations(meeting=meeting, keys=[(int(seat), int(person) or None)], kept=[], by=by)
    assert [(one.seat_id, one.person) for one in meeting.invitations.all()] == [(int(seat), None)]
    acts.record_states(meeting=meeting, states={line.pk: "excused"}, by=by)
    assert printed(meeting) == [("Excusée", ["Directrice de l'accueil"])]


@pytest.mark.parametrize(("ends_on", "sits"), [("2026-03-19", False), ("2026-03-20", True)])
def test_seat_that_no_longer_exists_is_not_proposed(meeting, by, ends_on, sits):
    meeting.committee.seats.filter(position=1).update(ends_on=ends_on)
    assert ("Association Aubert" in [line.body for line in proposed(meeting, by)]) is sits


def test_rates_are_by_college_in_their_order(meeting, by):
    users = College.objects.create(committee=meeting.committee, label="Usagers", position=2)
    state = College.objects.create(committee=meeting.committee, label="Administration", position=1)
    meeting.committee.seats.filter(position__in=[1, 2]).update(college=users)
    meeting.committee.seats.filter(position=3).update(college=state)
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Brun="excused", Colin="present")
    rates = participants_of(meeting).rates
    assert [(rate.label, rate.came, rate.counted) for rate in rates] == [("Administration", 1, 1), ("Usagers", 1, 2)]


@pytest.mark.parametrize("is_chosen", [False, True])
def test_nobody_invited_is_not_a_list_never_chosen(client, meeting, by, is_chosen):
    if is_chosen:
        acts.record_invitations(meeting=meeting, keys=[], kept=[], by=by)
    found = participants_of(Meeting.objects.get(pk=meeting.pk))
    assert (found.is_default, found.has_invited) == (not is_chosen, not is_chosen)
    client.force_login(by)
    page = client.get(reverse("committees:meeting_participants", args=[meeting.prefecture.slug, meeting.pk]))
    assert ("Personne n'est invité." in page.content.decode()) is is_chosen


def test_guest_invited_when_nobody_is_stays_alone(meeting, by):
    acts.record_invitations(meeting=meeting, keys=[], kept=[], by=by)
    meeting = Meeting.objects.get(pk=meeting.pk)
    acts.add_invitation(invitation=Invitation(meeting=meeting, wording="Le maire"), by=by)
    assert [one.wording for one in meeting.invitations.all()] == ["Le maire"]


def test_meeting_saved_from_a_form_read_before_keeps_the_list_chosen(meeting, by):
    read_before = Meeting.objects.get(pk=meeting.pk)
    acts.record_invitations(meeting=meeting, keys=[], kept=[], by=by)
    assert acts.save_meeting(meeting=read_before, by=by).invitees_chosen


@pytest.mark.parametrize(
    ("status", "names", "said"),
    [
        ("present", "", "Présente"),
        ("present", "M. Roy", "Présent"),
        ("present", "Mme Roy ; Mme Noir", "Présentes"),
        ("excused", "Mme Roy ; M. Noir", "Excusés"),
        ("represented", "", "Représentée"),
        ("absent", "MM. Roy et Noir", "Absents"),
    ],
)
def test_presence_agrees_with_whoever_came(client, meeting, by, status, names, said):
    line = proposed(meeting, by)[0]
    line.status, line.names = status, names
    acts.save_attendance(attendance=line, by=by)
    client.force_login(by)
    page = client.get(reverse("committees:meeting_participants", args=[meeting.prefecture.slug, meeting.pk]))
    assert f"<div>{said} : Association Aubert" in page.content.decode()


def print_absent(meeting, by, **typed) -> None:
    """Colin, noted absent with what is typed; Brun, of whom nothing is said; Aubert, who came."""
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Colin="absent")
    meeting.attendances.filter(person__surname="Colin").update(**typed)
    acts.print_absent(meeting=meeting, printed=True, by=by)


def test_absent_noted_are_printed_only_if_chosen(meeting, by):
    print_absent(meeting, by)
    acts.print_absent(meeting=meeting, printed=False, by=by)
    assert printed(meeting) == [("Présente", ["Association Aubert : Mme Aubert"])]


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ({}, "Absentes"),
        ({"group_heading": "Absents :", "heading_follows": False}, "Absents :"),
        ({"group_heading": "Absentes", "heading_follows": False}, "Absentes"),
    ],
)
def test_absent_noted_and_absent_computed_stand_under_one_heading(meeting, by, typed, heading):
    print_absent(meeting, by, **typed)
    lines = ["Association Colin : Mme Colin", "Association Brun : Mme Brun"]
    assert printed(meeting)[1:] == [(heading, lines)]


def test_absent_are_printed_from_the_page_of_presences(client, meeting, by):
    print_absent(meeting, by)
    client.force_login(by)
    page = reverse("committees:attendance_edit", args=[meeting.prefecture.slug, meeting.pk])
    address = reverse("committees:absent_print", args=[meeting.prefecture.slug, meeting.pk])
    answer = client.post(address, {"imprimer": "non", "retour": "presences"})
    assert (answer.url, Meeting.objects.get(pk=meeting.pk).prints_absent) == (page, False)
    assert "« Absente », ne s'imprime pas" in client.get(page).content.decode()


def test_colleges_of_a_joint_meeting_are_told_apart_those_of_its_committee_first(meeting, by):
    other = CommitteeFactory(name="Comité voisin")
    JointCommittee.objects.create(meeting=meeting, committee=other)
    for committee in (other, meeting.committee):
        college = College.objects.create(committee=committee, label="Usagers")
        seat = SeatFactory(committee=committee, college=college)
        Attendance.objects.create(meeting=meeting, person=MandateFactory(seat=seat).person, printed_line="M. Roy")
    found = participants_of(meeting)
    labels = [row.college for row in found.rows if "Usagers" in row.college]
    assert labels == [f"Usagers – {meeting.committee.name}", "Usagers – Comité voisin"]
    assert [rate.label for rate in found.rates if "Usagers" in rate.label] == labels
