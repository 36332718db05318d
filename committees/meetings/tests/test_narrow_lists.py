"""On a phone, the lists of the portal stack their rows: the last column, where one acts, is not past the edge.

CLU_SCREENSHOTS=FOLDER keeps an image of each at both widths.
"""

import os
from pathlib import Path

import pytest

from clu_portal.action_plan.tests.factories import ActionFactory
from clu_portal.mail.outbox import enqueue
from clu_portal.tests.browser import PHONE, WIDE, assert_fits
from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.meetings.acts import record_convocation
from committees.meetings.tests.test_narrow import CUT, LONG
from committees.tests.factories import referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENSHOTS = os.environ.get("CLU_SCREENSHOTS", "")
# How the cells of the first row that has some are laid out, and what each says first; those left empty are apart.
FIRST_ROW = """() => [...document.querySelectorAll(".portal-table tr:has(td)")][0].querySelectorAll("td:not(:empty)")
    .values().map(cell => [getComputedStyle(cell).display, getComputedStyle(cell, "::before").content]).toArray()"""


@pytest.fixture
def pages(desk, settings) -> dict[str, str]:
    """The addresses of the lists, with one long row each."""
    settings.DEMONSTRATION = True
    with desk.scope():
        desk.seat(LONG, "Montgolfier-Delaunay", college="Collège des usagers et de leurs représentants")
        organisation = OrganisationFactory(name=LONG, acronym="ADUSPHV")
        PersonFactory(surname="Montgolfier", organisation=organisation, email="a@exemple.fr", phone="01 23 45 67 89")
        ActionFactory(title=LONG)
        record_convocation(meeting=desk.meeting(state="prepared"), by=referent())
        enqueue(
            kind="k", dedup_key="k", recipient="montgolfier-delaunay@association.exemple.fr", subject=LONG, text="…"
        )
        committee, seat = desk.committee.pk, desk.committee.seats.get().pk
    return {
        "committee": f"comites/{committee}/",
        "seat": f"sieges/{seat}/",
        "persons": "personnes/",
        "organisations": "organismes/",
        "actions": "actions/",
        "journal": "journal/",
        "mails": "courriels/",
        "deliveries": "envois/",
    }


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("committee", ["Titulaire", "Suppléants", ""]),
        ("seat", ["Qualité", "Du", "Au", ""]),
        ("persons", ["Organisme", "Courriel", "Téléphone", ""]),
        ("organisations", ["Sigle", "Famille", ""]),
        ("actions", ["Responsable", "Échéance", "État"]),
        ("journal", ["Acte", "Objet", "Par"]),
        ("mails", ["Destinataire", "Demandé le", "État"]),
        ("deliveries", ["Destinataire", "Demandé le", "État", ""]),
    ],
)
def test_list_stacks_on_a_phone_and_only_there(desk, pages, name, labels):
    page = desk.open(pages[name])
    page.set_viewport_size(WIDE)
    look_at(page, name)
    assert {tuple(cell) for cell in page.evaluate(FIRST_ROW)} == {("table-cell", "none")}
    page.set_viewport_size(PHONE)
    look_at(page, name)
    expected = [["block", f'"{label}\u00a0: "' if label else "none"] for label in labels]
    assert page.evaluate(FIRST_ROW) == expected
    assert page.locator(".portal-table .fr-table__content").evaluate_all(CUT) == 0


def look_at(page, name: str) -> None:
    assert_fits(page)
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{page.viewport_size['width']}.png", full_page=True)
