"""On a phone, the form of a line of attendance holds in the page, with everything it folds away unfolded."""

import pytest

from clu_portal.tests.browser import PHONE, WIDE, assert_fits
from clu_portal.tests.factories import OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Association départementale des usagers des services publics du Haut-Val"
UNFOLD = "blocks => blocks.map(block => block.open = true).length"
OVER = """fields => fields.filter(field => field.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(field => field.name)"""


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1280"])
def test_line_of_attendance_unfolded_fits(desk, size):
    with desk.scope():
        organisation = OrganisationFactory(name=LONG)
        person = PersonFactory(surname="Montgolfier-Delaunay de la Rochebaudière", organisation=organisation)
        meeting = desk.meeting(state="held")
        meeting.agenda_items.create(title=LONG * 2, position=1)
        meeting.attendances.create(printed_line=LONG * 2, position=1)
        line = meeting.attendances.create(printed_line=LONG, person=person, position=2)
    page = desk.open(f"presences/{line.pk}/")
    page.set_viewport_size(size)
    assert page.locator("details.portal-folded").evaluate_all(UNFOLD) == 3
    assert page.locator("main :is(select, input, textarea)").evaluate_all(OVER) == []
    assert_fits(page)
