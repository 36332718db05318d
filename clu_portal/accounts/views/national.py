"""Pages of the national administration: préfectures, their first référent, counts."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clu_portal.accounts import invitations, permissions, prefectures
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.forms import FirstReferentForm, PrefectureForm, PrefectureNameForm
from clu_portal.accounts.freshness import fresh_verification_required
from clu_portal.lib.forms import attempt
from clu_portal.tenancy import scope


@require_safe
def national_home(request, prefecture: str):
    invitations.require_national_admin(request.user)
    lines = prefectures.counts()
    waiting = [line for line in lines if not line.has_referent]
    return render(request, "accounts/national_home.html", {"lines": lines, "waiting": waiting})


@require_safe
def prefecture_list(request, prefecture: str):
    invitations.require_national_admin(request.user)
    return render(request, "accounts/prefecture_list.html", {"lines": prefectures.counts()})


@require_http_methods(["GET", "POST"])
@fresh_verification_required
def prefecture_create(request, prefecture: str):
    invitations.require_national_admin(request.user)
    form = PrefectureForm(request.POST or None, submit_label="Créer la préfecture")
    if request.method == "POST" and form.is_valid():
        try:
            created = prefectures.create_prefecture(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "La préfecture est créée : invitez son premier référent.")
            return redirect("accounts_national:prefecture_detail", created.pk)
    return render(request, "accounts/prefecture_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
@fresh_verification_required
def prefecture_detail(request, prefecture: str, pk: int):
    """Who a préfecture is, its numbers, and the invitation of its first référent."""
    chosen = permissions.get_prefecture_to_administer(request.user, pk)
    form = FirstReferentForm(request.POST or None, submit_label="Inviter")
    if request.method == "POST" and form.is_valid():
        try:
            with scope(chosen.pk):
                invitations.invite_first_referent(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "L'invitation part par courriel.")
            return redirect("accounts_national:prefecture_detail", pk)
    line = next(line for line in prefectures.counts() if line.prefecture == chosen)
    with scope(chosen.pk):
        waiting = invitations.waiting_with_mail(RoleKind.REFERENT)
    context = {"chosen": chosen, "line": line, "form": form, "waiting": waiting}
    context["shows_mails"] = settings.DEMONSTRATION  # « Courriels envoyés » of a préfecture is for its own people
    return render(request, "accounts/prefecture_detail.html", context)


@require_http_methods(["GET", "POST"])
@fresh_verification_required
def prefecture_update(request, prefecture: str, pk: int):
    """Correct the name and the department of a préfecture."""
    chosen = permissions.get_prefecture_to_administer(request.user, pk)
    address = reverse("accounts_national:prefecture_detail", args=[pk])
    form = PrefectureNameForm(request.POST or None, instance=chosen, cancel_address=address)
    if request.method == "POST" and form.is_valid():
        if attempt(form, prefectures.update_prefecture, prefecture=chosen, by=request.user, **form.cleaned_data):
            messages.success(request, "La préfecture est modifiée.")
            return redirect(address)
    return render(request, "accounts/prefecture_update.html", {"form": form, "slug": chosen.slug})
