"""A text of many pages: a key draws its own section again and no other, and none typed after a jump is lost."""

from editor_actions import save, type_after
from protocol_server import section


def test_each_section_is_drawn_apart_and_letters_typed_after_a_jump_are_all_there(context, portal, minutes, opened):
    for number in range(40):
        key = f"{number:08d}-0000-4000-8000-000000000000"
        minutes.write_elsewhere(section(key, f"Section {number}", *["Une phrase de longueur moyenne."] * 12))
    page = opened(context.new_page(), portal)
    sections = page.locator("#mm-text > section")
    drawn = {one.evaluate("node => getComputedStyle(node).contain") for one in sections.all()}
    assert drawn == {"content"}
    sections.first.locator("p").first.click()
    for letter in "abc":
        page.keyboard.press("Control+Home")
        page.keyboard.press("Control+End")
        page.keyboard.type(letter)
    assert page.locator("#mm-text > section p").last.text_content().endswith("abc")


SET_AGAIN = """() => {
  window.setAgain = []
  new MutationObserver(records => records.forEach(({ target, attributeName: name, oldValue }) => {
    if (target.getAttribute(name) === oldValue) setAgain.push(`${name} of ${target.className || target.tagName}`)
  })).observe(document.documentElement, { attributes: true, attributeOldValue: true, subtree: true })
}"""


def test_a_key_sets_no_attribute_that_does_not_change(page):
    """The DSFR looks through all that stands under an element each time one of its attributes is set."""
    type_after(page, "La séance", " x")
    page.evaluate(SET_AGAIN)
    for letter in "abcde":
        page.keyboard.press(letter)
        page.wait_for_timeout(50)
    save(page)
    assert page.evaluate("setAgain") == []
