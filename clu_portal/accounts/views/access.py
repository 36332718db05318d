"""Personal links: the token leaves the address (A08), one button, and only its POST spends it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clu_portal.accounts import invitations, limits, members, tokens
from clu_portal.accounts.enums import TokenPurpose
from clu_portal.accounts.forms import NewAccountForm
from clu_portal.accounts.logs import log_event
from clu_portal.accounts.models import AccessToken, Invitation
from clu_portal.lib.safe_redirect import local_path
from clu_portal.organisations.models import Person
from clu_portal.tenancy import scope

SESSION_KEY = "access_token_hash"
PURPOSES = (TokenPurpose.MEMBER_SIGN_IN, TokenPurpose.INVITATION)


@login_not_required
@never_cache
@require_safe
def access_link(request, token: str):
    """Put the hash of the token in the session, and show nothing at this address."""
    request.session[SESSION_KEY] = tokens.hash_token(token) if tokens.TOKEN_PATTERN.fullmatch(token) else ""
    return redirect("accounts:access")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access(request):
    """Say what the link opens, and open it when asked to."""
    if not limits.allows("token", limits.TOKENS_PER_NETWORK, limits.network(request)):
        return limits.too_many(request)
    try:
        token = tokens.find(request.session.get(SESSION_KEY, ""), *PURPOSES)
    except ValidationError as refusal:
        return refused(request, refusal)
    with scope(token.prefecture_id):
        page = open_member_space if token.purpose == TokenPurpose.MEMBER_SIGN_IN else accept_invitation
        try:
            return page(request, token)
        except ValidationError as refusal:
            return refused(request, refusal)


def open_member_space(request, token: AccessToken):
    person = Person.objects.filter(pk=token.object_pk).first()
    if person is None:
        raise tokens.refusal("unknown")
    if request.method != "POST":
        return render(request, "accounts/access_member.html", {"person": person, "prefecture": token.prefecture})
    with scope(token.prefecture_id):
        tokens.spend(token)
        members.sign_in_person(request, person)
    return redirect(local_path(token.next_path, token.prefecture.get_absolute_url()))


def accept_invitation(request, token: AccessToken):
    invitation = Invitation.objects.open().filter(pk=token.object_pk).first()
    if invitation is None:
        raise tokens.refusal("used")
    if invitations.account_of(invitation) is None:
        return accept_as_new_account(request, token, invitation)
    context = {"invitation": invitation, "prefecture": token.prefecture}
    if request.method != "POST" or not request.user.is_authenticated:
        return render(request, "accounts/access_invitation_known.html", context)
    try:
        invitations.accept_as_known_account(token=token, by=request.user)
    except ValidationError as refusal:
        return render(request, "accounts/access_invitation_known.html", context | {"refusal": refusal}, status=403)
    messages.success(request, "L'invitation est acceptée.")
    return redirect(token.prefecture)


def accept_as_new_account(request, token: AccessToken, invitation: Invitation):
    form = NewAccountForm(
        request.POST or None, initial={"name": invitation.name}, submit_label="Accepter l'invitation"
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invitations.accept_as_new_account(token=token, name=data["name"], password=data["password"])
        except ValidationError as refusal:
            form.add_error("password" if not getattr(refusal, "code", None) else None, refusal)
        else:
            del request.session[SESSION_KEY]
            messages.success(request, "Votre compte est ouvert : connectez-vous avec le mot de passe choisi.")
            return redirect("account_login")
    context = {"form": form, "invitation": invitation, "prefecture": token.prefecture}
    return render(request, "accounts/access_invitation_new.html", context)


def refused(request, refusal: ValidationError):
    """One page whatever the refusal; a member whose link is over is offered another."""
    log_event("link_refused", request.user, code=refusal.code)
    can_renew = over_member_token(request) is not None
    return render(request, "accounts/access_refused.html", {"can_renew": can_renew}, status=410)


def over_member_token(request) -> AccessToken | None:
    return AccessToken.objects.filter(
        token_hash=request.session.get(SESSION_KEY, ""), purpose=TokenPurpose.MEMBER_SIGN_IN
    ).first()


@login_not_required
@never_cache
@require_POST
def access_renew(request):
    """Send a new link to the person's own address; the answer is the same whatever happened."""
    token = over_member_token(request)
    if not limits.allows("link", limits.LINKS_PER_NETWORK, limits.network(request)):
        return limits.too_many(request)
    if token and limits.allows("link", limits.LINKS_PER_ACCOUNT, str(token.prefecture_id), token.object_reference):
        with scope(token.prefecture_id):
            members.renew_link(token=token)
    return render(request, "accounts/access_renewed.html")
