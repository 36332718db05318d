"""How allauth behaves here: closed sign-up, mails through the outbox, addresses from BASE_URL, limits that hold,
secrets of the second factors unreadable in the database."""

from base64 import urlsafe_b64encode
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clu_portal.accounts import emails, limits
from clu_portal.accounts.freshness import is_fresh
from clu_portal.accounts.logs import log_event
from clu_portal.accounts.members import rehearsal
from clu_portal.accounts.models import User
from clu_portal.lib.safe_redirect import local_path
from clu_portal.middleware import client_address
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope

SECRETS = "clu_portal.accounts.second_factor"
RESET = "account/email/password_reset_key"
UNKNOWN = "account/email/unknown_account"
# What a mail « quelque chose a changé » says, by the name allauth gives the event.
NOTICES = {
    "account/email/password_changed": "Le mot de passe de votre compte a été changé.",
    "account/email/password_reset": "Le mot de passe de votre compte a été remplacé par le lien envoyé.",
    "account/email/password_set": "Un mot de passe a été donné à votre compte.",
    "mfa/email/totp_activated": "Une application d'authentification a été ajoutée à votre compte.",
    "mfa/email/totp_deactivated": "L'application d'authentification de votre compte a été retirée.",
    "mfa/email/webauthn_added": "Une clé de sécurité a été ajoutée à votre compte.",
    "mfa/email/webauthn_removed": "Une clé de sécurité de votre compte a été retirée.",
    "mfa/email/recovery_codes_generated": "De nouveaux codes de secours ont été créés pour votre compte.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody opens an account alone: accounts come from invitations."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return bool(local_path(url, ""))

    def get_client_ip(self, request) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104 - an unknown caller, not an address to listen on

    def get_reset_password_from_key_url(self, key: str) -> str:
        return settings.BASE_URL + reverse("account_reset_password_from_key", args=key.split("-", 1))

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Whoever signed in a moment ago is not asked again, so that a first sign-in flows to the second factor."""
        return not is_fresh(allauth_context.request)

    # --- Mails

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send through the outbox of one of the account's préfectures. An unknown address costs as much (A06)."""
        user = None if template_prefix == UNKNOWN else self._recipient(email)
        if user:
            self._enqueue(template_prefix, user, context)
        elif template_prefix in (UNKNOWN, RESET):
            with rehearsal():
                key = {"password_reset_url": self.get_reset_password_from_key_url("0-0")}
                self._enqueue(RESET, User(pk=0, email=email.lower(), name="inconnu"), key)

    def _recipient(self, email: str) -> User | None:
        """The account that may be written to: active, with a password, and a role somewhere."""
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        return user if user and user.has_usable_password() and self._prefecture_id(user, None) else None

    def _prefecture_id(self, user: User, otherwise: int | None) -> int | None:
        roles = user.roles.in_force_on(timezone.localdate()).order_by("prefecture_id") if user.pk else []
        return next((role.prefecture_id for role in roles), otherwise)

    def _enqueue(self, template_prefix: str, user: User, context: dict) -> None:
        with scope(self._prefecture_id(user, None) or Prefecture.national().pk):
            if template_prefix == RESET:
                link = {"link": context["password_reset_url"]}
                over_at = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
                emails.account_message(name="account_password_reset", user=user, context=link, expires_at=over_at)
            else:
                notice = {"notice": NOTICES[template_prefix], "link": emails.page("account_reset_password")}
                emails.account_message(name="account_notice", user=user, context=notice)

    # --- Limits (A05)

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """allauth counts the failures of an account; counted by network, a third party locks nobody else out."""
        return f"{limits.network(request)}:{credentials.get('email', '').lower()}"

    def pre_authenticate(self, request, **credentials) -> None:
        super().pre_authenticate(request, **credentials)
        email = credentials.get("email", "").lower()
        if not limits.is_usual(email, request) and not limits.allows("password", limits.PASSWORDS_PER_ACCOUNT, email):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request, **credentials) -> None:
        log_event("sign_in_refused", User.objects.filter(email=credentials.get("email", "").lower()).first())

    def login(self, request, user) -> None:
        super().login(request, user)
        if user.email:
            limits.remember_network(user.email, request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Security keys are tied to the host of BASE_URL, not to the one a request claims (B06).

    Whoever reads the database, or a copy of it, makes no code: the seeds are encrypted by a key it does not hold.
    """

    def encrypt(self, text: str) -> str:
        return secret_box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken when no key of the installation wrote it."""
        return secret_box().decrypt(encrypted_text).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
        return {"id": host, "name": settings.MFA_TOTP_ISSUER}


def secret_box() -> MultiFernet:
    """Writes with a key drawn from SECRET_KEY; reads with those of SECRET_KEY_FALLBACKS too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    drawn = (salted_hmac(SECRETS, "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in drawn])
