"""The pages of the composition: by role, what they show, what they refuse beside which field, how many queries."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, user_with_role
from committees.composition.acts import save_committee
from committees.composition.models import College, Committee, CommitteeType, CompositionAct, Mandate, Seat
from committees.tests.factories import (
    CollegeFactory,
    CommitteeFactory,
    CommitteeTypeFactory,
    CompositionActFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    member_of,
    referent,
)
from committees.tests.test_page_queries import COMMON, queries  # noqa: F401
from committees.tests.test_pages import READ, WRITE, statuses

COMMITTEE_PAGES = {
    "committee_composition": READ,
    "committee_rename": WRITE,
    "committee_merge": WRITE,
    "seat_list": WRITE,
    "college_create": WRITE,
    "composition_act_create": WRITE,
}


@pytest.fixture
def ask(client, prefecture):
    """Ask for a page as a référent; with values, post them. Returns the answer."""
    client.force_login(referent())

    def answer(view: str, /, *args, query: str = "", **values):
        path = reverse(f"committees:{view}", args=[prefecture.slug, *args]) + query
        return client.post(path, values) if values else client.get(path)

    return answer


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def errors_of(answer) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


@pytest.mark.parametrize(("name", "expected"), COMMITTEE_PAGES.items())
def test_committee_pages_by_role(client, prefecture, name, expected):
    committee = MandateFactory().seat.committee
    assert statuses(client, prefecture, name, committee.pk, committee=committee) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("seat_detail", READ), ("seat_update", WRITE), ("seat_end", WRITE), ("seat_remove", WRITE)],
)
def test_seat_pages_by_role(client, prefecture, name, expected):
    seat = MandateFactory().seat
    assert statuses(client, prefecture, name, seat.pk, committee=seat.committee) == expected


@pytest.mark.parametrize(("signed_on", "expected"), [(date(2026, 1, 1), READ), (None, (200, 200, 200, 404, 404, 302))])
def test_composition_act_not_signed_is_for_the_prefecture_only(client, prefecture, signed_on, expected):
    act = CompositionActFactory(signed_on=signed_on)
    assert statuses(client, prefecture, "composition_act_detail", act.pk, committee=act.committee) == expected


def test_committee_create_proposes_the_first_type(ask):
    kind = CommitteeType.objects.create(name="Comité local des usagers", acronym="CLU", position=1)
    assert ask("committee_create").context["form"].initial["type"] == kind
    ask("committee_create", name="CLU", type=kind.pk)
    assert Committee.objects.get().type == kind


def test_committee_update_bears_its_own_title(ask):
    committee = CommitteeFactory(name="CLU")
    assert "<h1>Modifier le comité</h1>" in ask("committee_update", committee.pk).content.decode()
    assert "<h1>Renommer le comité</h1>" in ask("committee_rename", committee.pk).content.decode()


def test_committee_update_name_taken_is_said_beside_the_name(ask):
    CommitteeFactory(name="CLAC")
    answer = ask("committee_update", CommitteeFactory(name="CLU").pk, name="CLAC")
    assert errors_of(answer) == {"name": ["Il y a déjà un comité « CLAC »."]}
    assert "<h1>Modifier le comité</h1>" in answer.content.decode()


def test_committee_rename_asks_for_a_confirmation_and_the_act(ask):
    committee = CommitteeFactory(name="CLU")
    act = CompositionActFactory(committee=committee, number="2026-3", signed_on=date(2026, 6, 1))
    values = {"name": "CLUAC", "starts_on": "2026-07-01"}
    assert set(errors_of(ask("committee_rename", committee.pk, **values))) == {"composition_act", "confirm"}
    ask("committee_rename", committee.pk, **values, composition_act=act.pk, confirm="on")
    shown = text_of(ask("committee_detail", committee.pk))
    assert "CLU, jusqu'au 30 juin 2026 ( Arrêté n° 2026-3 )" in shown.replace("&#x27;", "'")
    assert "<h1>CLU</h1>" in ask("committee_composition", committee.pk, query="?au=2026-06-30").content.decode()
    assert "<h1>CLUAC</h1>" in ask("committee_composition", committee.pk, query="?au=2026-07-01").content.decode()


@pytest.mark.parametrize("name", ["committee_rename", "committee_merge"])
def test_arretes_offered_are_signed_and_of_a_committee_concerned(ask, name):
    committee = CommitteeFactory()
    signed = CompositionActFactory(committee=committee, number="2026-3", signed_on=date(2026, 6, 1))
    draft = CompositionActFactory(committee=committee)
    offered = ask(name, committee.pk).context["form"].fields["composition_act"].queryset
    assert list(offered) == [signed]
    refused = errors_of(ask(name, committee.pk, composition_act=draft.pk))["composition_act"]
    assert refused == ["Choisissez un arrêté signé, d'un comité concerné."]


def test_committee_merge_leads_to_the_other_and_says_so(ask):
    committee, into = CommitteeFactory(name="CLU"), CommitteeFactory(name="CLUAC")
    MandateFactory(seat=SeatFactory(committee=committee, wording="Familles"))
    act = CompositionActFactory(committee=into, signed_on=date(2026, 6, 1))
    values = {"into": into.pk, "merged_on": "2026-07-01", "composition_act": act.pk, "carry_over": "on"}
    assert set(errors_of(ask("committee_merge", committee.pk, **values))) == {"confirm"}
    assert ask("committee_merge", committee.pk, **values, confirm="on").url == into.get_absolute_url()
    assert "Familles" in text_of(ask("committee_detail", into.pk))
    merged = text_of(ask("committee_detail", committee.pk))
    assert "Ce comité a fusionné le 1er juillet 2026 dans CLUAC" in merged
    assert "Ajouter un siège" not in merged


def test_composition_of_a_day_that_is_no_day_says_so_beside_it(ask):
    answer = ask("committee_composition", CommitteeFactory().pk, query="?au=hier")
    assert errors_of(answer) == {"au": ["Saisissez une date valide."]}


def test_composition_of_a_day_shows_seats_holders_and_vacancies_by_college(ask):
    committee = CommitteeFactory(name="CLU")
    college = CollegeFactory(committee=committee, label="Collège des usagers")
    seat = SeatFactory(committee=committee, college=college, wording="Familles")
    MandateFactory(seat=seat, person__surname="Aubin", starts_on=date(2026, 3, 1))
    MandateFactory(seat=seat, person__surname="Bérot", kind="substitute", starts_on=date(2026, 3, 1))
    before, after = (
        text_of(ask("committee_composition", committee.pk, query=f"?au={day}")) for day in ("2026-02-28", "2026-03-01")
    )
    assert "Composition au 28 février 2026" in before
    assert ("Siège vacant" in before, "Aubin" in before, "dont 1 vacant" in before) == (True, False, True)
    assert ("Siège vacant" in after, "Aubin" in after, "Bérot" in after) == (False, True, True)
    assert "Collège des usagers (usagers)" in after


def test_committee_page_when_there_is_nothing_yet(ask):
    shown = text_of(ask("committee_detail", CommitteeFactory().pk))
    for words in ("Aucun siège", "Aucun arrêté de composition", "Aucune réunion", "L'assiduité se calcule"):
        assert words in shown


def test_committee_page_shows_rates_and_warnings_to_the_prefecture_only(client, ask):
    organisation = OrganisationFactory(name="Familles")
    seat = SeatFactory(organisation=organisation)
    meeting = MeetingFactory(committee=seat.committee)
    meeting.attendances.create(printed_line="Mme A", organisation=organisation)
    shown = text_of(ask("committee_detail", seat.committee.pk))
    assert "1 sur 1 0 100&nbsp;%" in shown
    assert "siège vacant Siège vacant" in shown
    client.force_login(member_of(seat.committee))
    shown = text_of(client.get(seat.committee.get_absolute_url()))
    assert ("Assiduité" in shown, "À voir" in shown) == (False, False)


def test_seat_create_from_an_act_proposes_its_date_and_comes_back_to_the_seats(ask):
    act = CompositionActFactory(effective_on=date(2026, 5, 1))
    args = ("seat_create", act.committee.pk)
    form = ask(*args, query=f"?arrete={act.pk}").context["form"]
    assert (form.initial["starts_on"], form.initial["opened_by"]) == (date(2026, 5, 1), act)
    values = {"wording": "Maires", "basis": "elected", "starts_on": "2026-05-01", "opened_by": act.pk}
    answer = ask(*args, query=f"?arrete={act.pk}", **values)
    assert answer.url.endswith(f"/sieges/?arrete={act.pk}")
    assert Seat.objects.get().opened_by == act


def test_seat_create_after_another_keeps_its_college_and_how_it_is_filled_and_not_whom_it_is_for(ask):
    act = CompositionActFactory(effective_on=date(2026, 6, 1))
    college = CollegeFactory(committee=act.committee)
    args, query = ("seat_create", act.committee.pk), f"?arrete={act.pk}"
    typed = {"wording": "Maires", "basis": "elected", "college": college.pk, "starts_on": "2026-06-02"}
    typed |= {"organisation": OrganisationFactory().pk, "opened_by": act.pk}
    answer = ask(*args, query=query, **typed, again="oui")
    seat = Seat.objects.get()
    assert answer.url.endswith(f"{query}&apres={seat.pk}")
    values = ask(*args, query=f"{query}&apres={seat.pk}").context["form"]
    assert [values[name].value() for name in ("college", "basis", "opened_by")] == [college.pk, "elected", act.pk]
    assert values["starts_on"].value() == date(2026, 6, 2)
    assert [values[name].value() for name in ("wording", "organisation")] == ["", None]


@pytest.mark.parametrize("asked", ["", "x", "999999999"])
def test_seat_create_after_a_seat_that_is_not_of_this_committee_proposes_nothing_of_it(ask, asked):
    other = SeatFactory(basis="elected")
    form = ask("seat_create", CommitteeFactory().pk, query=f"?apres={asked or other.pk}").context["form"]
    assert form["basis"].value() == Seat().basis


def test_seat_create_college_of_another_committee_is_not_a_choice(ask):
    college = CollegeFactory()
    answer = ask("seat_create", CommitteeFactory().pk, wording="Maires", basis="elected", college=college.pk)
    assert set(errors_of(answer)) == {"college"}


def test_seat_list_by_college_with_the_ended_ones_apart(ask):
    college = CollegeFactory(label="Usagers")
    for wording, ends_on in (("Ouvert", None), ("Fermé", date(2020, 1, 1))):
        SeatFactory(committee=college.committee, college=college, wording=wording, ends_on=ends_on)
    context = ask("seat_list", college.committee.pk).context
    assert [(str(c), [str(s) for s in seats]) for c, seats in context["groups"]] == [("Usagers", ["Ouvert"])]
    assert [str(seat) for seat in context["ended"]] == ["Fermé"]


def test_composition_part_move_then_the_order_is_the_other(ask):
    first = CollegeFactory(label="a", position=1)
    CollegeFactory(committee=first.committee, label="b", position=2)
    ask("composition_part_move", "college", first.pk, "descendre", sent="1")
    assert list(College.objects.values_list("label", flat=True)) == ["b", "a"]


def test_composition_part_move_of_something_else_is_404(ask):
    assert ask("composition_part_move", "mandat", 1, "monter", sent="1").status_code == 404


def test_seat_end_and_remove(ask):
    seat = SeatFactory()
    ask("seat_end", seat.pk, ends_on="2026-06-30")
    assert Seat.objects.get().ends_on == date(2026, 6, 30)
    assert "Retirer le siège" in text_of(ask("seat_remove", seat.pk))
    ask("seat_remove", seat.pk, sent="1")
    assert Seat.objects.count() == 0


def test_seat_remove_that_was_held_says_why_not(ask, client):
    seat = MandateFactory().seat
    answer = client.get(ask("seat_remove", seat.pk, sent="1").url)
    assert "Quelqu&#x27;un a tenu ce siège" in text_of(answer)
    assert Seat.objects.count() == 1


def test_person_appoint_to_a_seat_taken_is_said_beside_the_quality(ask):
    seat = MandateFactory().seat
    values = {"person": PersonFactory().pk, "kind": "full_member", "starts_on": "2026-01-01"}
    assert set(errors_of(ask("person_appoint", seat.pk, **values))) == {"kind"}


def test_person_appoint_says_who_may_follow(ask):
    assert "Seul un autre élu" in text_of(ask("person_appoint", SeatFactory(basis="elected").pk))


def test_person_appoint_asks_to_confirm_a_second_seat_beside_its_box(ask):
    held = MandateFactory(seat__wording="Familles")
    seat = SeatFactory(committee=held.seat.committee)
    values = {"person": held.person_id, "kind": "substitute", "starts_on": "2026-01-01"}
    (said,) = errors_of(ask("person_appoint", seat.pk, **values))["beside_another"]
    assert "tient déjà dans ce comité : « Familles » (titulaire)" in said
    assert ask("person_appoint", seat.pk, **values, beside_another="on").status_code == 302


def test_committee_page_folds_away_the_acts_that_are_seldom_done(ask):
    shown = " ".join(ask("committee_detail", CommitteeFactory().pk).content.decode().split())
    usual, _, folded = shown.partition("<details")
    for name in ("Nouvelle réunion", "Ajouter un siège", "Collèges et sièges"):
        assert name in usual
    for name in ("Modifier", "Renommer", "Fusionner", "Mettre à la corbeille"):
        assert (f">{name}</a>" in usual, f">{name}</a>" in folded.partition("</details>")[0]) == (False, True)


# A removal, the rows it would be refused for, the button of its page.
REFUSED = {
    "seat_remove": (lambda: MandateFactory().seat, "Quelqu'un a tenu ce siège"),
    "mandate_remove": (MandateFactory, "Ce mandat a commencé"),
    "college_remove": (lambda: SeatFactory(college=CollegeFactory()).college, "Ce collège a des sièges"),
    "committee_type_remove": (lambda: CommitteeFactory(type=CommitteeTypeFactory()).type, "Un comité est de ce type"),
}
ALLOWED = {
    "seat_remove": SeatFactory,
    "mandate_remove": lambda: MandateFactory(starts_on=timezone.localdate() + timedelta(days=1)),
    "college_remove": CollegeFactory,
    "committee_type_remove": CommitteeTypeFactory,
}


@pytest.mark.parametrize("name", REFUSED)
def test_page_that_asks_before_a_removal_has_no_button_when_it_would_be_refused(ask, name):
    make, reason = REFUSED[name]
    shown = {True: text_of(ask(name, ALLOWED[name]().pk)), False: text_of(ask(name, make().pk))}
    assert [" Retirer Annuler " in text for text in shown.values()] == [True, False]
    assert reason in shown[False].replace("&#x27;", "'")


def test_mandate_remove_to_come(ask):
    mandate = MandateFactory(starts_on=timezone.localdate() + timedelta(days=1))
    assert "Retirer cette nomination" in text_of(ask("mandate_remove", mandate.pk))
    ask("mandate_remove", mandate.pk, sent="1")
    assert Mandate.objects.count() == 0


def test_composition_act_create_proposes_to_amend_the_latest(ask):
    former = CompositionActFactory()
    form = ask("composition_act_create", former.committee.pk).context["form"]
    assert form.initial["amends"] == former
    values = {"title": "Arrêté modificatif", "effective_on": "2026-06-01", "amends": former.pk}
    ask("composition_act_create", former.committee.pk, **values)
    assert CompositionAct.objects.exclude(pk=former.pk).get().amends == former


def test_composition_act_page_shows_the_difference_between_the_eve_and_its_day(ask):
    act = CompositionActFactory(effective_on=date(2026, 6, 1))
    seat = SeatFactory(committee=act.committee, wording="Familles")
    MandateFactory(seat=seat, person__surname="Aubin", ends_on=date(2026, 5, 31))
    MandateFactory(seat=seat, person__surname="Bérot", starts_on=date(2026, 6, 1))
    SeatFactory(committee=act.committee, wording="Maires", starts_on=date(2026, 6, 1))
    answer = ask("composition_act_detail", act.pk)
    told = [(change.row.wording, change.label) for change in answer.context["changes"]]
    assert told == [("Familles", "siège modifié"), ("Maires", "siège créé")]
    assert "Au 31 mai 2026 Au 1er juin 2026" in text_of(answer)


def test_composition_act_without_change_says_so(ask):
    assert "Aucun changement" in text_of(ask("composition_act_detail", CompositionActFactory().pk))


def test_committee_type_life(ask, client):
    ask("committee_type_create", name="Comité de pilotage", acronym="COPIL")
    kind = CommitteeType.objects.get()
    ask("committee_type_update", kind.pk, name="Comité de pilotage qualité", acronym="COPIL")
    assert "Comité de pilotage qualité (COPIL)" in text_of(ask("committee_type_list"))
    CommitteeFactory(type=kind)
    assert "Un comité est de ce type" in text_of(client.get(ask("committee_type_remove", kind.pk, sent="1").url))


def committee_with(seats: int) -> Committee:
    """A committee whose every list has so many rows, and so many past meetings attended by each organisation."""
    committee = CommitteeFactory()
    college = CollegeFactory(committee=committee)
    for number in range(seats):
        organisation = OrganisationFactory()
        seat = SeatFactory(committee=committee, college=college, organisation=organisation, position=number)
        MandateFactory(seat=seat, ends_on=timezone.localdate())
        MandateFactory(seat=seat, kind="substitute")
        meeting = MeetingFactory(committee=committee, held_on=date(2020, 1, 1) + timedelta(days=number))
        meeting.attendances.create(printed_line="Mme A", organisation=organisation)
        CompositionActFactory(committee=committee, effective_on=date(2020, 1, 1) + timedelta(days=number))
    return committee


@pytest.mark.parametrize("rows", [1, 60])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # committee, former names, seats, mandates, acts
        ("committee_composition", 5),
        # committee, seats, mandates, warnings kept, rates, former names, acts, meetings
        ("committee_detail", 8),
        # committee, seats, colleges
        ("seat_list", 3),
    ],
)
def test_pages_cost_the_same_for_more_rows(prefecture, queries, name, expected, rows):  # noqa: F811
    committee = committee_with(rows)
    address = reverse(f"committees:{name}", args=[prefecture.slug, committee.pk])
    save_committee(committee=Committee(name="Autre comité"), by=user_with_role(RoleKind.REFERENT))
    assert queries(user_with_role(RoleKind.REFERENT), address) == COMMON + expected


@pytest.mark.parametrize("rows", [1, 60])
def test_composition_act_page_costs_the_same_for_more_rows(prefecture, queries, rows):  # noqa: F811
    act = committee_with(rows).acts.first()
    # arrêté, seats and mandates of both days, those that amend it
    assert queries(user_with_role(RoleKind.REFERENT), act.get_absolute_url()) == COMMON + 6


@pytest.mark.parametrize("page", ["seat_end", "mandate_end"])
def test_end_by_an_act_is_proposed_on_the_eve_of_its_day(client, prefecture, page):
    """Ended on its very day, what leaves would not be in the difference the act shows."""
    mandate = MandateFactory()
    act = CompositionActFactory(committee=mandate.seat.committee, effective_on=date(2026, 11, 1))
    pk = mandate.seat_id if page == "seat_end" else mandate.pk
    client.force_login(user_with_role(RoleKind.REFERENT))
    answer = client.get(reverse(f"committees:{page}", args=[prefecture.slug, pk]) + f"?arrete={act.pk}")
    assert 'value="2026-10-31"' in answer.content.decode()
