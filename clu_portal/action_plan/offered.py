"""What the plan d'actions offers to the rest of the portal (clu_portal/offers.py)."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from clu_portal import offers
from clu_portal.action_plan.acts import hand_action_over
from clu_portal.action_plan.models import READERS, Action
from clu_portal.compiled import compiled
from clu_portal.organisations.persons import person_of

LINES_SHOWN = 10


def register() -> None:
    offers.references.register("action", references)
    offers.waiting_items.register("action_plan.mine", mine)
    offers.handovers.register("action_plan.actions", ACTIONS)


def references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    if not user.has_role(*READERS):
        return {}
    return {action.pk: offers.Reference(str(action), action.get_absolute_url()) for action in titles_of(tuple(pks))}


@compiled
def titles_of(pks: tuple[int, ...]) -> QuerySet:
    return Action.objects.filter(pk__in=pks).only("prefecture", "title")


def mine(user) -> list[offers.WaitingItem]:
    """The open actions of this person, the overdue ones in what waits today."""
    today = timezone.localdate()
    actions = open_actions_of(user.pk) if user.has_role(*READERS) else []
    return [waiting_item(action, action.is_overdue(today)) for action in actions]


@compiled
def open_actions_of(user: int) -> QuerySet:
    return Action.objects.filter(owner__user=user).open().order_by("pk")[:LINES_SHOWN]


def waiting_item(action: Action, is_late: bool) -> offers.WaitingItem:
    label = f"{'Action en retard' if is_late else 'Votre action'} : {action.title}"
    detail = f"échéance : {action.due}" if action.due else ""
    return offers.WaitingItem(label, action.get_absolute_url(), detail, is_late)


def held(user) -> list[offers.HeldItem]:
    actions = Action.objects.owned_by(user).open().order_by("pk")
    return [offers.HeldItem(action.title, action.get_absolute_url()) for action in actions]


def hand_over(*, leaving, successor, by) -> None:
    for action in Action.objects.owned_by(leaving).open().select_for_update(of=["self"]).order_by("pk"):
        hand_action_over(action=action, successor=person_of(successor), by=by)


ACTIONS = offers.Handover("Actions du plan d'actions", held, hand_over)
