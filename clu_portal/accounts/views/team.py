from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clu_portal.accounts import departures, invitations, limits, permissions, roles
from clu_portal.accounts.forms import InvitationForm, RoleForm, SuccessorForm
from clu_portal.accounts.freshness import fresh_verification_required
from clu_portal.accounts.models import Invitation
from clu_portal.lib.forms import attempt


@require_safe
def team(request, prefecture: str):
    permissions.require_team_reader(request.user)
    can_manage = permissions.can_manage_team(request.user)
    context = {
        "roles": permissions.team_visible_to(request.user).select_related("service"),
        "invitations": Invitation.objects.open().select_related("service") if can_manage else [],
        "can_manage": can_manage,
    }
    return render(request, "accounts/team.html", context)


@require_http_methods(["GET", "POST"])
@fresh_verification_required
def invite(request, prefecture: str):
    permissions.require_team_manager(request.user)
    kinds = invitations.kinds_to_give(request.user)
    form = InvitationForm(request.POST or None, kinds=kinds, submit_label="Inviter")
    if request.method == "POST" and form.is_valid():
        if not limits.allows("invitation", limits.INVITATIONS_PER_ACCOUNT, str(request.user.pk)):
            return limits.too_many(request)
        try:
            invitations.invite(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "L'invitation part par courriel.")
            return redirect("accounts:team", prefecture)
    return render(request, "accounts/invite.html", {"form": form})


@require_POST
@fresh_verification_required
def invitation_resend(request, prefecture: str, pk: int):
    invitation = permissions.get_invitation_to_manage(request.user, pk)
    if not limits.allows("invitation", limits.INVITATIONS_PER_ACCOUNT, str(request.user.pk)):
        return limits.too_many(request)
    return _do(request, prefecture, "Un nouveau lien part.", invitations.resend_invitation, invitation=invitation)


@require_POST
@fresh_verification_required
def invitation_withdraw(request, prefecture: str, pk: int):
    invitation = permissions.get_invitation_to_manage(request.user, pk)
    done = "L'invitation est retirée."
    return _do(request, prefecture, done, invitations.withdraw_invitation, invitation=invitation)


@require_http_methods(["GET", "POST"])
@fresh_verification_required
def role_update(request, prefecture: str, pk: int):
    role = permissions.get_role_to_manage(request.user, pk)
    form = RoleForm(request.POST or None, instance=role, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        if attempt(form, roles.change_role, role=role, by=request.user, **form.cleaned_data):
            messages.success(request, "Le rôle est modifié.")
            return redirect("accounts:team", prefecture)
    return render(request, "accounts/role_update.html", {"form": form, "role": role})


@require_http_methods(["GET", "POST"])
@fresh_verification_required
def role_close(request, prefecture: str, pk: int):
    role = permissions.get_role_to_manage(request.user, pk)
    if request.method == "POST":
        return _do(request, prefecture, "Le rôle est retiré.", roles.close_role, role=role)
    return render(request, "accounts/role_close.html", {"role": role})


@require_http_methods(["GET", "POST"])
@fresh_verification_required
def departure(request, prefecture: str, pk: int):
    leaving = permissions.get_leaving_account(request.user, pk)
    successors = departures.possible_successors(leaving)
    form = SuccessorForm(request.POST or None, successors=successors, submit_label="Confirmer le départ")
    if request.method == "POST" and form.is_valid():
        try:
            departures.hand_over(leaving=leaving, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Le départ est enregistré.")
            return redirect("home" if leaving == request.user else request.prefecture)
    context = {"form": form, "leaving": leaving, "held": departures.held_by(leaving)}
    return render(request, "accounts/departure.html", context)


def _do(request, prefecture: str, done: str, act, **arguments):
    """Run an act of one button, say what came of it, and go back to the team."""
    try:
        act(by=request.user, **arguments)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("accounts:team", prefecture)
