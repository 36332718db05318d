from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import required_prefecture_id


@login_not_required
@require_safe
def home(request):
    """Lead each person to their préfecture; show the way in to everybody else."""
    if request.user.is_authenticated:
        own = list(Prefecture.objects.filter(pk__in=request.user.prefecture_ids))
        if len(own) == 1:
            return redirect(own[0])
        return render(request, "home_choice.html", {"prefectures": own})
    return render(request, "home_public.html", {"prefectures": Prefecture.objects.real()})


@login_not_required
@require_safe
def prefecture_home(request, prefecture):
    """What waits for this person; for everybody else, what a préfecture's visitors may do here."""
    user = request.user
    if not user.is_authenticated:
        return render(request, "prefecture_public.html")
    if not user.roles_in(request.prefecture.pk):
        raise Http404
    cards = [card for _, offered in offers.home_cards if (card := offered.function(user))]
    waiting = [item for _, offered in offers.waiting_items for item in offered.function(user)]
    comes_to_read = user.roles_in(request.prefecture.pk) == {RoleKind.MEMBER}
    if comes_to_read:
        shown = {address for card in cards for _, address in card.links}
        waiting = [item for item in waiting if item.address not in shown]
    steps = first_steps(user)
    context = {
        "cards": cards,
        "comes_to_read": comes_to_read,
        "urgent": [item for item in waiting if item.urgent],
        "waiting": [item for item in waiting if not item.urgent],
        "steps": steps,
        "steps_left": [step for step, done in steps if not done],
    }
    return render(request, "prefecture_home.html", context)


def first_steps(user) -> list[tuple[offers.FirstStep, bool]]:
    """The first-day guide of a référent: each step, in order, and whether it is done.

    The guide is over once its last step is done, whatever was left out on the way.
    """
    if not user.has_role(RoleKind.REFERENT):
        return []
    *others, last = [offered.function for _, offered in offers.first_steps]
    if all(done for _, done in asked([last(user)])):
        return []
    return asked([step(user) for step in (*others, last)])


def asked(steps: list[offers.FirstStep]) -> list[tuple[offers.FirstStep, bool]]:
    """Each step and whether it is done, in one query."""
    here = Prefecture.objects.filter(pk=required_prefecture_id()).order_by()
    return list(zip(steps, here.values_list(*[step.done for step in steps])[0], strict=True))
