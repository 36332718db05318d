"""Deployment checks (L03): `manage.py check --deploy` is clean, or the settings are wrong."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

# As Django's security.W009, which only warns.
SECRET_KEY_MIN_LENGTH, SECRET_KEY_MIN_LETTERS = 50, 5
LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1"}


@register(Tags.security, deploy=True)
def check_production_settings(app_configs, **kwargs) -> list[Error]:
    return [error for error in (_address(), *refused_at_start()) if error]


def refused_at_start() -> list[Error]:
    """What the portal does not start with outside a demonstration, whether or not anybody ran the checks."""
    return [error for error in (_hosts(), _redis_link(), _database_link(), _debug(), _secret_key()) if error]


def _hosts() -> Error | None:
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        return Error("ALLOWED_HOSTS ne doit pas contenir de joker.", id="portal.E001")
    return None


def _address() -> Error | None:
    if not settings.BASE_URL.startswith("https://"):
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


def _debug() -> Error | None:
    return Error("DEBUG est interdit en production.", id="portal.E005") if settings.DEBUG else None


def _secret_key() -> Error | None:
    key = settings.SECRET_KEY
    if (
        len(key) < SECRET_KEY_MIN_LENGTH
        or len(set(key)) < SECRET_KEY_MIN_LETTERS
        or key.startswith("django-insecure-")
    ):
        return Error("SECRET_KEY est trop courte, trop pauvre ou celle d'un exemple.", id="portal.E006")
    return None
