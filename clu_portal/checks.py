"""Deployment checks (L03): `manage.py check --deploy` is clean, or the settings are wrong."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1"}


@register(Tags.security, deploy=True)
def check_production_settings(app_configs, **kwargs) -> list[Error]:
    return [
        error for error in (_hosts(), _address(), _redis_link(), _database_link(), _mail_link(), _debug()) if error
    ]


def _hosts() -> Error | None:
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        return Error("ALLOWED_HOSTS ne doit pas contenir de joker.", id="portal.E001")
    return None


def _address() -> Error | None:
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme != "https" and (parts.hostname or "") not in LOCAL_HOSTS:
        return Error("BASE_URL doit commencer par https://.", id="portal.E002")
    return None


def _redis_link() -> Error | None:
    parts = urlsplit(settings.REDIS_URL)
    if parts.scheme == "redis" and (parts.hostname or "") not in LOCAL_HOSTS:
        return Error("REDIS_URL vers une autre machine doit être chiffré (rediss://).", id="portal.E003")
    return None


def _database_link() -> Error | None:
    database = settings.DATABASES["default"]
    options = database.get("OPTIONS", {})
    host = options.get("host") or database.get("HOST") or ""
    is_local = host in LOCAL_HOSTS or host.startswith("/")
    if not is_local and options.get("sslmode") not in {"require", "verify-ca", "verify-full"}:
        return Error("DATABASE_URL vers une autre machine demande sslmode=verify-full.", id="portal.E004")
    return None


def _mail_link() -> Error | None:
    """A scheme that dj_email_url does not know, as « smtp+tls:// », is read without a word as a plain relay."""
    is_known = "EMAIL_BACKEND" in settings.EMAIL_CONFIG
    is_encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or settings.EMAIL_HOST in LOCAL_HOSTS
    if is_known and (is_encrypted or not settings.EMAIL_HOST_USER):
        return None
    return Error(
        "EMAIL_URL avec un mot de passe doit être chiffré : submission://… ou smtp://…?ssl=True.", id="portal.E006"
    )


def _debug() -> Error | None:
    return Error("DEBUG est interdit en production.", id="portal.E005") if settings.DEBUG else None
