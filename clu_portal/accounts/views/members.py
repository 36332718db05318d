from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clu_portal.accounts import limits, members
from clu_portal.accounts.forms import MemberCodeForm, MemberLinkForm
from clu_portal.accounts.logs import log_event

WRONG_CODE = ValidationError("Ce code et cette adresse ne vont pas ensemble, ou le code a expiré.", code="wrong_code")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def member_sign_in(request, prefecture: str):
    """Ask for a link. The answer says the same to everybody (A06)."""
    form = MemberLinkForm(request.POST or None, submit_label="Recevoir un lien")
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if not limits.allows("link", limits.LINKS_PER_NETWORK, limits.network(request)):
            return limits.too_many(request)
        if limits.allows("link", limits.LINKS_PER_ACCOUNT, prefecture, email):
            members.ask_links(email=email, prefecture=request.prefecture)
        code_form = MemberCodeForm(initial={"email": email}, submit_label="Entrer avec le code")
        return render(request, "accounts/member_link_sent.html", {"form": code_form})
    return render(request, "accounts/member_sign_in.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def member_code(request, prefecture: str):
    """Come in with the code of the mail, on the computer where one reads."""
    form = MemberCodeForm(request.POST or None, submit_label="Entrer avec le code")
    if request.method == "POST" and form.is_valid():
        if not may_try(request, prefecture, form.cleaned_data["email"].lower()):
            return limits.too_many(request)
        try:
            with transaction.atomic():
                person = members.spend_code(**form.cleaned_data)
                members.sign_in_person(request, person)
        except ValidationError as refusal:
            log_event("code_refused", code=refusal.code)
            form.add_error(None, WRONG_CODE)
        else:
            return redirect(request.prefecture)
    return render(request, "accounts/member_code.html", {"form": form})


def may_try(request, prefecture: str, email: str) -> bool:
    by_network = limits.allows("code", limits.CODES_PER_NETWORK, limits.network(request))
    return by_network and limits.allows("code", limits.CODES_PER_ACCOUNT, prefecture, email)
