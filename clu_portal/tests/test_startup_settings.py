"""L03: with production's settings, what would be dangerous stops the start; each side of each rule."""

import sys

import dj_email_url
import pytest
from django.core.exceptions import ImproperlyConfigured

from clu_portal.startup import MINIMUM_VERSIONS, SECRET_KEY_LENGTH, check_settings, check_versions

KEY = ("clé-au-hasard" * 5)[:SECRET_KEY_LENGTH]
SOUND = {
    "DEMONSTRATION": False,
    "DEBUG": False,
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": ["portail.example"],
    "BASE_URL": "https://portail.example",
    "REDIS_URL": "rediss://files.example/0",
    "DATABASES": {"default": {"HOST": "base.example", "OPTIONS": {"sslmode": "verify-full"}}},
}


def started_with(monkeypatch, **changes) -> None:
    from django.conf import settings

    for name, value in (SOUND | changes).items():
        monkeypatch.setattr(settings, name, value)
    check_settings()


def test_L03_sound_settings_start(monkeypatch):
    started_with(monkeypatch)


@pytest.mark.parametrize(
    "changes",
    [
        {"BASE_URL": "http://127.0.0.1:8000"},
        {"REDIS_URL": "redis+socket:///var/valkey.sock"},
        {"REDIS_URL": "redis://localhost:6379/0"},
        {"DATABASES": {"default": {"OPTIONS": {"host": "/var/sockets"}}}},
        {"EMAIL_HOST_USER": "portail"},
    ],
)
def test_L03_links_inside_the_machine_start(monkeypatch, changes):
    started_with(monkeypatch, **changes)


@pytest.mark.parametrize("secret", [{}, {"EMAIL_HOST_USER": "portail", "EMAIL_USE_TLS": True}])
def test_L03_relay_elsewhere_starts_without_a_password_or_encrypted(monkeypatch, secret):
    started_with(monkeypatch, EMAIL_HOST="relais.example", **secret)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"DEBUG": True}, "DEBUG"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY[:-1]}, "SECRET_KEY"),
        ({"SECRET_KEY": "ab" * SECRET_KEY_LENGTH}, "SECRET_KEY"),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ["*.example"]}, "ALLOWED_HOSTS"),
        ({"BASE_URL": "http://portail.example"}, "BASE_URL"),
        ({"REDIS_URL": "redis://files.example/0"}, "REDIS_URL"),
        ({"EMAIL_CONFIG": dj_email_url.parse("smtp+tls://portail:mot@relais.example:587")}, "EMAIL_URL"),
        ({"EMAIL_HOST": "relais.example", "EMAIL_HOST_USER": "portail"}, "EMAIL_URL"),
        ({"DATABASES": {"default": {"HOST": "base.example", "OPTIONS": {}}}}, "DATABASE_URL"),
        ({"DATABASES": {"default": {"HOST": "base.example", "OPTIONS": {"sslmode": "prefer"}}}}, "DATABASE_URL"),
    ],
)
def test_L03_dangerous_settings_stop_the_start(monkeypatch, changes, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        started_with(monkeypatch, **changes)


def test_L03_demonstration_starts_with_its_own_settings(monkeypatch):
    started_with(monkeypatch, DEMONSTRATION=True, SECRET_KEY="court", BASE_URL="http://ailleurs.example")


@pytest.mark.parametrize(
    ("package", "found", "accepted"),
    [
        ("weasyprint", "70.0", True),
        ("weasyprint", "69.9", False),
        ("pyhanko", "0.36.2", True),
        ("pyhanko", "0.36.1", False),
        ("django", "5.2.19", True),
        ("django", "5.2.18", False),
    ],
)
def test_R02_library_older_than_its_minimum_stops_the_start(monkeypatch, package, found, accepted):
    installed = {name: ".".join(map(str, minimum)) for name, minimum in MINIMUM_VERSIONS.items()} | {package: found}
    monkeypatch.setattr("clu_portal.startup.version", installed.__getitem__)
    monkeypatch.setattr("clu_portal.startup.PATCHED_PYTHON", {})
    if accepted:
        check_versions()
        return
    with pytest.raises(ImproperlyConfigured, match=package):
        check_versions()


def test_R02_unpatched_python_only_warns(monkeypatch):
    monkeypatch.setattr("clu_portal.startup.PATCHED_PYTHON", {sys.version_info[:2]: 99})
    with pytest.warns(UserWarning, match="correctifs"):
        check_versions()
