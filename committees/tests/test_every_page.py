"""Every page of the running portal, by role, after the main job: axe, no sideways scroll, the keyboard, no violation.

CLU_SCREENSHOTS=FOLDER keeps an image of each page, wide and 390 px.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.browser import PHONE, WIDE, assert_accessible, assert_fits
from committees.tests import main_job
from committees.tests.conftest import agent
from committees.tests.furnished import furnish
from committees.tests.keyboard import assert_keyboard_reaches_everything
from committees.tests.tour import addresses

pytestmark = [pytest.mark.browser, pytest.mark.long]
SCREENSHOTS = os.environ.get("CLU_SCREENSHOTS", "")
FEWEST = {"anonymous": 14, "referent": 70, "secretary_general": 30, "agent": 15, "member": 10, "national_admin": 8}
WALKED = [
    "prefecture_home",
    "accounts:team",
    "organisations:person_list",
    "organisations:settings_edit",
    "committees:committee_detail",
    "committees:meeting_detail",
    "committees:meeting_update",
    "committees:agenda_edit",
    "committees:minutes_edit",
    "committees:minutes_detail",
    "committees:minutes_readings",
    "minutes_verify",
]


@pytest.fixture
def pages(running_portal, live_office) -> dict[str, str]:
    furnish(running_portal, live_office)
    with live_office.scope():
        return addresses(live_office)


def open_as(role: str, office, portal, visitors) -> Page:
    """A browser of somebody who holds this role; a member comes in by the link of the mail."""
    if role == "anonymous":
        return visitors.open()
    if role == RoleKind.MEMBER:
        page = visitors.open()
        main_job.open_link(page, main_job.link_of(portal.mails(office.address)[0]))
        return page
    with scope(Prefecture.national().pk if role == RoleKind.NATIONAL_ADMIN else office.prefecture.pk):
        user = {"referent": office.referent, "secretary_general": office.secretary_general}.get(role) or agent(role)
    return visitors.open(user=user)


@pytest.mark.parametrize("role", FEWEST)
def test_B03_every_page_of_a_role_is_accessible_fits_and_keeps_the_policy(
    running_portal, live_office, visitors, pages, role
):
    page, seen = open_as(role, live_office, running_portal, visitors), []
    for name, address in sorted(pages.items()):
        answer = page.goto(address)
        if answer.status == 200 and urlsplit(page.url).path == address:
            seen.append(name)
            wait_editor(page)
            look_at(page, f"{role}-{name.replace(':', '-')}")
        else:
            assert answer.status in (200, 403, 404), f"{address}: {answer.status}"
    assert len(seen) >= FEWEST[role], seen


def wait_editor(page: Page) -> None:
    """The page of the editor is complete once the editor is mounted."""
    if page.locator("#minutes-editor").count():
        page.wait_for_selector("#minutes-editor[data-ready]")


def look_at(page: Page, name: str) -> None:
    for width, size in (("wide", WIDE), ("390", PHONE)):
        page.set_viewport_size(size)
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{width}.png", full_page=True)
        assert_accessible(page)
        assert_fits(page)
    assert page.locator("h1").count() == 1


def test_keyboard_alone_reaches_every_control_of_the_main_pages(live_office, visitors, pages):
    page = visitors.open(user=live_office.referent)
    for name in WALKED:
        page.goto(pages[name])
        wait_editor(page)
        assert_keyboard_reaches_everything(page)
