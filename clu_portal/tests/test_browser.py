"""The tools of the browser tests find what they look for."""

import asyncio

import pytest

from clu_portal.organisations.models import Prefecture
from clu_portal.tests.browser import assert_accessible, assert_fits, assert_no_csp_violation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_browser_page_leaves_the_database_and_asyncio_usable(browser_page, live_server):
    browser_page.goto(f"{live_server}/plan-du-site/")
    assert Prefecture.objects.count() == 0
    assert asyncio.run(asyncio.sleep(0, "fait")) == "fait"
    assert browser_page.title().startswith("Plan du site")


def test_assert_accessible_finds_a_picture_without_alternative(browser_page, live_server):
    browser_page.goto(f"{live_server}/plan-du-site/")
    assert_accessible(browser_page)
    browser_page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    with pytest.raises(AssertionError, match=r"RGAA-1\.1\.1"):
        assert_accessible(browser_page)


def test_assert_fits_finds_what_overflows(browser_page, live_server):
    browser_page.goto(f"{live_server}/plan-du-site/")
    assert_fits(browser_page)
    browser_page.evaluate("document.querySelector('main').style.width = '3000px'")
    with pytest.raises(AssertionError, match="3"):
        assert_fits(browser_page)


def test_B03_inline_code_does_not_run_and_is_reported(browser_page, live_server):
    browser_page.goto(f"{live_server}/plan-du-site/")
    assert_no_csp_violation(browser_page)
    browser_page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 'script'";
            document.body.append(script);
            const button = document.createElement("button");
            button.setAttribute("onclick", "window.ran = 'handler'");
            document.body.append(button);
            button.click();
            const box = document.createElement("div");
            box.innerHTML = "<img src=x onerror=\\"window.ran = 'innerHTML'\\">";
            document.body.append(box);
        }"""
    )
    browser_page.wait_for_timeout(300)
    assert browser_page.evaluate("window.ran") is None
    refused = {(violation["disposition"], violation["directive"]) for violation in browser_page.violations}
    assert {("enforce", "script-src-attr"), ("enforce", "script-src-elem")} <= refused
    with pytest.raises(AssertionError, match="script-src-attr"):
        assert_no_csp_violation(browser_page)
