"""What changes the plan d'actions."""

from django.core.exceptions import PermissionDenied, ValidationError

from clu_portal.accounts.models import require_role
from clu_portal.accounts.roles import MANAGERS as TEAM_MANAGERS
from clu_portal.action_plan import permissions
from clu_portal.action_plan.models import Action
from clu_portal.action_plan.rules import needs_an_owner
from clu_portal.audit.acts import act, reference
from clu_portal.lib.fuzzy_date import FuzzyDate
from clu_portal.links.models import Link, Relation
from clu_portal.organisations.models import Person


@act("action_saved")
def save_action(*, action: Action, by) -> Action:
    """Save an action, and its link with what it comes from. Raises ValidationError: no_owner."""
    permissions.require_manager(by)
    is_new = action.pk is None
    save(action)
    if is_new and action.origin:
        Link.objects.create(source=action.origin, relation=Relation.GAVE_ACTION, target=reference(action))
    return action


@act("action_reported")
def report_action(*, action: Action, state: str, due: FuzzyDate | None, by) -> Action:
    """Say where an action stands; its owner may. Raises ValidationError: no_owner."""
    action = Action.objects.select_for_update(of=["self"]).select_related("owner", "prefecture").get(pk=action.pk)
    if not permissions.may_report(by, action):
        raise PermissionDenied
    action.state, action.due = state, due
    save(action)
    return action


@act("action_handed_over")
def hand_action_over(*, action: Action, successor: Person, by) -> Action:
    """Give an action to somebody else when its owner leaves (accounts/departures.py)."""
    require_role(by, *TEAM_MANAGERS)
    action.owner = successor
    save(action)
    return action


def save(action: Action) -> None:
    if needs_an_owner(action.state) and not (action.owner_id or action.owner_service_id):
        message = "Nommez un responsable : une action sans responsable reste « proposée »."
        raise ValidationError(message, code="no_owner")
    action.full_clean()
    action.save()
