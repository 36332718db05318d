"""The editor for who cannot see it, or has no mouse: its accessibility tree, its dialogs, the way through by Tab."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from clu_portal.tests.ax_tree import Accessible, ax_tree
from clu_portal.tests.browser import PHONE, assert_accessible, assert_fits
from committees.minutes.models import Minutes
from committees.minutes.tests.node_samples import SAMPLES
from committees.minutes.tests.trees import section
from committees.minutes.text import OrderChange, SectionChange, save_text
from committees.tests.ready_made import drafted

pytestmark = pytest.mark.browser
ZOOMED = {"width": 640, "height": 450}  # a window of 1280 × 900 at 200 %
DIALOGS = {
    "Aide : raccourcis du clavier": "Raccourcis du clavier",
    "Insérer une action": "Insérer une action",
    "Supprimer la section": "Supprimer cette section ?",
}
WHO = """() => {
  const node = document.activeElement
  const name = node.getAttribute('aria-label') || node.labels?.[0]?.textContent || node.textContent
  const shown = node.closest('[role=toolbar]') ? 'toolbar' : name.trim().slice(0, 60)
  return [Boolean(node.closest('#minutes-editor')), shown]
}"""


@pytest.fixture
def editor(live_office, visitors):
    """A function that opens the editor on a text that holds every node there is."""
    minutes = with_every_node(live_office)

    def open_editor(**options) -> Page:
        path = live_office.path(f"comptes-rendus/{minutes.pk}/rediger/")
        page = visitors.open(path, user=live_office.referent, **options)
        page.wait_for_selector("#minutes-editor[data-ready]")
        return page

    return open_editor


def with_every_node(office) -> Minutes:
    minutes = drafted(office)
    with office.scope():
        made = section(*[block for blocks in SAMPLES.values() for block in blocks])
        change = SectionChange(made["attrs"]["id"], 0, made)
        order = OrderChange(minutes.order_version, [change.uuid, *minutes.section_order])
        operation = f"made-{uuid4()}"
        save_text(minutes=minutes, changes=[change], order=order, operation_id=operation, by=office.referent)
    return minutes


def assert_tree(tree: Accessible) -> None:
    assert tree.nameless() == []
    (bar,) = tree.all("toolbar")
    assert (bar.name, len(bar.all("button")) > 20) == ("Outils du texte", True)
    (text,) = [one for one in tree.all("textbox") if one.name == "Texte du compte-rendu"]
    assert text.states["multiline"]
    assert "Échap puis Tab" in text.description
    polite = [one for one in tree.all("status") if one.states.get("live") == "polite"]
    assert polite
    assert_text(text)


def assert_text(text: Accessible) -> None:
    """What the text is made of is said: its headings with their level, its lists, the headers of its tables."""
    levels = {one.name.strip(): one.states["level"] for one in text.all("heading")}
    assert (levels["Accueil du public"], levels["Détail"]) == (2, 3)
    for role in ("list", "listitem", "table", "row", "columnheader", "rowheader", "cell", "paragraph", "link"):
        assert text.all(role), role
    assert [one.name for one in text.all("list") if one.name] != []


def test_tree_of_the_editor_and_of_its_dialogs_says_all_that_is_seen(editor):
    page = editor()
    assert_tree(ax_tree(page))
    assert page.locator('[role=toolbar] [tabindex="0"]').count() == 1
    for opener, title in DIALOGS.items():
        page.get_by_role("button", name=opener, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        dialog = ax_tree(page).all("dialog")[0]
        assert (dialog.name, dialog.states["modal"], dialog.nameless()) == (title, True, [])
        assert dialog.all("button")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_tab_goes_through_the_editor_in_order_and_out_of_it_both_ways(editor):
    page = editor()
    page.get_by_role("link", name="Revenir au compte-rendu").focus()
    there = stops(page, "Tab")
    assert there.index("toolbar") < there.index("Texte du compte-rendu")
    assert len(there) == len(set(there))
    assert stops(page, "Shift+Tab") == there[::-1]


def stops(page: Page, key: str) -> list[str]:
    """Where the focus stops in the editor, pressed until it has left it."""
    found: list[str] = []
    for _ in range(60):
        page.keyboard.press(key)
        inside, name = page.evaluate(WHO)
        if found and not inside:
            return found
        found += [name] if inside else []
    raise AssertionError(f"no way out with {key}: {found}")


@pytest.mark.long
@pytest.mark.parametrize(
    "options",
    [{}, {"viewport": PHONE}, {"viewport": ZOOMED, "device_scale_factor": 2}],
    ids=["1280", "390", "zoomed"],
)
def test_axe_finds_nothing_and_nothing_overflows_with_and_without_a_dialog(editor, options):
    page = editor(**options)
    assert_accessible(page)
    assert_fits(page)
    for opener in DIALOGS:
        page.get_by_role("button", name=opener, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
