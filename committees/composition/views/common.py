"""What the pages of the composition do alike: a form that runs an act, a question before a removal."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from clu_portal.lib.forms import attempt, attempt_button, refusal_of
from clu_portal.lib.paging import number_in
from committees.composition.models import Committee, CompositionAct

FORM_PAGE = "committees/composition/form.html"
REMOVE_PAGE = "committees/composition/remove.html"


def act_asked(request, committee: Committee) -> CompositionAct | None:
    """The arrêté named by the address (« ?arrete=12 »), when it is one of this committee's."""
    pk = number_in(request.GET.get("arrete"))
    return committee.acts.filter(pk=pk).first() if pk else None


def end_by(composition_act: CompositionAct | None) -> dict:
    """What is proposed when something ends by an arrêté."""
    if composition_act is None:
        return {}
    return {"composition_act": composition_act, "ends_on": composition_act.eve}


def back_address(committee: Committee, composition_act: CompositionAct | None) -> str:
    """Where one goes on: the seats, while an arrêté is being entered; else the page of the committee."""
    if composition_act is None:
        return committee.get_absolute_url()
    address = reverse("committees:seat_list", args=[committee.prefecture.slug, committee.pk])
    return f"{address}?arrete={composition_act.pk}"


def form_page(request, form, *, title: str, committee: Committee, subtitle: str = "", notes=()):
    """The page of a form: its title, what it is about, what to know before filling it."""
    context = {"form": form, "title": title, "committee": committee, "notes": notes}
    return render(request, FORM_PAGE, context | {"subtitle": subtitle or (committee.name if committee else "")})


def run_form(request, form, act, message: str, **arguments):
    """Run the act of a form that was found valid. Returns what it returns, None when it was refused."""
    saved = attempt(form, act, by=request.user, **arguments)
    if saved:
        messages.success(request, message)
    return saved


def remove_page(request, act, check, *, question: str, text: str, back: str, message: str, **subject):
    """Ask before a removal, then remove. What `check` refuses is said instead of asking; the act asks it again."""
    if request.method == "POST":
        attempt_button(request, act, message, **subject)
        return redirect(back)
    refusal = refusal_of(check, *subject.values())
    return render(request, REMOVE_PAGE, {"question": question, "text": text, "back": back, "refusal": refusal})
