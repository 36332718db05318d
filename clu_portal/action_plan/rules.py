"""Pure rules of the plan d'actions."""

from clu_portal.action_plan.enums import ActionState

WITHOUT_OWNER = (ActionState.PROPOSED, ActionState.ABANDONED)


def needs_an_owner(state: str) -> bool:
    """Whether somebody must answer for an action in this state: a promise nobody holds stays a proposal."""
    return state not in WITHOUT_OWNER
