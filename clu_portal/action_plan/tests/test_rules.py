import pytest

from clu_portal.action_plan.enums import ActionState
from clu_portal.action_plan.rules import needs_an_owner


@pytest.mark.parametrize("state", ActionState.values)
def test_only_a_proposal_or_an_abandoned_action_does_without_an_owner(state):
    assert needs_an_owner(state) == (state not in {"proposed", "abandoned"})
