"""The accessibility tree of a page, as Chromium gives it to a screen reader."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Page

CONTROLS = {
    "button", "checkbox", "combobox", "link", "listbox", "menuitem", "option", "radio", "searchbox", "slider",
    "spinbutton", "switch", "tab", "textbox",
}  # fmt: skip


@dataclass
class Accessible:
    """What is said of an element: its role, its name, its description, its states."""

    role: str
    name: str
    description: str
    states: dict = field(default_factory=dict)
    children: list["Accessible"] = field(default_factory=list)

    def walk(self) -> Iterator["Accessible"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list["Accessible"]:
        return [one for one in self.walk() if one.role in roles]

    def nameless(self) -> list["Accessible"]:
        """The controls that a screen reader could not name."""
        return [one for one in self.all(*CONTROLS) if not one.name.strip()]


def ax_tree(page: Page) -> Accessible:
    """The whole page; what is ignored gives its place to what it holds."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    (root,) = [node for node in nodes.values() if "parentId" not in node]
    return _accessible(root, nodes)


def _accessible(node: dict, nodes: dict[str, dict]) -> Accessible:
    known = [_value(node, key) for key in ("role", "name", "description")]
    states = {state["name"]: state["value"].get("value") for state in node.get("properties", [])}
    return Accessible(*known, states, list(_children(node, nodes)))


def _children(node: dict, nodes: dict[str, dict]) -> Iterator[Accessible]:
    for child in (nodes[id] for id in node.get("childIds", []) if id in nodes):
        if child["ignored"]:
            yield from _children(child, nodes)
        else:
            yield _accessible(child, nodes)


def _value(node: dict, key: str) -> str:
    return str(node.get(key, {}).get("value", ""))
