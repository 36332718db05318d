"""What an approved PDF carries for machines: its own text as data, and no more than its pages say.

The members receive the file. So it is a list of what is put in, not the file of the meeting (meeting_files) less what
is taken out: a field added to the registries tomorrow is not in it. docs/meeting-file.md describes it.
"""

import json

from clu_portal.lib.pdf import EmbeddedFile
from committees.minutes.documents import version_lines
from committees.minutes.facts import printed_facts
from committees.minutes.head import head_blocks, head_text
from committees.minutes.layout import printed_layout
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.facts import known_actions, known_facts
from committees.minutes.tree.nodes import nodes_of

FORMAT, VERSION = "clu-portal/minutes", 1
NAME = "compte-rendu.json"
DESCRIPTION = "Le texte de ce compte-rendu, comme données (JSON)"
# What a node holds and its page does not print: the nature of a remark; an action is printed as the plan knows it.
UNPRINTED = {"remark": {"kind"}, "decision": {"kind"}, "action": {"title", "owner", "due"}}


def embedded_files(minutes: Minutes) -> list[EmbeddedFile]:
    """The same text and facts give the same bytes."""
    content = json.dumps(minutes_data(minutes), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return [EmbeddedFile(NAME, content.encode(), DESCRIPTION, relationship="Source")]


def minutes_data(minutes: Minutes) -> dict:
    sections, facts = contents(minutes), printed_facts(minutes)
    cited = kinds_in(sections)
    known = {name: printed_fact(value) for name, value in known_facts(facts).items() if name in cited}
    actions = actions_printed(sections, known_actions(facts))
    return {
        "format": FORMAT,
        "version": VERSION,
        "prefecture": {"slug": minutes.prefecture.slug, "name": minutes.prefecture.name},
        "minutes": {
            "uuid": str(minutes.uuid),
            "version_number": minutes.version_number,
            "title_lines": minutes.title_lines.splitlines(),
            "head": head_text(head_blocks(minutes, printed_layout(minutes))),
            "version": version_lines(minutes),
        },
        "meeting": {
            "uuid": str(minutes.meeting.uuid),
            "held_on": minutes.meeting.held_on.isoformat() if minutes.meeting.held_on else None,
        },
        "sections": [printed_only(section, actions) for section in sections],
        "facts": known | {"actions": actions},
    }


def printed_fact(value):
    """A group with its lines alone: what each line is made of (a status, a file) is not on the page."""
    groups = value if isinstance(value, list) else []
    return [{name: held for name, held in group.items() if name != "rows"} for group in groups]


def kinds_in(sections: list[dict]) -> set[str]:
    """The kinds of nodes of the text, but an attendance that is not printed."""
    nodes = (node for section in sections for node in nodes_of(section))
    return {node["type"] for node in nodes if node.get("attrs", {}).get("layout") != "none"}


def actions_printed(sections: list[dict], known: dict[str, dict]) -> dict[str, dict]:
    """What is printed of the actions cited; a title that a wording replaces wherever it is cited is not."""
    cited = [node["attrs"] for section in sections for node in nodes_of(section) if node["type"] == "action"]
    titled = {attrs["id"] for attrs in cited if not attrs.get("wording", "").strip()}
    return {
        attrs["id"]: {
            name: value for name, value in known[attrs["id"]].items() if name != "title" or attrs["id"] in titled
        }
        for attrs in cited
        if attrs["id"] in known
    }


def printed_only(node: dict, actions: dict, *, organisation: bool = False) -> dict:
    """The node without what its page does not print; an action the plan does not know is printed as it was typed."""
    attrs, hidden = node.get("attrs", {}), UNPRINTED.get(node["type"], set())
    organisation = organisation or attrs.get("presentation") == "by_organisation"
    if node["type"] in ("remark", "answer") and not organisation:
        hidden = hidden | {"organisation"}
    if node["type"] == "action" and attrs.get("id") not in actions:
        hidden = set()
    shown = node | ({"attrs": {name: value for name, value in attrs.items() if name not in hidden}} if attrs else {})
    if "content" in node:
        shown["content"] = [printed_only(child, actions, organisation=organisation) for child in node["content"]]
    return shown
