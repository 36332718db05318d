"""Acts on invitations. An agent's account is born of an invitation and of nothing else."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from clu_portal.accounts import emails, tokens
from clu_portal.accounts.enums import INVITED_BY_NATIONAL_ADMIN, INVITED_BY_REFERENT, RoleKind, TokenPurpose
from clu_portal.accounts.logs import log_event
from clu_portal.accounts.models import AccessToken, Invitation, Role, User
from clu_portal.accounts.roles import MANAGERS
from clu_portal.audit.acts import act, reference
from clu_portal.mail.models import OutgoingMessage
from clu_portal.organisations.defaults import default
from clu_portal.organisations.models import Prefecture, PrefectureSettings
from clu_portal.organisations.persons import person_of
from clu_portal.tenancy import required_prefecture_id


def kinds_to_give(by: User) -> tuple[str, ...]:
    """The roles an account may give in the préfecture of the moment."""
    if by.has_role(RoleKind.NATIONAL_ADMIN):
        return INVITED_BY_NATIONAL_ADMIN
    return INVITED_BY_REFERENT if by.has_role(RoleKind.REFERENT) else ()


@act("invitation_sent")
def invite(*, by: User, name: str, email: str, kind: str, title: str = "", service=None) -> Invitation:
    """Invite somebody to hold a role here. Raises ValidationError: already_held, one_open_invitation."""
    if kind not in kinds_to_give(by):
        raise PermissionDenied
    return _create(by=by, name=name, email=email, kind=kind, title=title, service=service)


@act("first_referent_invited")
def invite_first_referent(*, by: User, name: str, email: str) -> Invitation:
    """The national administration invites a référent where there is none; in the scope of that préfecture.

    Raises ValidationError: has_referent, national_account (who administers the whole reads no préfecture's texts).
    """
    require_national_admin(by)
    prefecture_id, today = required_prefecture_id(), timezone.localdate()
    referents = Role.objects.filter(prefecture_id=prefecture_id, kind=RoleKind.REFERENT)
    if referents.not_over_on(today).exists():
        raise ValidationError("Cette préfecture a déjà un référent : c'est lui qui invite.", code="has_referent")
    administrators = Role.objects.filter(kind=RoleKind.NATIONAL_ADMIN, user__email=email.lower())
    if administrators.not_over_on(today).exists():
        message = "Un administrateur national ne peut pas être référent : il ne lit pas les textes d'une préfecture."
        raise ValidationError(message, code="national_account")
    _withdraw_waiting(email, RoleKind.REFERENT)
    return _create(by=by, name=name, email=email, kind=RoleKind.REFERENT)


@act("national_admin_invited")
def invite_national_admin(*, by, name: str, email: str) -> Invitation:
    """From the command line, where an installation begins. Asked again, the former invitation is worth nothing."""
    _withdraw_waiting(email, RoleKind.NATIONAL_ADMIN)
    return _create(by=by, name=name, email=email, kind=RoleKind.NATIONAL_ADMIN, mail=False)


def waiting_with_mail(kind: str) -> list[tuple[Invitation, OutgoingMessage | None]]:
    """The open invitations to a role here, each with the last mail that carries its link."""
    mails = OutgoingMessage.objects.filter(kind="invitation").select_related("ticket").order_by("pk")
    last = {mail.dedup_key.split(":")[1]: mail for mail in mails}
    return [(invitation, last.get(str(invitation.pk))) for invitation in Invitation.objects.open().filter(kind=kind)]


def _withdraw_waiting(email: str, kind: str) -> None:
    for waiting in Invitation.objects.open().filter(email=email.lower(), kind=kind):
        _withdraw(waiting)


def require_national_admin(user: User) -> None:
    """The right held in the national administration, whatever préfecture's scope is open."""
    if RoleKind.NATIONAL_ADMIN not in user.roles_in(Prefecture.national().pk):
        raise PermissionDenied


def _create(*, by, name: str, email: str, kind: str, title: str = "", service=None, mail: bool = True) -> Invitation:
    email, prefecture_id = email.lower(), required_prefecture_id()
    held = Role.objects.filter(user__email=email, prefecture_id=prefecture_id, kind=kind)
    if held.not_over_on(timezone.localdate()).exists():
        raise ValidationError("Cette personne tient déjà ce rôle.", code="already_held")
    invitation = Invitation(
        name=name, email=email, kind=kind, title=title, service=service, invited_by=by, expires_at=_end_of_validity()
    )
    if Invitation.objects.open().filter(email=email, kind=kind).exists():
        message = "Une invitation est déjà en attente pour cette adresse et ce rôle."
        raise ValidationError(message, code="one_open_invitation")
    invitation.save()
    if mail:
        _send_link(invitation)
    log_event("invitation_sent", by, invitation=invitation.pk)
    return invitation


def _end_of_validity():
    settings = PrefectureSettings.objects.first()
    days = settings.invitation_validity_days if settings else default("invitation_validity_days")
    return timezone.now() + timedelta(days=days)


def create_link(invitation: Invitation) -> str:
    """Return the raw token of a link to this invitation."""
    return tokens.create_token(
        purpose=TokenPurpose.INVITATION,
        object_reference=reference(invitation),
        expires_at=invitation.expires_at,
    )


def _send_link(invitation: Invitation) -> None:
    prefecture = Prefecture.objects.get(pk=invitation.prefecture_id)
    emails.invitation(invitation=invitation, prefecture=prefecture, link=create_link(invitation))


@act("invitation_resent")
def resend_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Send a new link for a new time; the former one is worth nothing. Raises ValidationError: not_open."""
    invitation = _lock_to_manage(invitation, by)
    tokens.withdraw(reference(invitation))
    invitation.expires_at = _end_of_validity()
    invitation.save(update_fields=["expires_at"])
    _send_link(invitation)
    return invitation


@act("invitation_withdrawn")
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Raises ValidationError: not_open."""
    invitation = _lock_to_manage(invitation, by)
    _withdraw(invitation)
    log_event("invitation_withdrawn", by, invitation=invitation.pk)
    return invitation


def _withdraw(invitation: Invitation) -> None:
    tokens.withdraw(reference(invitation))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])


def _lock_to_manage(invitation: Invitation, by: User) -> Invitation:
    if not by.has_role(*MANAGERS):
        require_national_admin(by)
    return _lock_open(invitation.pk)


def _lock_open(pk: int) -> Invitation:
    invitation = Invitation.objects.open().select_for_update().filter(pk=pk).first()
    if invitation is None:
        raise ValidationError("Cette invitation n'est plus en attente.", code="not_open")
    return invitation


def accept_as_new_account(*, token: AccessToken, name: str, password: str) -> Invitation:
    """Make the account of an invitation whose address has none yet, and give it its role.

    Raises ValidationError: not_open, expired, used, has_account, and what the password validators say.
    """
    with transaction.atomic():
        invitation = _lock_open(token.object_pk)
        if account_of(invitation):
            raise ValidationError("Cette adresse a déjà un compte : connectez-vous d'abord.", code="has_account")
        validate_password(password, User(name=name, email=invitation.email))
        user = User.objects.create_user(invitation.email, password, name=name)
        return _accept(token=token, invitation=invitation, by=user)


def accept_as_known_account(*, token: AccessToken, by: User) -> Invitation:
    """Give the role to the account signed in. Raises ValidationError: not_open, expired, used, other_person."""
    with transaction.atomic():
        invitation = _lock_open(token.object_pk)
        if not by.email or by.email != invitation.email:
            message = "Cette invitation est pour une autre adresse que celle de votre compte."
            raise ValidationError(message, code="other_person")
        return _accept(token=token, invitation=invitation, by=by)


def account_of(invitation: Invitation) -> User | None:
    return User.objects.filter(email=invitation.email).first()


@act("invitation_accepted")
def _accept(*, token: AccessToken, invitation: Invitation, by: User) -> Invitation:
    if invitation.expires_at <= timezone.now():
        raise tokens.refusal("expired")
    _refuse_both(by, invitation.kind)
    tokens.spend(token)
    tokens.withdraw(reference(invitation))
    held = by.roles.filter(prefecture_id=invitation.prefecture_id, kind=invitation.kind)
    if not held.not_over_on(timezone.localdate()).exists():
        Role.objects.create(
            user=by,
            prefecture_id=invitation.prefecture_id,
            kind=invitation.kind,
            title=invitation.title,
            service=invitation.service,
        )
    person_of(by)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    log_event("invitation_accepted", by, invitation=invitation.pk)
    return invitation


def _refuse_both(user: User, kind: str) -> None:
    """National administration and préfecture never go together (rules.rights). Said to whoever accepts, and not to
    whoever invites, who would learn what an address is (A06)."""
    roles, national = user.roles.not_over_on(timezone.localdate()), RoleKind.NATIONAL_ADMIN
    others = roles.exclude(kind=national) if kind == national else roles.filter(kind=national)
    if others.exists():
        message = "Un administrateur national ne tient pas de rôle dans une préfecture : il faut deux comptes."
        raise ValidationError(message, code="national_account")
