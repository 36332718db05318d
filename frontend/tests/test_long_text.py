"""A text of many pages: a key draws its own section again and no other, and none typed after a jump is lost."""

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
