"""Headers of every kind of answer (B01) and the content policy (B02)."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from clu_portal.accounts.enums import RoleKind
from clu_portal.middleware import PERMISSIONS_POLICY
from clu_portal.tests.factories import user_with_role

pytestmark = pytest.mark.urls("clu_portal.tests.gallery")
AGREED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
}
ANSWERS = {
    "/": 200,
    "/accessibilite/": 200,
    "/compte/connexion/": 200,
    "/compte/seances/": 302,
    "/static/css/portal.css": 200,
    "/static/dsfr/dist/dsfr.main.min.css": 200,
    "/nulle-part/ailleurs/": 404,
    "/panne/forbidden/": 403,
    "/panne/error/": 500,
    "/panne/unavailable/": 503,
}


def fetch(client, path: str, **extra):
    """Return an answer read to its end, as a browser does: a failure is an answer too."""
    client.raise_request_exception = False
    answer = client.get(path, **extra)
    answer.getvalue()
    return answer


def policy(header: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (directive.split() for directive in header.split(";"))}


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_B01_every_kind_of_answer_has_the_agreed_headers(client, path, status):
    answer = fetch(client, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in AGREED} == AGREED
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("path", ["/static/css/portal.css", "/nulle-part/ailleurs/", "/panne/error/"])
@pytest.mark.django_db
def test_B01_https_is_asked_for_a_year_with_subdomains(client, settings, path):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    answer = fetch(client, path, secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_B01_settings_ask_for_https_when_the_portal_has_an_https_address():
    names = ["SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE"]
    code = f"from clu_portal import settings; print([getattr(settings, name) for name in {names}])"
    shown = {
        address: subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"BASE_URL": address},
            cwd=settings.BASE_DIR,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for address in ("https://clu.example", "http://127.0.0.1:8000")
    }
    assert shown == {
        "https://clu.example": "[31536000, True, True, True]",
        "http://127.0.0.1:8000": "[0, False, False, False]",
    }


def test_B01_answer_to_somebody_signed_in_is_never_stored(client, prefecture):
    path = f"/{prefecture.slug}/plan-du-site/"
    assert "no-store" not in client.get(path).headers.get("Cache-Control", "")
    client.force_login(user_with_role(RoleKind.REFERENT))
    for page in (path, "/compte/seances/", f"/{prefecture.slug}/panne/forbidden/"):
        assert client.get(page).headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accessibilite/", "/compte/connexion/", "/panne/error/", "/nulle-part/"])
def test_B02_policy_is_strict_and_names_no_foreign_host(client, path):
    answer = fetch(client, path)
    enforced = policy(answer.headers["Content-Security-Policy"])
    locked = ["default-src", "object-src", "base-uri", "frame-ancestors"]
    assert {name: enforced[name] for name in locked} == {name: ["'none'"] for name in locked}
    sources = {source for listed in enforced.values() for source in listed if not source.startswith("'nonce-")}
    assert sources == {"'none'", "'self'", "data:", "blob:"}
    assert policy(answer.headers["Content-Security-Policy-Report-Only"]) == {"require-trusted-types-for": ["'script'"]}


@pytest.mark.django_db
def test_B02_scripts_of_a_page_carry_the_nonce_of_its_own_answer(client):
    first, second = client.get("/accessibilite/"), client.get("/accessibilite/")
    nonces = [source for source in policy(first.headers["Content-Security-Policy"])["script-src"] if "nonce" in source]
    assert len(nonces) == 1
    nonce = nonces[0].removeprefix("'nonce-").removesuffix("'")
    assert f'nonce="{nonce}"' in first.content.decode()
    assert nonce not in second.content.decode()
