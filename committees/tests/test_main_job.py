"""The main job, whole: from an agenda to sealed minutes that a member reads and downloads, on the real processes."""

import hashlib
import re
import time
from importlib import import_module

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from clu_portal.tests.browser import PHONE, assert_accessible, assert_fits
from clu_portal.tests.factories import PASSWORD
from clu_portal.tests.processes import wait_until
from committees.tests import main_job
from committees.tests.done_once import assert_done_once

pytestmark = pytest.mark.browser


def test_main_job_from_the_agenda_to_the_sealed_minutes_a_member_downloads(running_portal, live_office, visitors):
    office = live_office
    referent = visitors.open(office.path(), user=office.referent)
    minutes = main_job.write_and_submit(referent, office)
    approve_on_a_phone(visitors, office, minutes)
    main_job.distribute(referent, office, minutes)
    wait_until(lambda: running_portal.mails(office.address), seconds=60)
    sealed = read_and_download(running_portal, visitors, office, minutes)
    assert_stored_and_conform(office, minutes, sealed)
    assert_reading_is_known(referent, office, minutes)
    anybody = visitors.open()
    assert main_job.verdict(anybody, sealed) == "intact"
    assert main_job.verdict(anybody, with_one_byte_changed(sealed)) == "bytes_changed"
    assert_done_once(running_portal, office, minutes)


def approve_on_a_phone(visitors, office, minutes) -> None:
    """The secrétaire générale signed in ten minutes ago: she is asked who she is, sees the pages, approves."""
    page = visitors.open(user=office.secretary_general, viewport=PHONE)
    age_sign_in(page)
    page.goto(office.path(f"comptes-rendus/{minutes.pk}/"))
    main_job.follow(page, "Lire les pages et approuver")
    expect(page).to_have_url(re.compile("/compte/confirmer/"))
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Approuver et sceller"))
    main_job.approve(page, office, minutes)
    assert_fits(page)
    main_job.wait_sealed(page)
    assert_accessible(page)
    assert_fits(page)


def age_sign_in(page: Page) -> None:
    """As if ten minutes had passed since the sign-in of this browser."""
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "session"]
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookie["value"])
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 600
    session.save()


def read_and_download(portal, visitors, office, minutes) -> bytes:
    """The member, by the link of the mail alone."""
    (message,) = portal.mails(office.address)
    page = visitors.open("/plan-du-site/")
    main_job.open_link(page, main_job.link_of(message))
    expect(page).to_have_url(re.compile(f"/comptes-rendus/{minutes.pk}/$"))
    article = page.locator("article.minutes")
    expect(article).to_contain_text(main_job.SPEECH)
    expect(article.locator("strong, b").filter(has_text="Une association")).to_be_visible()
    expect(article.get_by_role("table")).to_contain_text("2 jours")
    expect(article.get_by_role("listitem").filter(has_text="le hall sera signalé")).to_be_visible()
    assert_accessible(page)
    return main_job.download(page, re.compile("^Télécharger le PDF scellé"))


def assert_stored_and_conform(office, minutes, sealed: bytes) -> None:
    """What was downloaded is what is stored, begins with the approved bytes, and keeps its conformity."""
    with office.scope():
        minutes.refresh_from_db()
        approval = minutes.current_approval()
        assert sealed == minutes.sealed_file.content
        assert hashlib.sha256(sealed).hexdigest() == minutes.sealed_file.sha256
        approved = approval.file.content
        assert hashlib.sha256(approved).hexdigest() == approval.sha256
    assert sealed.startswith(approved)
    assert len(sealed) > len(approved)
    main_job.assert_conforms(approved)
    main_job.assert_conforms(sealed)


def assert_reading_is_known(page: Page, office, minutes) -> None:
    """The référent reads who opened and took the minutes."""
    page.goto(office.path(f"comptes-rendus/{minutes.pk}/lectures/"))
    readings = page.get_by_role("table").last
    rows = readings.get_by_role("row").filter(has_text=main_job.MEMBER)
    expect(rows.filter(has_text="PDF téléchargé")).to_have_count(1)
    expect(rows.filter(has_text="page lue")).to_have_count(1)
    expect(page.get_by_role("table").first).to_contain_text("envoyé")


def with_one_byte_changed(pdf: bytes) -> bytes:
    middle = pdf.index(b"stream") + 200
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
