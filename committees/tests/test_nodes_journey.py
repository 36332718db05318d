"""Exchanges, a decision and an action typed on the real portal, then read on the page and found in the plan."""

import pytest
from playwright.sync_api import Page, expect

from clu_portal.action_plan.models import Action
from clu_portal.tests.browser import PHONE, WIDE, assert_accessible, assert_fits
from committees.minutes.indexed import Answer, Decision
from committees.tests.main_job import follow, text_area, wait_saved
from committees.tests.ready_made import drafted

pytestmark = pytest.mark.browser


def type_exchange(page: Page) -> None:
    """Two observations and two answers, the second to the second only."""
    keys = page.keyboard
    text_area(page).get_by_text("« Accueil du public »").click()
    keys.press("End")
    page.get_by_role("button", name="Insérer un échange").click()
    for words in ("Les délais sont longs.", "L'accueil est aimable.", "", "Un guichet ouvre en mai."):
        keys.type(words)
        keys.press("Enter")
    keys.type("Merci pour les agents.")
    page.get_by_role("button", name="Répond à…").click()
    page.get_by_role("checkbox", name="1. Les délais sont longs.").uncheck()
    page.get_by_role("button", name="Valider").click()


def type_decision_and_action(page: Page) -> None:
    page.get_by_role("button", name="Insérer une décision").click()
    page.keyboard.type("Le projet d'affiche est validé.")
    page.get_by_role("button", name="Insérer une action").click()
    page.get_by_label("Intitulé", exact=True).fill("Poser un panneau")
    page.get_by_label("Responsable (facultatif)").fill("le service accueil")
    page.get_by_label("Échéance (facultatif)").fill("2e trimestre 2027")
    page.keyboard.press("Enter")


def both_widths(page: Page) -> None:
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        assert_accessible(page)
        assert_fits(page)


def test_exchange_decision_and_action_from_the_keyboard_to_the_plan(running_portal, live_office, visitors):
    minutes = drafted(live_office)
    path = f"comptes-rendus/{minutes.pk}/"
    page = visitors.open(live_office.path(f"{path}rediger/"), user=live_office.referent)
    page.wait_for_selector("#minutes-editor[data-ready]")
    type_exchange(page)
    type_decision_and_action(page)
    wait_saved(page)
    expect(text_area(page)).to_contain_text("État : proposée")
    both_widths(page)
    with live_office.scope():
        assert [answer.remarks.count() for answer in Answer.objects.all()] == [2, 1]
        assert (Decision.objects.get().kind, Action.objects.get().state) == ("validation", "proposed")
    page.goto(live_office.path(path))
    text = page.get_by_role("article")
    expect(text).to_contain_text("Réponses apportées")
    expect(text).to_contain_text("Sur la 2e observation\u00a0: Merci pour les agents.")
    expect(text).to_contain_text("Responsable\u00a0: le service accueil")
    expect(page.get_by_role("link", name="Poser un panneau")).to_be_visible()
    both_widths(page)
    page.goto(live_office.path("actions/"))
    follow(page, "Poser un panneau")
    expect(page.get_by_role("main")).to_contain_text("2e trimestre 2027")
    expect(page.get_by_role("main")).to_contain_text("Vient de")
