"""Persons before browsers of their own, on the running portal. What went wrong in any of them fails the test."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clu_portal.tests.browser import REPORT_VIOLATIONS, WIDE
from clu_portal.tests.factories import PASSWORD

PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Visitors:
    """Opens browsers, and keeps what none of them may meet: refused code, uncaught errors, answers 5xx (B03)."""

    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    violations: list[dict] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "/", *, viewport: dict = WIDE, user=None, **options) -> Page:
        """Open a page in a fresh browser; with an account, after its sign-in by password."""
        context = self.browser.new_context(
            base_url=self.address, viewport=viewport, locale="fr-FR", timezone_id="Europe/Paris", **options
        )
        self.watch(context)
        page = context.new_page()
        if user:
            sign_in_by_password(page, user)
        page.goto(path)
        return page

    def watch(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE_MS)
        context.expose_binding("reportViolation", lambda source, violation: self.violations.append(violation))
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("weberror", lambda error: self.errors.append(f"{error.page.url}: {error.error}"))
        context.on("response", self.look_at)
        self.contexts.append(context)

    def look_at(self, response) -> None:
        if response.status >= 500:
            self.errors.append(f"{response.status} {response.url}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def check(self) -> None:
        refused = [violation for violation in self.violations if violation["disposition"] == "enforce"]
        assert (refused, self.errors) == ([], [])


def sign_in_by_password(page: Page, user) -> None:
    page.goto("/compte/connexion/")
    fill_sign_in(page, user)
    expect(page.locator("form[data-sign-out]").first).to_be_attached()


def fill_sign_in(page: Page, user) -> None:
    page.get_by_label("Courriel").fill(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


@pytest.fixture
def visitors(chromium, running_portal):
    visitors = Visitors(chromium, running_portal.address)
    yield visitors
    visitors.close()
    visitors.check()
