"""Handing over everything of an agent who leaves."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError

from clu_portal import offers
from clu_portal.accounts.departures import hand_over, held_by, possible_successors
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User
from clu_portal.audit.models import AuditEntry
from clu_portal.tests.factories import PrefectureFactory, RoleFactory, UserFactory, user_with_role


@pytest.fixture
def referent(prefecture):
    return user_with_role(RoleKind.REFERENT)


@pytest.fixture
def boxes(monkeypatch) -> dict:
    """Things an agent holds, offered by an app of the tests beside the real ones."""
    owners = {}

    def held(user):
        return [offers.HeldItem(box) for box, owner in owners.items() if owner == user]

    def pass_on(*, leaving, successor, by):
        owners.update({item.label: successor for item in held(leaving)})

    shelf = offers.Shelf("handover", dict(offers.handovers.items))
    shelf.register("tests.boxes", offers.Handover("Cartons", held, pass_on))
    monkeypatch.setattr(offers, "handovers", shelf)
    return owners


def refused(**arguments) -> str:
    with pytest.raises(ValidationError) as refusal:
        hand_over(**arguments)
    return refusal.value.code


def test_held_by_lists_everything_app_by_app(referent, boxes):
    leaving = user_with_role(RoleKind.AGENT, title="Accueil")
    boxes["carton 1"] = leaving
    assert held_by(leaving) == [
        ("Rôles, retirés à la confirmation", [offers.HeldItem("agent, correspondant qualité – Accueil")]),
        ("Cartons", [offers.HeldItem("carton 1")]),
    ]


def test_hand_over_passes_on_closes_and_signs_out(client, referent, boxes, prefecture):
    leaving, successor = user_with_role(RoleKind.AGENT), user_with_role(RoleKind.SECRETARY_GENERAL)
    boxes.update({"carton 1": leaving, "carton 2": referent})
    client.force_login(leaving)
    client.get("/compte/seances/")
    assert UserSession.objects.filter(user=leaving).count() == Session.objects.count() == 1
    hand_over(leaving=leaving, successor=successor, by=referent)
    assert boxes == {"carton 1": successor, "carton 2": referent}
    assert not User.objects.get(pk=leaving.pk).roles_in(prefecture.pk)
    assert (UserSession.objects.count(), Session.objects.count()) == (0, 0)
    assert list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True)) == [
        "role_closed",
        "duties_handed_over",
    ]


def test_hand_over_without_successor_when_nothing_is_held(referent):
    leaving = user_with_role(RoleKind.AGENT)
    hand_over(leaving=leaving, successor=None, by=referent)
    assert leaving.roles.get().closed_at


def test_hand_over_asks_for_a_successor_and_does_nothing(referent, boxes, prefecture):
    leaving = user_with_role(RoleKind.AGENT)
    boxes["carton 1"] = leaving
    assert refused(leaving=leaving, successor=None, by=referent) == "successor_needed"
    assert boxes == {"carton 1": leaving}
    assert User.objects.get(pk=leaving.pk).roles_in(prefecture.pk)


def test_hand_over_of_the_last_referent_is_refused(referent):
    successor = user_with_role(RoleKind.AGENT)
    assert refused(leaving=referent, successor=successor, by=referent) == "last_referent"


def test_roles_held_elsewhere_stay(referent):
    leaving = user_with_role(RoleKind.AGENT)
    elsewhere = RoleFactory(kind=RoleKind.AGENT, user=leaving, prefecture_id=PrefectureFactory().pk)
    hand_over(leaving=leaving, successor=None, by=referent)
    elsewhere.refresh_from_db()
    assert elsewhere.closed_at is None


def test_successor_is_of_the_team(referent):
    leaving = user_with_role(RoleKind.AGENT)
    for kind in (RoleKind.MEMBER, RoleKind.AUDITOR):
        user_with_role(kind)
    RoleFactory(kind=RoleKind.AGENT, prefecture_id=PrefectureFactory().pk)
    assert list(possible_successors(leaving)) == [referent]
    assert refused(leaving=leaving, successor=UserFactory(), by=referent) == "other_successor"


@pytest.mark.parametrize("kind", sorted(set(RoleKind) - {RoleKind.REFERENT, RoleKind.NATIONAL_ADMIN}))
def test_others_cannot_hand_over(referent, kind):
    with pytest.raises(PermissionDenied):
        hand_over(leaving=referent, successor=None, by=user_with_role(kind))
