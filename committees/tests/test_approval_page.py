"""The pages to approve, on a telephone."""

import pytest

from clu_portal.tests.browser import PHONE, assert_accessible
from committees.tests import main_job
from committees.tests.ready_made import drafted

pytestmark = pytest.mark.browser


def test_each_page_to_approve_bears_its_number_whole_on_a_phone(live_office, visitors):
    minutes = drafted(live_office)
    page = visitors.open(live_office.path(f"comptes-rendus/{minutes.pk}/"), user=live_office.referent)
    main_job.submit(page)
    approver = visitors.open(user=live_office.secretary_general, viewport=PHONE)
    main_job.wait_pages(approver, live_office, minutes)
    numbers = approver.locator(".portal-pages li p")
    assert numbers.all_inner_texts() == ["Page 1 sur 1"]
    box = numbers.first.bounding_box()
    assert 0 <= box["x"] < box["x"] + box["width"] <= PHONE["width"]
    # What the list itself would write stands left of its box, outside the screen.
    marker = "item => getComputedStyle(item, '::marker').content"
    assert approver.locator(".portal-pages li").first.evaluate(marker) == "none"
    assert_accessible(approver)
