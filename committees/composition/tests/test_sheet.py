"""The composition imported and exported as a sheet: seats, colleges, who holds them, from when to when."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from clu_portal.lib.sheets import write_csv
from clu_portal.organisations.imports import acts
from clu_portal.organisations.imports.models import ImportRun
from clu_portal.organisations.imports.sheets import Outcome, Planned
from clu_portal.organisations.models import Person
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, ServiceFactory
from committees.composition.acts import end_seat, merge_committee
from committees.composition.models import College, Committee, Mandate, Seat
from committees.composition.sheet import COMPOSITION_SHEET
from committees.meetings.models import Attendance, AttendancePerson, JointCommittee
from committees.tests.factories import (
    CollegeFactory,
    CommitteeFactory,
    CompositionActFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    referent,
)

HEADINGS = "Comité;Collège;Siège;Numéro;Organisme;Qualité;Prénom;Nom;Courriel;Siège depuis le;Depuis le;Jusqu'au\n"


@pytest.fixture
def by(prefecture):
    CommitteeFactory(name="CLU")
    union = OrganisationFactory(name="Union")
    PersonFactory(given_name="Odile", surname="Ferrandier", email="odile@union.example", organisation=union)
    PersonFactory(given_name="Aude", surname="Lormel", email="aude@union.example")
    return referent()


def sent(content: bytes | str, by) -> ImportRun:
    content = content if isinstance(content, bytes) else (HEADINGS + content).encode()
    return acts.prepare_import(kind="composition", upload=SimpleUploadedFile("c.csv", content), by=by)


def planned(content: bytes | str, by) -> list[Planned]:
    return acts.plan_of(sent(content, by))


def errors(content: str, by) -> list[list[str]]:
    return [list(line.errors) for line in planned(content, by)]


THREE = (
    "CLU;Usagers;Union;;Union;titulaire;Odile;Ferrandier;;;01/01/2026;\n"
    "clu;usagers;union;1;UNION;suppléant;aude;LORMEL;;;2026-01-01;31/12/2028\n"
    "CLU;Usagers;Union;2;Union;;;;;;;\n"
)


def test_lines_make_a_college_its_seats_and_who_holds_them(by):
    acts.apply_import(run=sent(THREE, by), by=by)
    college = College.objects.get()
    seats = Seat.objects.order_by("position")
    assert [(str(seat), seat.college, seat.organisation.name) for seat in seats] == [("Union", college, "Union")] * 2
    held = Mandate.objects.order_by("kind").values_list("seat", "person__surname", "kind", "starts_on", "ends_on")
    assert list(held) == [
        (seats[0].pk, "Ferrandier", "full_member", date(2026, 1, 1), None),
        (seats[0].pk, "Lormel", "substitute", date(2026, 1, 1), date(2028, 12, 31)),
    ]


def test_import_of_a_composition_is_undone_as_one(by):
    run = acts.apply_import(run=sent(THREE, by), by=by)
    acts.cancel_import(run=run, by=by)
    assert (College.objects.count(), Seat.objects.count(), Mandate.objects.count()) == (0, 0, 0)


def test_import_of_a_composition_is_not_undone_once_a_seat_has_served(by):
    run = acts.apply_import(run=sent(THREE, by), by=by)
    seat = Seat.objects.last()
    Attendance.objects.create(meeting=MeetingFactory(committee=seat.committee), seat=seat, printed_line="Mme A")
    with pytest.raises(ValidationError) as refused:
        acts.cancel_import(run=run, by=by)
    assert (refused.value.code, Seat.objects.count()) == ("in_use", 2)
    assert "« Union » (présence)" in refused.value.message


def cancelled(run: ImportRun, by) -> str:
    """« », or why the import is not cancelled: then nothing was removed."""
    before = College.objects.count(), Seat.objects.count(), Mandate.objects.count()
    try:
        acts.cancel_import(run=run, by=by)
    except ValidationError as refused:
        assert (College.objects.count(), Seat.objects.count(), Mandate.objects.count()) == before
        return refused.message
    return ""


FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2026, 6, 30)
LINE = "CLU;;Union;;Union;titulaire;Odile;Ferrandier;;;01/01/2026;30/06/2026\n"
HELD = (
    "Rien n'est annulé : des lignes créées par cet import servent déjà. "
    "« Mme Odile Ferrandier – Union » (une réunion tenue s'en est servie : mettez fin au mandat)."
)


@pytest.mark.parametrize("is_joint", [False, True])
@pytest.mark.parametrize(
    ("held_on", "state", "refusal"),
    [
        (FIRST_DAY - timedelta(days=1), "held", ""),
        (FIRST_DAY, "held", HELD),
        (LAST_DAY, "held", HELD),
        (LAST_DAY + timedelta(days=1), "held", ""),
        (FIRST_DAY, "cancelled", ""),
    ],
)
def test_import_is_not_undone_once_a_meeting_used_a_mandate(by, held_on, state, refusal, is_joint):
    committee, person = Committee.objects.get(), Person.objects.get(given_name="Odile")
    meeting = MeetingFactory(committee=CommitteeFactory() if is_joint else committee, held_on=held_on, state=state)
    if is_joint:
        JointCommittee.objects.create(meeting=meeting, committee=committee)
    elsewhere = MeetingFactory(held_on=FIRST_DAY)
    for held in (meeting, elsewhere):
        Attendance.objects.create(meeting=held, person=person, printed_line="Mme A")
    assert cancelled(acts.apply_import(run=sent(LINE, by), by=by), by) == refusal


# What a line of the list names; whether the mandate of Mme Ferrandier, of the Union, was used.
NAMED = {
    "nobody": (lambda line, odile: None, False),
    "person": (lambda line, odile: setattr(line, "person", odile), True),
    "represented": (lambda line, odile: setattr(line, "other_person", odile), True),
    "body": (lambda line, odile: setattr(line, "organisation", odile.organisation), True),
    "another": (
        lambda line, odile: line.__dict__.update(person_id=PersonFactory().pk, organisation_id=odile.organisation_id),
        False,
    ),
    "with another": (lambda line, odile: AttendancePerson.objects.create(attendance=line, person=odile), True),
}


@pytest.mark.parametrize("named", NAMED)
def test_import_of_past_mandates_is_undone_while_no_list_speaks_of_them(by, named):
    meeting = MeetingFactory(committee=Committee.objects.get(), held_on=FIRST_DAY)
    line = Attendance.objects.create(meeting=meeting, printed_line="Une personne")
    name, is_used = NAMED[named]
    name(line, Person.objects.get(given_name="Odile"))
    line.save()
    run = acts.apply_import(run=sent(LINE, by), by=by)
    assert cancelled(run, by) == (HELD if is_used else "")


def test_import_is_not_undone_once_a_seat_it_filled_has_ended(by):
    seat = SeatFactory(committee=Committee.objects.get(), wording="Union")
    run = acts.apply_import(run=sent("CLU;;Union;;;titulaire;Odile;Ferrandier;;;01/01/2026;\n", by), by=by)
    end_seat(seat=seat, ends_on=date(2026, 6, 30), by=by)
    assert "« Mme Odile Ferrandier – Union » (le siège a pris fin depuis)" in cancelled(run, by)


def test_import_is_undone_when_another_seat_has_ended(by):
    other = SeatFactory(committee=Committee.objects.get(), wording="Mairie")
    run = acts.apply_import(run=sent("CLU;;Union;;;titulaire;Odile;Ferrandier;;;01/01/2026;\n", by), by=by)
    end_seat(seat=other, ends_on=date(2026, 6, 30), by=by)
    assert cancelled(run, by) == ""


def test_import_is_not_undone_once_the_committee_merged(by):
    committee, day = Committee.objects.get(), date(2026, 6, 30)
    run = acts.apply_import(run=sent("CLU;Usagers;Union;;;;;;;;;\n", by), by=by)
    arrete = CompositionActFactory(committee=committee, signed_on=day)
    merged = {"into": CommitteeFactory(), "merged_on": day, "composition_act": arrete, "carry_over": False}
    merge_committee(committee=committee, **merged, by=by)
    refusal = cancelled(run, by)
    for name in ("Usagers", "Union"):
        assert f"« {name} » (une fusion du comité est inscrite depuis)" in refusal


def test_import_into_a_committee_that_will_merge_is_undone(by):
    committee, day = Committee.objects.get(), timezone.localdate() + timedelta(days=30)
    arrete = CompositionActFactory(committee=committee, signed_on=date(2026, 1, 1))
    merged = {"into": CommitteeFactory(), "merged_on": day, "composition_act": arrete, "carry_over": False}
    merge_committee(committee=committee, **merged, by=by)
    run = acts.apply_import(run=sent("CLU;Usagers;Union;;;;;;;;;\n", by), by=by)
    assert cancelled(run, by) == ""


def test_sending_the_same_file_again_is_all_known(by):
    acts.apply_import(run=sent(THREE, by), by=by)
    assert [line.outcome for line in planned(THREE, by)] == [Outcome.KNOWN] * 3


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Inconnu;;Union;;;;;;;;;\n", ["Comité"]),
        ("CLU;;;;;;;;;;;\n", ["Siège"]),
        ("CLU;;Union;2;;;;;;;;\n", ["Numéro"]),
        ("CLU;;Union;x;;;;;;;;\n", ["Numéro"]),
        ("CLU;;Union;;Inconnu;;;;;;;\n", ["Organisme"]),
        ("CLU;;Union;;;;;Inconnu;;;01/01/2026;\n", ["Nom"]),
        ("CLU;;Union;;;;Odile;Ferrandier;autre@union.example;;01/01/2026;\n", ["Nom"]),
        ("CLU;;Union;;;;Odile;Ferrandier;;;;\n", ["Depuis le"]),
        ("CLU;;Union;;;chef;Odile;Ferrandier;;;01/01/2026;\n", ["Qualité"]),
        ("CLU;;Union;;;;Odile;Ferrandier;;;31/02/2026;\n", ["Depuis le"]),
        ("CLU;;Union;;;;Odile;Ferrandier;;;02/01/2026;01/01/2026\n", ["Jusqu'au"]),
        ("CLU;;Union;;;;Odile;Ferrandier;;02/01/2026;01/01/2026;\n", ["Depuis le"]),
        ("CLU;;Union;;;;Odile;Ferrandier;;02/01/2026;02/01/2026;02/01/2026\n", []),
    ],
)
def test_line_is_refused_beside_its_column(line, wrong, by):
    assert errors(line, by) == [wrong]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Autre;;Union;x;Inconnu;;Nul;Inconnu;;;;", ["Comité", "Organisme", "Numéro", "Depuis le", "Nom"]),
        ("CLU;;;;;roi;Odile;Ferrandier;;hier;demain;", ["Siège", "Siège depuis le", "Qualité", "Depuis le"]),
        ("CLU;;Union;3;;;Nul;Inconnu;;;02/01/2026;01/01/2026", ["Numéro", "Nom"]),
        ("CLU;;Union;;;;Odile;Ferrandier;;01/02/2026;01/01/2026;", ["Depuis le"]),
        ("Autre;;Union;;;;Odile;Ferrandier;;;02/01/2026;01/01/2026", ["Comité", "Jusqu'au"]),
    ],
)
def test_line_says_all_that_is_wrong_in_it(line, wrong, by):
    assert errors(line + "\n", by) == [wrong]


def test_homonyms_are_not_told_apart_before_their_organisation_is_known(by):
    PersonFactory(given_name="Odile", surname="Ferrandier", email="autre@union.example")
    assert errors("CLU;;Union;;Inconnu;;Odile;Ferrandier;;;01/01/2026;\n", by) == [["Organisme"]]


@pytest.mark.parametrize(("since", "wrong"), [("31/12/2098", []), ("01/01/2099", ["Siège jusqu'au"])])
def test_seat_of_a_committee_that_will_merge_ends_on_the_eve(since, wrong, by):
    into = CommitteeFactory()
    decided = CompositionActFactory(committee=Committee.objects.get(name="CLU"))
    Committee.objects.filter(name="CLU").update(merged_into=into, merged_on=date(2099, 1, 1), merged_by=decided)
    text = f"CLU;;Union;;;;;;;{since};;\n"
    assert errors(text, by) == [wrong]
    if not wrong:
        acts.apply_import(run=sent(text, by), by=by)
        seat = Seat.objects.get()
        assert (seat.ends_on, seat.ended_by) == (date(2098, 12, 31), decided)


@pytest.mark.parametrize(
    ("kind", "who", "starts_on", "wrong"),
    [
        ("titulaire", "Aude;Lormel", "31/12/2026", ["Qualité"]),
        ("titulaire", "Aude;Lormel", "01/01/2027", []),
        ("suppléant", "Aude;Lormel", "31/12/2026", []),
        ("suppléant", "Odile;Ferrandier", "31/12/2026", ["Nom"]),
        ("suppléant", "Odile;Ferrandier", "01/01/2027", []),
    ],
)
def test_mandates_that_the_database_would_refuse_are_said(kind, who, starts_on, wrong, by):
    text = (
        f"CLU;;Union;;;titulaire;Odile;Ferrandier;;;01/01/2026;31/12/2026\nCLU;;Union;;;{kind};{who};;;{starts_on};\n"
    )
    assert errors(text, by) == [[], wrong]
    if not wrong:
        acts.apply_import(run=sent(text, by), by=by)
        assert Mandate.objects.count() == 2


def test_mandate_already_there_is_counted(by):
    seat = SeatFactory(committee__name="CLUAC", wording="Union")
    MandateFactory(seat=seat, starts_on=date(2025, 1, 1))
    assert errors("CLUAC;;Union;;;;Aude;Lormel;;;01/01/2026;\n", by) == [["Qualité"]]


def test_person_who_holds_another_seat_is_noted(by):
    def notes(content: str) -> list[list[str]]:
        return [line.notes for line in planned(content, by)]

    first = "CLU;;Union;;;titulaire;Odile;Ferrandier;;;01/01/2026;31/12/2026\n"
    second = "CLU;;Familles;;;suppléant;Odile;Ferrandier;;;{};\n"
    said = ["Cette personne tient aussi le siège « Union » (titulaire)."]
    assert notes(first + second.format("31/12/2026")) == [[], said]
    assert notes(first + second.format("01/01/2027")) == [[], []]


def test_same_seat_without_a_name_twice_is_refused(by):
    assert errors("CLU;;Union;;;;;;;;;\n" * 2, by) == [[], ["Siège"]]


def test_homonyms_are_told_apart_by_their_address_or_the_organisation_of_the_seat(by):
    PersonFactory(given_name="Odile", surname="Ferrandier", email="autre@union.example")
    assert errors("CLU;;Union;;;;Odile;Ferrandier;;;01/01/2026;\n", by) == [["Nom"]]
    assert errors("CLU;;Union;;Union;;Odile;Ferrandier;;;01/01/2026;\n", by) == [[]]
    assert errors("CLU;;Union;;;;Odile;Ferrandier;autre@union.example;;01/01/2026;\n", by) == [[]]


def test_composition_of_a_committee_that_merged_does_not_move(by):
    into = CommitteeFactory()
    CommitteeFactory(name="Ancien", merged_into=into, merged_on=date(2026, 1, 1))
    assert errors("Ancien;;Union;;;;;;;;;\n", by) == [["Comité"]]


def a_composition(seats: int = 3) -> None:
    """Two committees, colleges, seats alike, past ones, homonyms."""
    for committee in (CommitteeFactory(), CommitteeFactory()):
        college = CollegeFactory(committee=committee, side="administration")
        for number in range(seats):
            alike = {"committee": committee, "wording": "Maires", "position": number}
            seat = SeatFactory(college=college if number % 2 else None, service=ServiceFactory(), **alike)
            MandateFactory(seat=seat, ends_on=date(2025, 6, 30), person__surname="Homonyme")
            MandateFactory(seat=seat, starts_on=date(2025, 7, 1), person__surname="Homonyme")
            SeatFactory(college=college, ends_on=date(2025, 1, 31), territory="=Nord", **alike)
            MandateFactory(seat=SeatFactory(college=college, **alike), kind="substitute")


def test_export_read_again_is_all_known(by):
    a_composition()
    lines = planned(write_csv(COMPOSITION_SHEET.table()), by)
    assert len(lines) == 2 * 3 * 4
    assert {(line.outcome, *line.notes) for line in lines} == {(Outcome.KNOWN,)}


def test_export_imported_where_it_was_lost_makes_the_same_composition(by):
    a_composition()
    exported = write_csv(COMPOSITION_SHEET.table())
    for model in (Mandate, Seat, College):
        model.objects.all().delete()
    run = sent(exported, by)
    assert [line.errors for line in acts.plan_of(run) if line.errors] == []
    acts.apply_import(run=run, by=by)
    assert write_csv(COMPOSITION_SHEET.table()) == exported


@pytest.mark.parametrize("seats", [1, 15])
def test_export_and_report_cost_the_same_for_more_seats(by, client, prefecture, count_queries, seats):
    a_composition(seats)
    run = sent(write_csv(COMPOSITION_SHEET.table()), by)
    client.force_login(by)
    pages = [
        reverse("committees:composition_export", args=[prefecture.slug]),
        reverse("organisations:import_detail", args=[prefecture.slug, run.pk]),
        reverse("committees:composition_import", args=[prefecture.slug]),
    ]
    client.get(pages[0])
    assert [count_queries(lambda page=page: client.get(page)) for page in pages] == [9, 15, 8]
