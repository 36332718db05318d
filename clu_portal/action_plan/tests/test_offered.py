import pytest

from clu_portal import offers
from clu_portal.accounts.departures import hand_over, held_by
from clu_portal.accounts.enums import RoleKind
from clu_portal.action_plan.models import Action
from clu_portal.action_plan.offered import mine
from clu_portal.action_plan.tests.factories import ActionFactory
from clu_portal.lib.fuzzy_date import FuzzyDate
from clu_portal.organisations.persons import person_of
from clu_portal.tenancy import current_prefecture
from clu_portal.tests.factories import PersonFactory, user_with_role


def test_waiting_items_are_the_open_actions_of_the_person_alone(prefecture, django_assert_num_queries):
    agent = user_with_role(RoleKind.AGENT)
    own = {"owner": person_of(agent)}
    ActionFactory(title="à l'heure", due=FuzzyDate.year(2090), **own)
    ActionFactory(title="en retard", due=FuzzyDate.year(2020), **own)
    ActionFactory(title="faite", state="done", **own)
    ActionFactory(title="d'une autre", owner=PersonFactory())
    agent.has_role(RoleKind.AGENT)
    current_prefecture()
    with django_assert_num_queries(1):
        items = mine(agent)
    assert [(item.label, item.detail, item.urgent) for item in items] == [
        ("Votre action : à l'heure", "échéance : 2090", False),
        ("Action en retard : en retard", "échéance : 2020", True),
    ]


def test_member_is_shown_no_action_even_its_own(prefecture):
    member = user_with_role(RoleKind.MEMBER)
    action = ActionFactory(owner=person_of(member))
    assert mine(member) == []
    assert offers.find_references(member, [f"action:{action.pk}"]) == {}


@pytest.mark.parametrize("role", ["referent", "secretary_general", "agent"])
def test_reference_leads_the_team_to_the_action(role, prefecture):
    action = ActionFactory(title="Poser")
    found = offers.find_references(user_with_role(role), [f"action:{action.pk}", "action:999999", "action:x", "rien"])
    assert found == {f"action:{action.pk}": offers.Reference("Poser", action.get_absolute_url())}


def test_actions_of_somebody_who_leaves_go_to_the_successor(prefecture):
    referent, leaving, successor = (
        user_with_role(RoleKind.REFERENT),
        user_with_role(RoleKind.AGENT),
        user_with_role(RoleKind.AGENT),
    )
    kept = ActionFactory(title="ouverte", owner=person_of(leaving), state="planned")
    done = ActionFactory(title="faite", owner=person_of(leaving), state="done")
    held = {title: [item.label for item in items] for title, items in held_by(leaving)}
    assert held["Actions du plan d'actions"] == ["ouverte"]
    hand_over(leaving=leaving, successor=successor, by=referent)
    owners = dict(Action.objects.values_list("pk", "owner__user"))
    assert owners == {kept.pk: successor.pk, done.pk: leaving.pk}
