"""On a phone, the tables of a meeting stack their rows: nothing is cut, and each cell still says its column."""

import pytest
from playwright.sync_api import Page

from clu_portal.tests.factories import PersonFactory
from committees.distribution.models import Distribution, DistributionRecipient, Reading
from committees.tests.factories import referent, sealed_minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LONG = "Association départementale des usagers des services publics du Haut-Val"
LABELS = """table => [...table.querySelectorAll("tbody tr:first-child td")].map(
    cell => [getComputedStyle(cell).display, getComputedStyle(cell, "::before").content])"""
CUT = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).length"


@pytest.fixture
def addresses(desk) -> dict[str, str]:
    """Three pages of a meeting whose words are long."""
    with desk.scope():
        desk.seat(LONG, "Montgolfier-Delaunay", college="Collège des usagers et de leurs représentants")
        meeting = desk.meeting(state="held")
        meeting.attendances.create(printed_line=LONG, seat=desk.committee.seats.get())
        minutes = sealed_minutes(meeting)
        sent = Distribution.objects.create(minutes=minutes, by=referent())
        person = PersonFactory(surname="Montgolfier-Delaunay")
        DistributionRecipient.objects.create(distribution=sent, person=person)
        Reading.objects.create(minutes=minutes, user=referent(), what="page")
    return {
        "participants": f"reunions/{meeting.pk}/participants/",
        "distribute": f"comptes-rendus/{minutes.pk}/diffuser/",
        "readings": f"comptes-rendus/{minutes.pk}/lectures/",
    }


def drawn(page: Page) -> list[list[tuple[str, str]]]:
    """For each table, how the cells of its first row are laid out, and what each says first."""
    return [[tuple(cell) for cell in table.evaluate(LABELS)] for table in page.locator(".portal-table table").all()]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("participants", [["Siègent", "Invités", "Venus"], ["Présences", "Absences excusées", "Taux"]]),
        ("distribute", [["À titre de", "Envoi"]]),
        ("readings", [["Courriel", "Diffusé le", "État"], ["Quoi", "Quand"]]),
    ],
)
def test_tables_stack_on_a_phone_and_only_there(desk, addresses, name, labels):
    page = desk.open(addresses[name])
    page.set_viewport_size(WIDE)
    assert {cell for table in drawn(page) for cell in table} == {("table-cell", "none")}
    page.set_viewport_size(PHONE)
    assert drawn(page) == [[("block", f'"{label}\u00a0: "') for label in table] for table in labels]
    assert page.locator(".portal-table .fr-table__content").evaluate_all(CUT) == 0
