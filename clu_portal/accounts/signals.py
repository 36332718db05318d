"""What the libraries announce: written in the security log, and acted upon where safety asks."""

from allauth.account.signals import password_changed, password_reset
from allauth.core import context as allauth_context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from clu_portal.accounts import limits
from clu_portal.accounts.departures import end_sessions
from clu_portal.accounts.freshness import record_sign_in
from clu_portal.accounts.logs import log_event


@receiver(user_logged_in)
def log_sign_in(sender, request, user, **kwargs):
    log_event("signed_in", user)


@receiver(user_logged_out)
def log_sign_out(sender, request, user, **kwargs):
    log_event("signed_out", user)


@receiver([password_changed, password_reset])
def log_password(sender, request, user, **kwargs):
    log_event("password_changed", user)
    limits.forget("password", user.email or "")
    end_sessions(other_sessions(request, user))


@receiver(authentication_failed)
def log_refused_second_factor(sender, user, **kwargs):
    log_event("second_factor_refused", user)


@receiver(authenticator_removed)
def log_removed_factor(sender, user, authenticator, **kwargs):
    log_event("second_factor_removed", user, type=authenticator.type)


@receiver(authenticator_added)
def trust_this_session_only(sender, user, authenticator, **kwargs):
    """Whoever adds a factor has just proved it; a session opened elsewhere by the password alone has not."""
    log_event("second_factor_added", user, type=authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request = allauth_context.request
        record_sign_in(request, user, "mfa")
        end_sessions(other_sessions(request, user))


def other_sessions(request, user):
    return UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key or "")
