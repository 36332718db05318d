import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from clu_portal.accounts.enums import RoleKind
from clu_portal.action_plan.acts import hand_action_over, report_action, save_action
from clu_portal.action_plan.models import Action
from clu_portal.action_plan.tests.factories import ActionFactory
from clu_portal.audit.models import AuditEntry
from clu_portal.lib.fuzzy_date import FuzzyDate
from clu_portal.links.models import Link
from clu_portal.organisations.persons import person_of
from clu_portal.tests.factories import PersonFactory, RoleFactory, ServiceFactory, user_with_role

STATES_WITH_OWNER = ["studied", "planned", "in_progress", "done", "recurrent"]


@pytest.mark.parametrize("state", STATES_WITH_OWNER)
def test_save_action_without_owner_stays_a_proposal(state, prefecture):
    with pytest.raises(ValidationError) as refusal:
        save_action(action=Action(title="Signaler la boucle", state=state), by=user_with_role(RoleKind.REFERENT))
    assert refusal.value.code == "no_owner"
    assert (Action.objects.count(), AuditEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize("owner", ["owner", "owner_service"])
def test_save_action_with_an_owner_leaves_the_proposals(owner, prefecture):
    holder = PersonFactory() if owner == "owner" else ServiceFactory()
    due = FuzzyDate.quarter(2027, 2)
    action = Action(title="Signaler la boucle", state="planned", due=due, **{owner: holder})
    save_action(action=action, by=user_with_role(RoleKind.SECRETARY_GENERAL))
    action.refresh_from_db()
    assert (action.state, action.due, action.owner_text) == ("planned", due, str(holder))
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.details) == ("action_saved", f"action:{action.pk}", {"state": "planned"})


def test_save_action_from_an_origin_is_linked_once(prefecture):
    by = user_with_role(RoleKind.REFERENT)
    action = save_action(action=Action(title="Signaler", origin="meeting:12"), by=by)
    save_action(action=action, by=by)
    link = Link.objects.get()
    assert (link.source, link.relation, link.target) == ("meeting:12", "gave_action", f"action:{action.pk}")


@pytest.mark.parametrize("role", ["agent", "member", "auditor", "national_admin"])
def test_save_action_is_refused_to_others(role, prefecture):
    with pytest.raises(PermissionDenied):
        save_action(action=Action(title="Signaler"), by=user_with_role(role))


def test_report_action_is_open_to_its_owner_and_to_the_agents_of_its_service(prefecture):
    service = ServiceFactory()
    owner, colleague = user_with_role(RoleKind.AGENT), user_with_role(RoleKind.AGENT, service=service)
    action = ActionFactory(owner=person_of(owner), owner_service=service, state="planned")
    for by, state in [(owner, "in_progress"), (colleague, "done")]:
        report_action(action=action, state=state, due=None, by=by)
        assert Action.objects.get().state == state


def test_report_action_is_refused_to_another_agent_and_to_an_owner_who_left(prefecture):
    left = person_of(user_with_role(RoleKind.MEMBER))
    action = ActionFactory(owner=left, state="planned")
    for by in (user_with_role(RoleKind.AGENT), user_with_role(RoleKind.AGENT, service=ServiceFactory()), left.user):
        with pytest.raises(PermissionDenied):
            report_action(action=action, state="done", due=None, by=by)
    assert Action.objects.get().state == "planned"


def test_hand_action_over_asks_for_whoever_manages_the_team(prefecture):
    action, successor = ActionFactory(owner=PersonFactory()), PersonFactory()
    with pytest.raises(PermissionDenied):
        hand_action_over(action=action, successor=successor, by=user_with_role(RoleKind.AGENT))
    hand_action_over(action=action, successor=successor, by=user_with_role(RoleKind.REFERENT))
    assert Action.objects.get().owner == successor


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("action_has_an_owner", "state = 'done', owner_id = NULL"),
        ("action_state", "state = 'oubliée'"),
        ("due_check", "due = '{\"text\": 3}'"),
    ],
)
def test_D07_direct_sql_is_refused(constraint, change, prefecture):
    ActionFactory(owner=PersonFactory())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE action_plan_action SET {change}")


def test_T11_agent_whose_role_is_closed_reports_no_more(prefecture):
    service = ServiceFactory()
    role = RoleFactory(kind=RoleKind.AGENT, service=service)
    action = ActionFactory(owner_service=service, state="planned")
    report_action(action=action, state="done", due=None, by=role.user)
    role.user.roles.update(ends_on=role.starts_on, closed_at="2026-01-01T00:00:00Z")
    with pytest.raises(PermissionDenied):
        report_action(action=action, state="planned", due=None, by=type(role.user).objects.get(pk=role.user.pk))
