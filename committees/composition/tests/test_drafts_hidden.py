"""An arrêté nobody has signed is named to nobody outside the préfecture, on whatever page it would be."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.composition.models import Committee, CommitteeFormerName, CompositionAct
from committees.tests.factories import (
    CommitteeFactory,
    CompositionActFactory,
    MandateFactory,
    member_of,
    referent,
    secretary_general,
)

NUMBER, LATER = "2026-999", date(2040, 1, 1)


@pytest.fixture
def draft(prefecture) -> CompositionAct:
    """An arrêté which everything that may name one names: it opened and ended, renamed, merged, was amended."""
    committee = CommitteeFactory()
    draft = CompositionActFactory(committee=committee, number=NUMBER)
    mandate = MandateFactory(seat__committee=committee, opened_by=draft, ended_by=draft, ends_on=LATER)
    mandate.seat.opened_by = mandate.seat.ended_by = draft
    mandate.seat.ends_on = LATER
    mandate.seat.save()
    CommitteeFormerName.objects.create(committee=committee, name="CLU", last_day=date(2025, 1, 1), act=draft)
    day = timezone.localdate()
    Committee.objects.filter(pk=committee.pk).update(merged_into=CommitteeFactory(), merged_on=day, merged_by=draft)
    CompositionActFactory(committee=committee, number="2026-12", signed_on=date(2026, 1, 5), amends=draft)
    return draft


PAGES = {
    "committee_detail": lambda draft: draft.committee,
    "committee_composition": lambda draft: draft.committee,
    "seat_detail": lambda draft: draft.committee.seats.order_by("pk").first(),
    "composition_act_detail": lambda draft: draft.amended_by.get(),
}
NAMING = {"committee_detail": 4, "committee_composition": 1, "seat_detail": 4, "composition_act_detail": 1}
PEOPLE = {"referent": referent, "secretary_general": secretary_general}


@pytest.mark.parametrize("who", [*PEOPLE, "member"])
@pytest.mark.parametrize("name", PAGES)
def test_draft_is_named_to_the_prefecture_alone(client, draft, name, who):
    client.force_login(member_of(draft.committee) if who == "member" else PEOPLE[who]())
    answer = client.get(reverse(f"committees:{name}", args=[draft.prefecture.slug, PAGES[name](draft).pk]))
    assert answer.status_code == 200
    assert answer.content.decode().count(f"Arrêté n° {NUMBER}") == (0 if who == "member" else NAMING[name])


@pytest.mark.parametrize("name", PAGES)
def test_signed_arrete_is_named_to_a_member(client, draft, name):
    CompositionAct.objects.filter(pk=draft.pk).update(signed_on=date(2026, 1, 4))
    client.force_login(member_of(draft.committee))
    answer = client.get(reverse(f"committees:{name}", args=[draft.prefecture.slug, PAGES[name](draft).pk]))
    assert answer.content.decode().count(f"Arrêté n° {NUMBER}") == NAMING[name]
