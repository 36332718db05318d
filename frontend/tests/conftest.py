"""A browser, a portal and a text for each test of the editor."""

from __future__ import annotations

import os
import threading

import pytest
from protocol_server import Minutes, Portal, section

FIRST = "11111111-1111-4111-8111-111111111111"
SECOND = "22222222-2222-4222-8222-222222222222"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPTIONS = {"executable_path": CHROMIUM, "args": ["--no-sandbox"], "locale": "fr-FR", "timezone_id": "Europe/Paris"}
WATCH = """
window.violations = []
document.addEventListener('securitypolicyviolation', event => window.violations.push(
  [event.disposition, event.violatedDirective, event.blockedURI, event.sample].join(' ')))
"""


@pytest.fixture
def minutes():
    return Minutes(
        [
            section(FIRST, "Ouverture", "La séance est ouverte.", label="1)"),
            section(SECOND, "Délais", "Les délais ont été tenus.", label="I/"),
        ]
    )


@pytest.fixture
def serve(minutes):
    """Starts a portal on the minutes; stops it at the end."""
    started = []

    def start(**options) -> Portal:
        portal = Portal(minutes, **options)
        threading.Thread(target=portal.serve_forever, daemon=True).start()
        started.append(portal)
        return portal

    yield start
    for portal in started:
        portal.shutdown()
        portal.server_close()


@pytest.fixture
def portal(serve):
    return serve()


@pytest.fixture
def profile(chromium, tmp_path):
    """Starts a browser on one profile kept on disk, as the same person on the same computer."""
    opened = []

    def start(**options):
        context = chromium.browser_type.launch_persistent_context(tmp_path / "profile", **OPTIONS | options)
        context.add_init_script(WATCH)
        opened.append(context)
        return context

    yield start
    for context in opened:
        if context.pages:
            context.close()


@pytest.fixture
def context(chromium):
    context = chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    context.add_init_script(WATCH)
    yield context
    context.close()


@pytest.fixture
def page(context, portal):
    return open_editor(context.new_page(), portal)


def open_editor(page, portal):
    """Signs in if asked, and waits for the editor."""
    page.goto(portal.address)
    if page.get_by_role("button", name="Se connecter").is_visible():
        page.get_by_role("button", name="Se connecter").click()
    page.wait_for_selector("#minutes-editor[data-ready]")
    return page


@pytest.fixture
def opened():
    return open_editor
