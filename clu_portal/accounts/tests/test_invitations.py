"""Acts on invitations, with each refusal."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from clu_portal.accounts import invitations, tokens
from clu_portal.accounts.enums import RoleKind, TokenPurpose
from clu_portal.accounts.models import AccessToken, Invitation, Role, User
from clu_portal.accounts.tests.helpers import mails_to, token_in
from clu_portal.audit.models import AuditEntry
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PASSWORD, PrefectureFactory, RoleFactory, UserFactory, user_with_role

EMAIL = "colette@valmarche.example"


def invite(by, kind=RoleKind.AGENT, email=EMAIL) -> Invitation:
    return invitations.invite(by=by, name="Colette Ravel", email=email, kind=kind, title="Correspondante")


def sent_token(email=EMAIL) -> AccessToken:
    return tokens.find(tokens.hash_token(token_in(mails_to(email)[-1])), TokenPurpose.INVITATION)


def refused(act, **arguments) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**arguments)
    return refusal.value.code


def national_admin(**fields) -> User:
    return RoleFactory(kind=RoleKind.NATIONAL_ADMIN, prefecture_id=Prefecture.national().pk, **fields).user


@pytest.fixture
def referent(prefecture):
    return user_with_role(RoleKind.REFERENT)


def test_invite_mails_a_link_and_makes_no_account(referent, prefecture):
    invitation = invite(referent, email="Colette@Valmarche.example")
    (message,) = mails_to(EMAIL)
    assert prefecture.name in message.text
    assert sent_token().object_pk == invitation.pk
    assert not User.objects.filter(email=EMAIL).exists()
    assert AuditEntry.objects.values_list("verb", "subject", "user").get() == (
        "invitation_sent",
        f"invitation:{invitation.pk}",
        referent.pk,
    )


@pytest.mark.parametrize("kind", [RoleKind.MEMBER, RoleKind.NATIONAL_ADMIN])
def test_T12_referent_cannot_give_this_role(referent, kind):
    with pytest.raises(PermissionDenied):
        invite(referent, kind=kind)


@pytest.mark.parametrize("kind", sorted(set(RoleKind) - {RoleKind.REFERENT, RoleKind.NATIONAL_ADMIN}))
def test_others_cannot_invite(prefecture, kind):
    with pytest.raises(PermissionDenied):
        invite(user_with_role(kind))


def test_referent_of_another_prefecture_cannot_invite_here(referent):
    with scope(PrefectureFactory().pk), pytest.raises(PermissionDenied):
        invite(referent)


def test_invite_twice_is_refused(referent):
    invite(referent)
    assert refused(invite, by=referent) == "one_open_invitation"


def test_invite_whoever_holds_the_role_is_refused(referent):
    user_with_role(RoleKind.AGENT, user=UserFactory(email=EMAIL))
    assert refused(invite, by=referent) == "already_held"


def test_accept_opens_the_account_with_its_role(referent, prefecture):
    invitation = invite(referent)
    invitations.accept_as_new_account(token=sent_token(), name="Colette Ravel-Noir", password=PASSWORD)
    user = User.objects.get(email=EMAIL)
    assert (user.name, user.check_password(PASSWORD)) == ("Colette Ravel-Noir", True)
    assert user.roles_in(prefecture.pk) == {RoleKind.AGENT}
    assert Role.objects.get(user=user).title == "Correspondante"
    invitation.refresh_from_db()
    assert invitation.accepted_at
    assert AuditEntry.objects.order_by("sequence").last().verb == "invitation_accepted"


@pytest.mark.parametrize("password", ["court", "qwerty123456", "colette@valmarche.example"])
def test_A04_weak_password_is_refused_and_the_link_kept(referent, password):
    invite(referent)
    with pytest.raises(ValidationError):
        invitations.accept_as_new_account(token=sent_token(), name="Colette Ravel", password=password)
    assert not User.objects.filter(email=EMAIL).exists()
    assert sent_token().used_at is None


@pytest.mark.parametrize("has_account", [True, False])
def test_mail_speaks_of_a_password_to_choose_only_to_whoever_has_none(referent, has_account):
    if has_account:
        UserFactory(email=EMAIL)
    invite(referent)
    text = mails_to(EMAIL)[-1].text
    assert ("choisir votre mot de passe" in text, "connectez-vous" in text) == (not has_account, has_account)


def test_A07_accept_twice_is_refused(referent):
    invite(referent)
    token = sent_token()
    invitations.accept_as_new_account(token=token, name="Colette Ravel", password=PASSWORD)
    again = {"token": token, "name": "Colette Ravel", "password": PASSWORD}
    assert refused(invitations.accept_as_new_account, **again) == "not_open"


def test_A07_accept_too_late_is_refused(referent):
    invite(referent)
    token = sent_token()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    late = {"token": token, "name": "Colette Ravel", "password": PASSWORD}
    assert refused(invitations.accept_as_new_account, **late) == "expired"
    assert not User.objects.filter(email=EMAIL).exists()


def test_A07_withdrawn_invitation_is_refused(referent):
    invitation = invite(referent)
    token = sent_token()
    invitations.withdraw_invitation(invitation=invitation, by=referent)
    arguments = {"token": token, "name": "Colette Ravel", "password": PASSWORD}
    assert refused(invitations.accept_as_new_account, **arguments) == "not_open"
    assert refused(tokens.spend, token=token) == "used"


def test_A07_resending_makes_the_former_link_useless(referent):
    invitation = invite(referent)
    former = sent_token()
    invitations.resend_invitation(invitation=invitation, by=referent)
    assert refused(tokens.spend, token=former) == "used"
    assert len(mails_to(EMAIL)) == 2
    assert sent_token().pk != former.pk


@pytest.mark.parametrize("act", [invitations.resend_invitation, invitations.withdraw_invitation])
def test_invitation_no_longer_open_is_refused(referent, act):
    invitation = invite(referent)
    invitations.withdraw_invitation(invitation=invitation, by=referent)
    assert refused(act, invitation=invitation, by=referent) == "not_open"


@pytest.mark.parametrize("act", [invitations.resend_invitation, invitations.withdraw_invitation])
def test_agent_cannot_touch_an_invitation(referent, act):
    invitation = invite(referent)
    with pytest.raises(PermissionDenied):
        act(invitation=invitation, by=user_with_role(RoleKind.AGENT))


def test_known_address_must_sign_in_first(referent):
    UserFactory(email=EMAIL)
    invite(referent)
    arguments = {"token": sent_token(), "name": "Colette Ravel", "password": PASSWORD}
    assert refused(invitations.accept_as_new_account, **arguments) == "has_account"


def test_known_account_takes_the_role(referent, prefecture):
    user = UserFactory(email=EMAIL)
    invite(referent)
    invitations.accept_as_known_account(token=sent_token(), by=user)
    assert User.objects.get(pk=user.pk).roles_in(prefecture.pk) == {RoleKind.AGENT}


@pytest.mark.parametrize("email", ["somebody.else@valmarche.example", None])
def test_A07_invitation_of_another_person_is_refused(referent, email):
    invite(referent)
    arguments = {"token": sent_token(), "by": UserFactory(email=email)}
    assert refused(invitations.accept_as_known_account, **arguments) == "other_person"
    assert sent_token().used_at is None


def test_national_admin_invites_the_first_referent(prefecture):
    invitations.invite_first_referent(by=national_admin(), name="Colette Ravel", email=EMAIL)
    invitations.accept_as_new_account(token=sent_token(), name="Colette Ravel", password=PASSWORD)
    assert User.objects.get(email=EMAIL).roles_in(prefecture.pk) == {RoleKind.REFERENT}


def test_national_admin_cannot_invite_where_there_is_a_referent(referent):
    arguments = {"by": national_admin(), "name": "Colette Ravel", "email": EMAIL}
    assert refused(invitations.invite_first_referent, **arguments) == "has_referent"


def test_national_admin_cannot_become_referent(prefecture):
    admin = national_admin()
    arguments = {"by": admin, "name": "Moi", "email": admin.email.upper()}
    assert refused(invitations.invite_first_referent, **arguments) == "national_account"


def test_national_admin_cannot_accept_a_role_in_a_prefecture(referent):
    admin = national_admin(user__email=EMAIL)
    invite(referent)
    assert refused(invitations.accept_as_known_account, token=sent_token(), by=admin) == "national_account"
    assert admin.roles.get().kind == RoleKind.NATIONAL_ADMIN


def test_agent_cannot_accept_to_be_a_national_admin(prefecture):
    agent = user_with_role(RoleKind.AGENT, user=UserFactory(email=EMAIL))
    with scope(Prefecture.national().pk):
        invite(national_admin(), kind=RoleKind.NATIONAL_ADMIN)
        assert refused(invitations.accept_as_known_account, token=sent_token(), by=agent) == "national_account"
    assert agent.roles.get().kind == RoleKind.AGENT


def test_referent_cannot_invite_a_first_referent(referent):
    with scope(PrefectureFactory().pk), pytest.raises(PermissionDenied):
        invitations.invite_first_referent(by=referent, name="Colette Ravel", email=EMAIL)
