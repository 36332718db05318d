"""L03: with production's settings, what would be dangerous stops the start; each side of each rule."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from clu_portal.startup import SECRET_KEY_LENGTH, check_settings

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
    ],
)
def test_L03_links_inside_the_machine_start(monkeypatch, changes):
    started_with(monkeypatch, **changes)


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
        ({"DATABASES": {"default": {"HOST": "base.example", "OPTIONS": {}}}}, "DATABASE_URL"),
        ({"DATABASES": {"default": {"HOST": "base.example", "OPTIONS": {"sslmode": "prefer"}}}}, "DATABASE_URL"),
    ],
)
def test_L03_dangerous_settings_stop_the_start(monkeypatch, changes, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        started_with(monkeypatch, **changes)


def test_L03_demonstration_starts_with_its_own_settings(monkeypatch):
    started_with(monkeypatch, DEMONSTRATION=True, SECRET_KEY="court", BASE_URL="http://ailleurs.example")
