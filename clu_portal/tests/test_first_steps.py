"""The first-day guide, from an empty préfecture to the minutes of a first meeting."""

from datetime import date

import pytest

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations.acts import save_settings
from clu_portal.organisations.models import PrefectureSettings
from clu_portal.tenancy import current_prefecture, current_prefecture_id, scope
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, user_with_role
from clu_portal.views import first_steps
from committees.composition.acts import appoint_person, save_committee, save_seat
from committees.composition.models import Committee, Seat
from committees.meetings.acts import hold_meeting, save_meeting
from committees.meetings.models import Meeting
from committees.minutes.acts import begin_minutes

STEPS = [
    "Remplir les réglages",
    "Inviter vos collègues",
    "Inscrire les organismes qui siègent",
    "Inscrire les personnes",
    "Créer le comité",
    "Ajouter les sièges et nommer les membres",
    "Créer la première réunion",
    "Commencer le compte-rendu d'une réunion tenue",
]


@pytest.fixture
def referent(prefecture):
    return user_with_role(RoleKind.REFERENT)


def done(user) -> list[str]:
    """The steps done, as a new request reads them."""
    with scope(current_prefecture_id()):
        return [step.label for step, is_done in first_steps(user) if is_done]


def test_steps_stand_in_the_order_of_the_first_day(referent):
    assert [step.label for step, _ in first_steps(referent)] == STEPS
    assert done(referent) == []


def test_steps_are_the_referents_alone(prefecture):
    assert [first_steps(user_with_role(role)) for role in ("secretary_general", "agent", "member")] == [[], [], []]


def test_steps_are_done_one_after_the_other(referent, prefecture):
    identity = {"city": "Clairbourg", "authority_line": "Préfète de la Valmarche"}
    save_settings(settings=PrefectureSettings(), by=referent, **identity)
    assert done(referent) == STEPS[:1]
    user_with_role(RoleKind.SECRETARY_GENERAL)
    assert done(referent) == STEPS[:2]
    organisation = OrganisationFactory()
    assert done(referent) == STEPS[:3]
    person = PersonFactory(organisation=organisation)
    assert done(referent) == STEPS[:4]
    committee = save_committee(committee=Committee(name="Comité"), by=referent)
    assert done(referent) == STEPS[:5]
    seat = save_seat(seat=Seat(committee=committee, organisation=organisation, wording="Union"), by=referent)
    appoint_person(seat=seat, person=person, kind="full_member", starts_on=date(2026, 1, 1), by=referent)
    assert done(referent) == STEPS[:6]
    meeting = save_meeting(meeting=Meeting(committee=committee, held_on=date(2026, 3, 3)), by=referent)
    assert done(referent) == STEPS[:7]
    begin_minutes(meeting=hold_meeting(meeting=meeting, by=referent), by=referent)
    assert first_steps(referent) == []


def test_guide_is_over_with_its_last_step_whatever_was_left_out(referent, count_queries):
    referent.has_role(RoleKind.REFERENT)
    committee = save_committee(committee=Committee(name="Comité"), by=referent)
    meeting = save_meeting(meeting=Meeting(committee=committee, held_on=date(2026, 3, 3)), by=referent)
    assert len(first_steps(referent)) == len(STEPS)
    begin_minutes(meeting=hold_meeting(meeting=meeting, by=referent), by=referent)
    assert first_steps(referent) == []
    assert count_queries(lambda: first_steps(referent)) == 1


def test_each_step_leads_to_a_page_the_referent_opens(client, referent):
    client.force_login(referent)
    assert {client.get(step.address()).status_code for step, _ in first_steps(referent)} == {200}
    save_committee(committee=Committee(name="Comité"), by=referent)
    assert {client.get(step.address()).status_code for step, _ in first_steps(referent)} == {200}


def test_steps_are_read_in_two_queries_and_cost_none_before(referent, django_assert_num_queries):
    current_prefecture()
    referent.has_role(RoleKind.REFERENT)
    with django_assert_num_queries(0):
        steps = [offered.function(referent) for _, offered in offers.first_steps]
    assert len(steps) == len(STEPS)
    with django_assert_num_queries(2):
        first_steps(referent)
