from datetime import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from clu_portal.audit.models import AuditEntry
from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.meetings import acts
from committees.meetings.forms import AttendanceForm
from committees.meetings.models import Attendance, Invitation, JointCommittee
from committees.meetings.tests.lists import line_of, printed, proposed, tick
from committees.tests.factories import (
    AgendaItemFactory,
    CommitteeFactory,
    MandateFactory,
    MeetingFactory,
    secretary_general,
)


def test_propose_attendance_adds_the_seats_held_that_day_once(meeting, by):
    lines = proposed(meeting, by)
    assert [(line.printed_line, line.status) for line in lines] == [
        ("Association Aubert : Mme Aubert", "expected"),
        ("Association Brun : Mme Brun", "expected"),
        ("Association Colin : Mme Colin", "expected"),
    ]
    assert proposed(meeting, by) == lines
    assert AuditEntry.objects.filter(verb="attendance_proposed").count() == 2


def test_propose_attendance_follows_the_day_of_the_meeting(meeting, by):
    meeting.committee.seats.get(position=1).mandates.update(ends_on="2026-03-19")
    assert [line.body for line in proposed(meeting, by)] == ["Association Brun", "Association Colin"]


def test_propose_attendance_takes_the_joint_committees_too(meeting, by):
    other = MandateFactory(seat__committee=CommitteeFactory(name="Zone"), seat__wording="CLAC").seat
    JointCommittee.objects.create(meeting=meeting, committee=other.committee)
    assert [line.body for line in proposed(meeting, by)][-1] == "CLAC"


def test_propose_attendance_takes_who_was_invited_beside_the_seats_once(meeting, by):
    expert, body = PersonFactory(), OrganisationFactory(name="Centre social")
    for guest in ({"person": expert, "capacity": "expert"}, {"organisation": body}, {"wording": "Le maire"}):
        Invitation.objects.create(meeting=meeting, **({"capacity": "guest"} | guest))
    lines = proposed(meeting, by)[3:]
    assert [(line.person, line.organisation, line.body, line.capacity, line.status) for line in lines] == [
        (expert, None, "", "expert", "expected"),
        (None, body, "", "guest", "expected"),
        (None, None, "Le maire", "guest", "expected"),
    ]
    assert proposed(meeting, by)[3:] == lines


def test_propose_attendance_by_the_secretary_general_is_refused(meeting):
    with pytest.raises(PermissionDenied):
        acts.propose_attendance(meeting=meeting, by=secretary_general())
    assert not meeting.attendances.exists()


def test_ticked_lines_are_gathered_under_headings_that_agree(meeting, by):
    proposed(meeting, by)
    assert printed(meeting) == []
    tick(meeting, by, Aubert="excused", Brun="present", Colin="excused")
    assert printed(meeting) == [
        ("Présente", ["Association Brun : Mme Brun"]),
        ("Excusées", ["Association Aubert : Mme Aubert", "Association Colin : Mme Colin"]),
    ]
    tick(meeting, by, Colin="present")
    assert [heading for heading, _ in printed(meeting)] == ["Présentes", "Excusée"]


def test_what_was_typed_is_never_rewritten(meeting, by):
    common = {"group_heading": "Excusés :", "status": "excused", "capacity": "member"}
    acts.record_attendance(meeting=meeting, lines=["Mmes Aubert, Brun et Colin"], by=by, **common)
    proposed(meeting, by)
    tick(meeting, by, Aubert="present")
    assert ("Excusés :", ["Mmes Aubert, Brun et Colin"]) in printed(meeting)


def test_typed_lines_without_a_heading_take_one_that_agrees(meeting, by):
    common = {"group_heading": "", "heading_follows": True, "status": "excused", "capacity": "member"}
    acts.record_attendance(meeting=meeting, lines=["Mme A, CCI", "Mme B", "Mme C"], by=by, **common)
    assert printed(meeting) == [("Excusées", ["Mme A, CCI", "Mme B", "Mme C"])]


def test_excused_body_without_a_person_agrees_with_its_own_words(meeting, by):
    common = {"group_heading": "", "heading_follows": True, "status": "excused", "capacity": "member"}
    acts.record_attendance(meeting=meeting, lines=["Chambre des métiers"], by=by, **common)
    assert printed(meeting)[0][0] == "Excusée"
    acts.record_attendance(meeting=meeting, lines=["Conseil départemental"], by=by, **common)
    assert printed(meeting)[0][0] == "Excusés"


def test_organisation_both_present_and_excused_keeps_its_two_lines(meeting, by):
    body = OrganisationFactory(name="Fédération des usagers")
    for status, name in (("present", "Roy"), ("excused", "Noir")):
        line = Attendance(
            meeting=meeting, organisation=body, person=PersonFactory(civility="monsieur", given_name="", surname=name)
        )
        line.status, line.heading_follows, line.line_follows = status, True, True
        acts.save_attendance(attendance=line, by=by)
    assert printed(meeting) == [
        ("Présent", ["Fédération des usagers : M. Roy"]),
        ("Excusé", ["Fédération des usagers : M. Noir"]),
    ]


def test_two_persons_of_one_organisation_are_one_line_and_two_links(meeting, by):
    proposed(meeting, by)
    line, other = line_of(meeting, "Aubert"), PersonFactory(civility="monsieur", given_name="", surname="Roy")
    line.status = "present"
    saved = acts.save_attendance(attendance=line, others=[other, line.person], by=by)
    assert saved.printed_line == "Association Aubert : Mme Aubert et M. Roy"
    assert [link.person for link in saved.others.all()] == [other]
    assert printed(meeting)[0][0] == "Présents"
    assert acts.save_attendance(attendance=saved, others=[], by=by).printed_line == "Association Aubert : Mme Aubert"


def test_line_that_names_more_persons_than_its_form_shows_keeps_them_all(meeting, by):
    proposed(meeting, by)
    line, others = line_of(meeting, "Aubert"), PersonFactory.create_batch(4)
    line = acts.save_attendance(attendance=line, others=others, by=by)
    shown = AttendanceForm(instance=line)
    typed = {name: shown.initial.get(name) or "" for name in shown.fields} | {"second_person": others[3].pk}
    form = AttendanceForm(typed, instance=line)
    assert form.is_valid(), form.errors
    assert form.others == [others[3], others[1], others[2]]


def test_substitute_sits_for_the_full_member(meeting, by):
    proposed(meeting, by)
    line = line_of(meeting, "Aubert")
    line.person = PersonFactory(civility="madame", given_name="", surname="Noir")
    line.status, line.representation, line.other_side = "present", "substitute", "Mme Aubert"
    saved = acts.save_attendance(attendance=line, by=by)
    assert saved.printed_line == "Association Aubert : Mme Noir, suppléante de Mme Aubert"
    assert saved.substitute_for_id == saved.seat_id
    saved.representation = ""
    assert acts.save_attendance(attendance=saved, by=by).substitute_for is None


def test_substitute_moved_to_another_seat_sits_there(meeting, by):
    line = proposed(meeting, by)[0]
    line.representation, line.other_side = "substitute", "Mme Aubert"
    line = acts.save_attendance(attendance=line, by=by)
    line.seat = meeting.committee.seats.get(position=2)
    saved = acts.save_attendance(attendance=line, by=by)
    assert saved.attended_seat_id == saved.seat_id


@pytest.mark.parametrize(
    ("before", "after"), [("present", "represented"), ("expected", "represented"), ("excused", "excused")]
)
def test_represented_by_somebody_is_represented(meeting, by, before, after):
    line = proposed(meeting, by)[0]
    line.status, line.representation, line.other_side = before, "represented_by", "M. Noir, adjoint"
    saved = acts.save_attendance(attendance=line, by=by)
    assert saved.status == after
    assert saved.printed_line == "Association Aubert : Mme Aubert, représentée par M. Noir, adjoint"


@pytest.mark.parametrize(
    ("office", "typed", "said"),
    [
        ("cheffe du bureau", "", "Mme Noir, cheffe du bureau"),
        ("", "", "Mme Noir"),
        ("cheffe du bureau", "Mme N.", "Mme N., cheffe du bureau"),
    ],
)
def test_directrice_nobody_names_is_represented_by_whom_was_chosen(meeting, by, office, typed, said):
    chosen = PersonFactory(civility="madame", given_name="", surname="Noir")
    line = Attendance(meeting=meeting, body="Directrice de la citoyenneté", line_follows=True, heading_follows=True)
    line.representation, line.other_person = "represented_by", chosen
    line.other_office, line.other_side = office, typed
    saved = acts.save_attendance(attendance=line, by=by)
    assert saved.printed_line == f"Directrice de la citoyenneté : représentée par {said}"
    assert saved.status == "represented"


def test_function_typed_on_a_line_is_printed_beside_whoever_it_names(meeting, by):
    line = proposed(meeting, by)[0]
    line.office = "secrétaire générale adjointe"
    saved = acts.save_attendance(attendance=line, by=by)
    assert saved.printed_line == "Association Aubert : Mme Aubert, secrétaire générale adjointe"


def test_late_arrival_by_visio_and_items_missed_are_printed(meeting, by):
    proposed(meeting, by)
    item = AgendaItemFactory(meeting=meeting, printed_label="2.")
    line = line_of(meeting, "Brun")
    line.status, line.mode, line.arrived_at = "present", "visio", time(14, 45)
    saved = acts.save_attendance(attendance=line, missed=[item], by=by)
    assert saved.printed_line == (
        "Association Brun : Mme Brun, en visioconférence, arrivée à 14\u00a0h\u00a045, absente au point 2"
    )
    acts.remove_part(part=item, by=by)
    assert "au point" not in line_of(meeting, "Brun").printed_line


@pytest.mark.parametrize(("left_at", "accepted"), [(time(14, 46), True), (time(14, 45), False)])
def test_departure_follows_arrival(meeting, by, left_at, accepted):
    line = proposed(meeting, by)[0]
    line.arrived_at, line.left_at = time(14, 45), left_at
    if accepted:
        assert acts.save_attendance(attendance=line, by=by).left_at == left_at
        return
    with pytest.raises(ValidationError, match="doit suivre"):
        acts.save_attendance(attendance=line, by=by)


def test_line_of_nobody_is_refused(meeting, by):
    with pytest.raises(ValidationError) as refusal:
        acts.save_attendance(attendance=Attendance(meeting=meeting, line_follows=True), by=by)
    assert refusal.value.error_dict["printed_line"][0].code == "no_wording"
    assert not meeting.attendances.exists()


def test_states_of_another_meeting_are_refused_whole(meeting, by):
    proposed(meeting, by)
    foreign = Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mme Z")
    own = meeting.attendances.first()
    with pytest.raises(ValidationError) as refusal:
        acts.record_states(meeting=meeting, states={own.pk: "present", foreign.pk: "present"}, by=by)
    assert refusal.value.code == "already_removed"
    assert set(Attendance.objects.values_list("status", flat=True)) == {"expected", "present"}
    assert Attendance.objects.get(pk=foreign.pk).status == "present"
