"""The page around the editor: content security policy, accessibility, narrow screens."""

from pathlib import Path

import pytest
from conftest import FIRST
from editor_actions import insert_action, save, text_area, type_after, wait_state
from protocol_server import ROOT, section

AXE = (ROOT / "clu_portal/tests/vendor/axe.min.js").read_text()
# A table just inserted has empty headers, for the person to fill.
RULES = """() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'RGAAv4', 'best-practice'],
  rules: {'empty-table-header': {enabled: false}}})
  .then(result => result.violations.map(({id, nodes}) => id + ': ' + nodes.map(node => node.html.slice(0, 120)).join(' | ')))"""


def journey(page, minutes):
    """Types a bit of everything, meets a conflict, loses the network."""
    type_after(page, "La séance", " ")
    page.keyboard.press("Control+b")
    page.keyboard.type("gras")
    page.keyboard.press("Enter")
    page.keyboard.type("1. liste")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("dedans")
    for name in (
        "Insérer un tableau",
        "Insérer le bloc de signature",
        "Insérer les présences",
        "Insérer l’ordre du jour",
        "Insérer le dossier de la réunion",
        "Insérer les annexes",
        "Insérer une décision",
        "Insérer un échange",
        "Ajouter une réponse",
    ):
        page.get_by_role("button", name=name).click()
    page.keyboard.type("Réponse")
    insert_action(page, "Poser un panneau", owner="la mairie", due="mai 2027")
    minutes.faults.refuse["refusé"] = "Le texte est trop long."
    minutes.write_elsewhere(section(FIRST, "Ouverture", "Autrement.", label="1)"))
    type_after(page, "Les délais", " refusé")
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-case]")
    page.keyboard.press("Control+s")


def test_B02_B03_a_full_journey_raises_no_violation_and_the_policy_bites(page, minutes):
    journey(page, minutes)
    page.get_by_role("button", name="Garder les deux").click()
    page.get_by_role("button", name="Aide : raccourcis du clavier").click()
    page.keyboard.press("Escape")
    page.wait_for_timeout(2500)
    assert page.evaluate("window.violations") == []
    assert page.evaluate("window.nonceRan") is True
    assert page.locator("[style]").count() == 0
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.inline = 1'}))"
    )
    page.evaluate("document.body.setAttribute('onclick', 'window.handler = 1')")
    page.locator("h1").click()
    page.evaluate("document.querySelector('footer').innerHTML = '<img src=x onerror=\"window.html = 1\">'")
    page.wait_for_timeout(300)
    assert page.evaluate("[window.inline, window.handler, window.html]") == [None, None, None]
    assert len(page.evaluate("window.violations")) >= 3


def axe(page) -> list[str]:
    page.evaluate(AXE)
    return page.evaluate(RULES)


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_any_state(page, minutes, width):
    page.set_viewport_size({"width": width, "height": 800})
    assert axe(page) == []
    journey(page, minutes)
    assert axe(page) == []
    page.get_by_role("button", name="Aide : raccourcis du clavier").click()
    assert axe(page) == []


def test_axe_finds_nothing_in_the_dialogs(page, portal):
    type_after(page, "La séance", " Lien")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    assert axe(page) == []
    page.keyboard.press("Escape")
    portal.expire_sessions()
    page.keyboard.press("Control+s")
    page.wait_for_selector("#mm-session")
    assert axe(page) == []


@pytest.mark.parametrize("width", [390, 320, 640])
def test_nothing_overflows_and_every_target_is_large_enough(page, minutes, width):
    page.set_viewport_size({"width": width, "height": 700})
    journey(page, minutes)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll('#minutes-editor :is(button, input, summary)')]
          .map(node => [node.textContent || node.getAttribute('aria-label'), node.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name, box]) => [name, box.width, box.height])"""
    )
    assert small == []


def test_the_text_is_in_french_and_spell_checked(page):
    area = text_area(page)
    assert [area.get_attribute(name) for name in ("lang", "spellcheck", "aria-multiline")] == ["fr", "true", "true"]


def test_a_keystroke_in_a_long_text_stays_quick(context, portal, minutes, opened):
    """80 sections of 12 paragraphs: the median time a keystroke keeps the page busy is under 16 ms."""
    for number in range(80):
        key = f"{number:08d}-0000-4000-8000-000000000000"
        minutes.write_elsewhere(
            section(key, f"Section {number}", *["Une phrase de longueur moyenne, pour voir."] * 12)
        )
    page = opened(context.new_page(), portal)
    type_after(page, "La séance", "")
    times = page.evaluate(
        """async () => {
          const times = []
          for (let count = 0; count < 40; count++) {
            const start = performance.now()
            document.execCommand('insertText', false, 'x')
            times.push(performance.now() - start)
            await new Promise(requestAnimationFrame)
          }
          return times.sort((a, b) => a - b)
        }"""
    )
    assert times[20] < 16, times
    save(page)
    assert "x" * 40 in minutes.text()


def test_the_built_files_hold_no_address_of_the_machine_that_built_them():
    for name in ("minutes-editor.js", "sign-out.js"):
        built = (ROOT / "static/js" / name).read_text()
        assert "sourceMappingURL" not in built
        assert str(Path.home()) + "/" not in built
        assert "/work/" not in built


def test_the_state_told_to_scripts_cannot_be_changed(page):
    wait_state(page, "saved")
    assert page.evaluate(
        "(() => { try { minutesEditor.savedState = 'x' } catch {} return [minutesEditor.savedState, Object.keys(minutesEditor)] })()"
    ) == [
        "saved",
        ["savedState"],
    ]
