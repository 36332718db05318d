"""L03: with settings that would expose it, the portal does not start; with good ones the checks say nothing."""

import os
import secrets
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from clu_portal.startup import check_settings
from clu_portal.tests.processes import ROOT, environment_of_test

DATABASE = "postgres://clu_app@database.invalid/clu"
WRONG = {
    "debug": ({"DEBUG": True}, "DEBUG"),
    "wildcard host": ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
    "wildcard of subdomains": ({"ALLOWED_HOSTS": ["*.example"]}, "ALLOWED_HOSTS"),
    "short key": ({"SECRET_KEY": "trop-courte"}, "SECRET_KEY"),
    "poor key": ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY"),
    "key of an example": ({"SECRET_KEY": "django-insecure-" + secrets.token_urlsafe(50)}, "SECRET_KEY"),
    "plain broker elsewhere": ({"REDIS_URL": "redis://broker.invalid:6379/0"}, "REDIS_URL"),
    "plain database elsewhere": ({"DATABASES": {"default": {"HOST": "database.invalid"}}}, "DATABASE_URL"),
    "database that may be plain": (
        {"DATABASES": {"default": {"HOST": "database.invalid", "OPTIONS": {"sslmode": "prefer"}}}},
        "DATABASE_URL",
    ),
}
GOOD = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATABASE_URL": f"{DATABASE}?sslmode=verify-full",
    "REDIS_URL": "rediss://broker.invalid",
    "EMAIL_URL": "smtp+tls://portal@relay.invalid:587",
    "BASE_URL": "https://portal.invalid",
    "ALLOWED_HOSTS": "portal.invalid",
    "CLU_DEMO": "0",
    "DJANGO_SETTINGS_MODULE": "clu_portal.settings",
}


@pytest.fixture(autouse=True)
def _production(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = False, ["portal.invalid"]
    settings.SECRET_KEY = secrets.token_urlsafe(64)


def test_L03_good_settings_start():
    check_settings()


@pytest.mark.parametrize(("values", "named"), WRONG.values(), ids=WRONG)
@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_L03_wrong_settings_stop_the_start(settings, values, named):
    for name, value in values.items():
        setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured, match=named):
        check_settings()


@pytest.mark.parametrize(
    "url", ["redis://localhost:6379/0", "redis+socket:///var/run/valkey.sock", "rediss://b.invalid"]
)
def test_L03_broker_of_the_machine_or_encrypted_starts(settings, url):
    settings.REDIS_URL = url
    check_settings()


def manage(*arguments: str, **values: str) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_OWNER_URL"} | GOOD | values
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_L03_deployment_checks_of_good_settings_are_clean(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path))
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("DEBUG", "1"), ("ALLOWED_HOSTS", "*"), ("BASE_URL", "http://portal.invalid")]
)
def test_L03_deployment_checks_find_wrong_settings(tmp_path, name, value):
    done = manage("check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), **{name: value})
    assert (done.returncode, name in done.stderr) == (1, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("debug", "code"), [("0", 0), ("1", 1)])
def test_L03_web_process_with_debug_does_not_start(tmp_path, debug, code):
    """The very module gunicorn loads, on a real database."""
    assert connection.settings_dict["NAME"]
    environment = GOOD | {"VAR_DIR": str(tmp_path), "DEBUG": debug}
    environment = environment_of_test(**{k: v for k, v in environment.items() if k != "DATABASE_URL"})
    command = [sys.executable, "-W", "ignore", "-c", "import clu_portal.wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "DEBUG est interdit" in done.stderr) == (code, debug == "1"), done.stderr
