"""Chromium for the tests: a page, who is signed in on it, axe, and the violations of the security policy.

Registered by conftest.py: a test asks for `browser_page` (with `live_server`) and marks itself `browser`.
"""

import asyncio
import os
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Error, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "RGAAv4"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (violation) => window.reportViolation({
  disposition: violation.disposition, directive: violation.effectiveDirective,
  blocked: violation.blockedURI, source: `${violation.sourceFile}:${violation.lineNumber} ${violation.sample}`,
}));
"""


@pytest.fixture(scope="session")
def chromium():
    """One browser per test process, for every test that needs one: Playwright starts once in a process."""
    with sync_playwright() as playwright, loop_ignored():
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def loop_ignored():
    """Let Django's ORM and `asyncio.run` (the seal's) work while Playwright's loop stays « running » in our thread."""
    run = asyncio.run

    def run_apart(*args, **kwargs):
        loop = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return run(*args, **kwargs)
        finally:
            asyncio._set_running_loop(loop)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        patch.setattr(asyncio, "run", run_apart)
        yield


@pytest.fixture
def browser_page(chromium):
    """A page of a fresh browser, 1280 px wide; what its policy refuses is kept in `page.violations`."""
    context = chromium.new_context(viewport=WIDE, locale="fr-FR", timezone_id="Europe/Paris")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.violations = []
    context.expose_binding("reportViolation", lambda source, violation: page.violations.append(violation))
    context.add_init_script(REPORT_VIOLATIONS)
    yield page
    context.close()


def sign_in(page: Page, user, address: str) -> None:
    """Open a session for an account on a live server, as if it had given its password there this minute."""
    client = Client()
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "password")
    request.session.save()
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}])


STICKS_OUT = """() => [...document.body.querySelectorAll("*")]
    .filter((node) => node.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(-8).map((node) => node.outerHTML.slice(0, 150))"""
# The DSFR's own script gives the menu of the header its name, or takes it away, by the width of the window.
HEADER_STARTED = """() => [...document.querySelectorAll(".fr-header__menu")]
    .every((menu) => menu.hasAttribute("data-fr-js-header-modal"))"""


def assert_accessible(page: Page) -> None:
    """Fail on what axe finds, each finding named by its rule, its RGAA tests and its first element."""
    page.wait_for_function(HEADER_STARTED)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", AXE_TAGS)
    assert not found["violations"], "\n".join([page.url, *(_finding(violation) for violation in found["violations"])])


def _finding(violation: dict) -> str:
    tests = " ".join(tag for tag in violation["tags"] if tag.startswith("RGAA-"))
    node = violation["nodes"][0]
    return f"{violation['id']} ({tests}) ×{len(violation['nodes'])}: {node['html'][:200]} – {node['failureSummary']}"


def assert_no_csp_violation(page: Page) -> None:
    """Fail on what the enforced policy refused since the page was opened."""
    refused = [violation for violation in page.violations if violation["disposition"] == "enforce"]
    assert not refused, refused


def kill_tab(page: Page) -> None:
    """The page dies without a word, as when its process is killed."""
    with page.expect_event("crash"), suppress(Error):  # nobody is left to answer
        page.goto("chrome://crash", timeout=5000)
    page.close()


def assert_fits(page: Page) -> None:
    """Fail when the page scrolls sideways."""
    width, shown = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= shown, f"{page.url}: {width} px in {shown}, for {page.evaluate(STICKS_OUT)}"
