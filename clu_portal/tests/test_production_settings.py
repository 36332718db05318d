"""L03 as processes: the deployment checks, and the module that the web server loads."""

import os
import secrets
import subprocess
import sys

import pytest

from clu_portal.tests.processes import ROOT, environment_of_test

DATABASE = "postgres://clu_app@database.invalid/clu"
GOOD = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATABASE_URL": f"{DATABASE}?sslmode=verify-full",
    "REDIS_URL": "rediss://broker.invalid",
    "EMAIL_URL": "submission://portal@relay.invalid:587",
    "BASE_URL": "https://portal.invalid",
    "ALLOWED_HOSTS": "portal.invalid",
    "CLU_DEMO": "0",
    "DJANGO_SETTINGS_MODULE": "clu_portal.settings",
}


NOT_OF_PRODUCTION = {"DATABASE_OWNER_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
"""What the tests' own process has for its databases and its browser, and no installation has."""


def manage(*arguments: str, **values: str) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OF_PRODUCTION} | GOOD | values
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
    environment = GOOD | {"VAR_DIR": str(tmp_path), "DEBUG": debug}
    environment = environment_of_test(**{k: v for k, v in environment.items() if k != "DATABASE_URL"})
    command = [sys.executable, "-W", "ignore", "-c", "import clu_portal.wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "DEBUG est interdit" in done.stderr) == (code, debug == "1"), done.stderr
