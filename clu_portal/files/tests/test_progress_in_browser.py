import pytest

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.files.models import Rendering, RenderingTicket
from clu_portal.tenancy import scope
from clu_portal.tests.browser import assert_accessible, assert_no_csp_violation, sign_in
from clu_portal.tests.factories import PrefectureFactory, SiteFactory, user_with_role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("clu_portal.tests.gallery"),
]


@pytest.fixture
def rendering(browser_page, live_server, monkeypatch):
    """A rendering of a site, shown to a référent on a page that follows it."""
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        site, user = SiteFactory(), user_with_role(RoleKind.REFERENT)
        ticket = RenderingTicket.objects.create(prefecture=prefecture, kind="test")
        found = Rendering.objects.create(ticket=ticket, kind="test", subject=f"site:{site.pk}", input_hash="0" * 64)
    address = f"{live_server}/{prefecture.slug}/galerie/rendu/{found.uuid}/"
    seen = offers.Offered(lambda user, pks: {pk: offers.Reference("Site", address) for pk in pks})
    monkeypatch.setitem(offers.references.items, "site", seen)
    sign_in(browser_page, user, str(live_server))
    browser_page.goto(address)
    return found


def change(rendering, state: str, **fields) -> None:
    with scope(rendering.prefecture_id):
        Rendering.objects.filter(pk=rendering.pk).update(**fields)
        RenderingTicket.objects.filter(pk=rendering.ticket_id).update(state=state)


def test_progress_follows_the_steps_and_says_them_politely(browser_page, rendering):
    change(rendering, "claimed", step="Page 3 sur 12", progress_pct=25)
    browser_page.get_by_role("status").filter(has_text="Page 3 sur 12").wait_for()
    assert browser_page.locator("progress").get_attribute("value") == "25"
    assert browser_page.get_by_role("button", name="Relancer").count() == 0
    assert_accessible(browser_page)


def test_progress_of_a_failure_shows_its_cause_and_starts_it_again(browser_page, rendering):
    change(rendering, "dead", error="Une image manque.")
    browser_page.get_by_text("Une image manque.").wait_for()
    assert_accessible(browser_page)
    browser_page.get_by_role("button", name="Relancer").click()
    browser_page.get_by_role("status").filter(has_text="en attente").wait_for()
    assert_no_csp_violation(browser_page)
    assert RenderingTicket.objects.get(pk=rendering.ticket_id).state == "pending"
