"""What a person does in the editor, and what the page shows."""

from __future__ import annotations

import json

from playwright.sync_api import expect
from protocol_server import ROOT

NODES = json.loads((ROOT / "committees/minutes/tree/nodes.json").read_text())["nodes"]
EDITOR, STATUS = "#minutes-editor", ".mm-status"


def text_area(page):
    return page.get_by_role("textbox", name="Texte du compte-rendu")


def type_after(page, text: str, added: str) -> None:
    """Clicks at the end of the line that holds `text`, and types."""
    line = text_area(page).get_by_text(text, exact=False).first
    line.click()
    page.keyboard.press("End")
    page.keyboard.type(added)


def wait_state(page, state: str, timeout: float = 10_000) -> None:
    expect(page.locator(STATUS)).to_have_attribute("data-state", state, timeout=timeout)


def save(page) -> None:
    page.keyboard.press("Control+s")
    wait_state(page, "saved")


def remove_section(page) -> None:
    """The one that holds the cursor, once it is gone: the dialog closes before its answer is acted upon."""
    sections = text_area(page).locator("section[data-section]")
    before = sections.count()
    page.get_by_role("button", name="Supprimer la section", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer la section").click()
    expect(sections).to_have_count(before - 1)


def indicator(page):
    return page.locator(".mm-status__text")


def blocks(minutes, section_id: str) -> list[dict]:
    """The blocks of a section as the server keeps them: without the attributes it leaves out at their default."""
    return [as_kept(block) for block in minutes.sections[section_id][1]["content"]]


def as_kept(node: dict) -> dict:
    rules = NODES[node["type"]].get("attrs", {})
    kept = {
        name: value
        for name, value in node.get("attrs", {}).items()
        if not (rules[name].get("omitted") and value == rules[name]["default"])
    }
    content = [as_kept(child) for child in node.get("content", [])]
    return node | ({"attrs": kept} if "attrs" in node else {}) | ({"content": content} if content else {})


def text_of(node) -> str:
    return node.get("text", "") + "".join(text_of(child) for child in node.get("content", []))


def insert_action(page, title: str, **fields: str) -> None:
    """Through the dialog, with the keyboard once it is open."""
    page.get_by_role("button", name="Insérer une action").click()
    page.get_by_label("Intitulé", exact=True).fill(title)
    for label, value in fields.items():
        page.locator(f"#mm-text-{label}").fill(value)
    page.get_by_label("Intitulé", exact=True).press("Enter")
    if title.strip():
        expect(text_area(page)).to_contain_text(title)
