"""What goes into the papers drawn from the text: what to retain, the decisions, one item, a proof to correct."""

from collections.abc import Iterator
from itertools import takewhile

from django.template.loader import render_to_string
from django.utils.text import capfirst

from committees.composition.papers import heading, lines, table
from committees.meetings.models import Meeting
from committees.minutes.documents import document_of, minutes_document
from committees.minutes.drawing import name_of
from committees.minutes.facts import printed_facts
from committees.minutes.layout import printed_layout
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.draw import draw
from committees.minutes.tree.facts import known_actions, known_facts
from committees.minutes.tree.nodes import attribute, nodes_of
from committees.minutes.tree.reading import text_of
from committees.papers.documents import dashed, opening, paper

PARTIAL = "Extrait : seul le compte-rendu entier, approuvé et scellé, fait foi."


def takeaways_document(meeting: Meeting, minutes: Minutes, choice: str = "") -> dict:
    """The decisions, the actions with who and when, the next meeting: on one page."""
    title = "À retenir"
    decided = [text for section in contents(minutes) for text in decisions_of(section)]
    actions = actions_of(minutes)
    blocks = opening(title, meeting)
    if decided:
        blocks += [heading("Décisions"), dashed(decided)]
    if actions:
        blocks += [heading("Actions"), table("Qui fait quoi", ("Action", "Responsable", "Échéance"), actions)]
    if not decided and not actions:
        blocks.append(lines("Le compte-rendu ne contient ni décision ni action."))
    if meeting.next_meeting:
        blocks += [heading("Prochaine réunion"), lines(str(meeting.next_meeting))]
    return paper(f"{title} : {meeting}", blocks, draft=not minutes.is_sealed)


def decisions_document(meeting: Meeting, minutes: Minutes, choice: str = "") -> dict:
    """Each decision under the item it was taken on, then the votes."""
    title = "Relevé de décisions"
    blocks = opening(title, meeting)
    found = [(name_of(section), list(decisions_of(section))) for section in contents(minutes)]
    for name, texts in found:
        blocks += [heading(name), dashed(texts)] if texts else []
    votes = known_facts(printed_facts(minutes))["votes"]
    if votes:
        said = [f"{vote['about']} : {vote['sentence']}" if vote["about"] else vote["sentence"] for vote in votes]
        blocks += [heading("Votes"), dashed(said)]
    if not votes and not any(texts for _, texts in found):
        blocks.append(lines("Le compte-rendu ne contient aucune décision."))
    return paper(f"{title} : {meeting}", blocks, draft=not minutes.is_sealed)


def decisions_of(section: dict) -> Iterator[str]:
    for node in nodes_of(section):
        if node["type"] == "decision" and text_of(node).strip():
            by = attribute(node, "decided_by").strip()
            yield f"{capfirst(by)}\u00a0: {text_of(node).strip()}" if by else text_of(node).strip()


def actions_of(minutes: Minutes) -> list[tuple[list[str], list[str], list[str]]]:
    """Each action cited, once, in the words of the minutes: what, who, when."""
    known, found = known_actions(printed_facts(minutes)), {}
    for section in contents(minutes):
        for node in nodes_of(section):
            if node["type"] == "action":
                typed = {name: attribute(node, name).strip() for name in ("title", "owner", "due")}
                action = known.get(attribute(node, "id")) or typed
                text = attribute(node, "wording").strip() or action["title"]
                found.setdefault(attribute(node, "id"), ([text], [action["owner"]], [action["due"]]))
    return list(found.values())


def items_of(minutes: Minutes) -> list[tuple[str, str]]:
    """The items an extract can be made of: each section that has a heading."""
    return [(section["attrs"]["id"], name_of(section)) for section in contents(minutes) if level_of(section)]


def level_of(section: dict) -> int:
    """The level of its heading; 0 without one."""
    first = next((node for node in section["content"] if node["type"] == "heading"), None)
    return attribute(first, "level") if first else 0


def item_of(sections: list[dict], chosen: str) -> list[dict]:
    """A section and what is under it: the sections that follow, up to the next heading of its level."""
    start = next(index for index, section in enumerate(sections) if section["attrs"]["id"] == chosen)
    level, (first, *others) = level_of(sections[start]), sections[start:]
    return [first, *takewhile(lambda section: level_of(section) > level or not level_of(section), others)]


def extract_html(meeting: Meeting, minutes: Minutes, choice: str) -> str:
    """One item as it is printed in the minutes, under their title."""
    body = draw(item_of(contents(minutes), choice), printed_facts(minutes), "pdf")
    document = document_of(minutes, printed_layout(minutes), body, draft=not minutes.is_sealed)
    said = {"title": f"{document['title']} – extrait", "version": ["Extrait", *document["version"]]}
    return drawn(document | said | {"footer": PARTIAL})


def numbered_html(meeting: Meeting, minutes: Minutes, choice: str = "") -> str:
    """The whole text, spaced out, the lines of each page numbered in the margin for a correction by hand."""
    document = minutes_document(minutes, draft=not minutes.is_sealed)
    return drawn(document | {"title": f"{document['title']} – à corriger", "page_class": "numbered", "footer": ""})


def drawn(document: dict) -> str:
    return render_to_string("pdf/minutes.html", document)
