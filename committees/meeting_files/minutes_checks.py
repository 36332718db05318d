"""What the minutes of a file must be: a text the tree allows, frozen as its hash says, sealed as it was approved."""

import base64
import hashlib
from collections.abc import Iterator

from committees.meeting_files.wording import Refusal
from committees.minutes.enums import SEALED_STATES, MinutesState
from committees.minutes.layout import is_layout
from committees.minutes.text import hash_of
from committees.minutes.tree.errors import TreeError
from committees.minutes.tree.nodes import attribute
from committees.minutes.tree.said import nodes_in
from committees.minutes.tree.schema import check_section


def minutes_refusals(file: dict) -> list[Refusal]:
    """The faults of the minutes of a file whose shape is right."""
    actions = {action["uuid"] for action in file["actions"]}
    stored = {item["uuid"]: item for item in file["files"]}
    refusals = []
    for index, minutes in enumerate(file["meeting"]["minutes"]):
        path = ("meeting", "minutes", index)
        wrong_text = list(text_refusals(minutes, actions, path))
        refusals += wrong_text or list(frozen_refusals(minutes, path))
        refusals += layout_refusals(minutes, path)
        refusals += approval_refusals(minutes, stored, path)
    return refusals


def text_refusals(minutes: dict, actions: set[str], path: tuple) -> Iterator[Refusal]:
    seen = set()
    for index, section in enumerate(minutes["sections"]):
        place = (*path, "sections", index)
        if section["uuid"] in seen:
            yield Refusal((*place, "uuid"), "cette section est déjà plus haut dans le texte.", "twice")
        seen.add(section["uuid"])
        yield from section_refusals(section, actions, (*place, "content"))
    known = [uuid for uuid in minutes["section_order"] if uuid in seen]
    if [section["uuid"] for section in minutes["sections"]][: len(known)] != known:
        yield Refusal(
            (*path, "sections"), "les sections ne sont pas dans l'ordre de « section_order ».", "wrong_order"
        )


def section_refusals(section: dict, actions: set[str], path: tuple) -> Iterator[Refusal]:
    try:
        check_section(section["content"])
    except TreeError as error:
        yield Refusal((*path, *error.path), error.message, "wrong_text")
        return
    if section["content"]["attrs"]["id"] != section["uuid"]:
        yield Refusal((*path, "attrs", "id"), "ce n'est pas l'uuid de la section.", "wrong_text")
    for node in nodes_in(section["content"], "action"):
        if attribute(node, "id") not in actions:
            message = f"l'action « {attribute(node, 'id')} » n'est pas dans « actions »."
            yield Refusal(path, message, "unknown_reference")


def frozen_refusals(minutes: dict, path: tuple) -> Iterator[Refusal]:
    """A text that is no longer drafted is the one its hash was computed on."""
    if minutes["state"] == MinutesState.DRAFTING:
        return
    if minutes["submitted_at"] is None and minutes["state"] != MinutesState.ABANDONED:
        yield Refusal((*path, "submitted_at"), "un texte soumis a un moment de soumission.", "missing_value")
    contents = [section["content"] for section in minutes["sections"]]
    if hash_of(contents, minutes["facts"]) != minutes["text_hash"]:
        yield Refusal((*path, "text_hash"), "l'empreinte n'est pas celle du texte et de ses faits.", "wrong_sha256")


def layout_refusals(minutes: dict, path: tuple) -> Iterator[Refusal]:
    """A frozen layout is one that can be drawn again; minutes frozen before there was one have none."""
    if minutes["layout"] is not None and not is_layout(minutes["layout"]):
        yield Refusal((*path, "layout"), "ce n'est pas une mise en page que ce portail sait imprimer.", "wrong_layout")


def approval_refusals(minutes: dict, stored: dict[str, dict], path: tuple) -> Iterator[Refusal]:
    for index, approval in enumerate(minutes["approvals"]):
        file = stored.get(approval["file"])
        if file and file["sha256"] != approval["sha256"]:
            message = "l'empreinte n'est pas celle du fichier approuvé."
            yield Refusal((*path, "approvals", index, "sha256"), message, "wrong_sha256")
        if not approval["approver_name"]:
            message = "une approbation porte le nom de qui a approuvé."
            yield Refusal((*path, "approvals", index, "approver_name"), message, "missing_value")
    current = [each for each in minutes["approvals"] if each["at"] >= (minutes["submitted_at"] or "")]
    if minutes["state"] == MinutesState.IN_REVIEW and current:
        message = "ce compte-rendu est approuvé et son sceau n'est pas encore posé : exportez-le une fois scellé."
        yield Refusal((*path, "state"), message, "not_yet_sealed")
    if minutes["state"] in SEALED_STATES:
        yield from sealed_refusals(minutes, current, stored, path)


def sealed_refusals(minutes: dict, current: list[dict], stored: dict[str, dict], path: tuple) -> Iterator[Refusal]:
    """A sealed file is the approved one, with the seal after its last byte (R06)."""
    sealed = stored.get(minutes["sealed_file"])
    approved = [stored[approval["file"]] for approval in current if approval["file"] in stored]
    if sealed is None or minutes["sealed_at"] is None:
        yield Refusal((*path, "sealed_file"), "un compte-rendu scellé a un fichier et une date.", "missing_value")
    elif not any(begins_with(sealed, file) for file in approved):
        message = "le fichier scellé n'est pas celui qui a été approuvé, suivi de son sceau."
        yield Refusal((*path, "sealed_file"), message, "not_approved")


def begins_with(sealed: dict, approved: dict) -> bool:
    try:
        content = base64.b64decode(sealed["content"])
    except ValueError:
        return False
    return hashlib.sha256(content[: approved["size"]]).hexdigest() == approved["sha256"]
