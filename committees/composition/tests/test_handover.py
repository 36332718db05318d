"""The seats of an agent who leaves."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from clu_portal.accounts.departures import hand_over, held_by
from clu_portal.accounts.tests.helpers import sign_in
from clu_portal.organisations.persons import person_of
from clu_portal.tests.factories import user_with_role
from committees.composition.acts import hand_mandate_over
from committees.composition.models import Mandate
from committees.tests.factories import MandateFactory, referent, secretary_general

TITLE = "Sièges aux comités, transmis à partir de demain"


@pytest.fixture
def leaving(prefecture):
    return user_with_role("agent")


@pytest.fixture
def successor(prefecture):
    return user_with_role("agent")


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def held(user, **fields) -> Mandate:
    return MandateFactory(person=person_of(user), **fields)


def mandates_of(user) -> list[tuple]:
    return list(person_of(user).mandates.values_list("seat", "kind", "starts_on", "ends_on"))


def test_page_lists_the_seats_and_their_committees(client, leaving, prefecture):
    mandate = held(leaving)
    held(leaving, ends_on=today())
    sign_in(client, referent())
    seats = dict(held_by(leaving))[TITLE]
    assert [(item.label, item.address) for item in seats] == [
        (f"{mandate.seat}, titulaire – {mandate.seat.committee}", mandate.seat.committee.get_absolute_url())
    ]
    page = client.get(f"/{prefecture.slug}/equipe/{leaving.pk}/depart/").content.decode()
    assert TITLE in page
    assert mandate.seat.committee.get_absolute_url() in page


def test_seat_is_handed_over_from_the_next_day(leaving, successor):
    mandate = held(leaving, kind="substitute")
    hand_over(leaving=leaving, successor=successor, by=referent())
    assert mandates_of(leaving) == [(mandate.seat_id, "substitute", mandate.starts_on, today())]
    assert mandates_of(successor) == [(mandate.seat_id, "substitute", today(1), None)]


def test_seat_held_until_a_day_is_handed_over_until_that_day(leaving, successor):
    mandate = held(leaving, ends_on=today(90))
    hand_over(leaving=leaving, successor=successor, by=referent())
    assert mandates_of(leaving) == [(mandate.seat_id, "full_member", mandate.starts_on, today())]
    assert mandates_of(successor) == [(mandate.seat_id, "full_member", today(1), today(90))]


def test_seat_to_come_changes_hands_whole(leaving, successor):
    mandate = held(leaving, starts_on=today(30))
    hand_over(leaving=leaving, successor=successor, by=referent())
    assert mandates_of(leaving) == []
    assert mandates_of(successor) == [(mandate.seat_id, "full_member", today(30), None)]


def test_seat_asks_for_a_successor(leaving):
    held(leaving)
    with pytest.raises(ValidationError) as refusal:
        hand_over(leaving=leaving, successor=None, by=referent())
    assert refusal.value.code == "successor_needed"


def test_successor_already_in_the_seat_is_refused_with_its_name_and_nothing_is_done(leaving, successor):
    mandate = held(leaving)
    held(successor, seat=mandate.seat, kind="substitute")
    with pytest.raises(ValidationError, match=str(mandate.seat)) as refusal:
        hand_over(leaving=leaving, successor=successor, by=referent())
    assert refusal.value.code == "holds_the_seat"
    assert mandates_of(leaving) == [(mandate.seat_id, "full_member", mandate.starts_on, None)]
    assert leaving.roles.get().closed_at is None


def test_seat_left_by_the_successor_may_be_taken_again(leaving, successor):
    mandate = held(leaving)
    held(successor, seat=mandate.seat, kind="substitute", ends_on=today())
    hand_over(leaving=leaving, successor=successor, by=referent())
    assert (mandate.seat_id, "full_member", today(1), None) in mandates_of(successor)


def test_hand_mandate_over_is_the_referents(leaving, successor):
    with pytest.raises(PermissionDenied):
        hand_mandate_over(
            mandate=held(leaving), successor=person_of(successor), last_day=today(), by=secretary_general()
        )
