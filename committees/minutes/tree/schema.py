"""The check of a tree against nodes.json."""

from collections.abc import Sequence

from .attributes import UUID, check_attributes, check_text
from .errors import NODE_NAMES, TreeError, quoted
from .exchanges import check_answers
from .expression import spell
from .form import canonical_form, compact_bytes
from .grid import place_cells
from .nodes import LIMITS, MARKS, NODES, TOP, NodeType


def check_sections(sections: Sequence[dict]) -> None:
    """Refuse a document one section of which is refused, or two of which bear the same id. Raises TreeError."""
    if not isinstance(sections, list | tuple):
        raise TreeError("Le compte-rendu est illisible.")
    seen = set()
    for index, section in enumerate(sections):
        try:
            check_section(section)
        except TreeError as error:
            raise TreeError(error.message, (index, *error.path), error.section) from None
        id = section["attrs"]["id"]
        if id in seen:
            raise TreeError("Deux sections portent le même identifiant.", (index, "attrs", "id"), id)
        seen.add(id)


def check_section(section: dict) -> None:
    """Refuse whatever nodes.json does not allow. Raises TreeError at the first fault, in the order of reading."""
    try:
        _check_tree(section)
    except TreeError as error:
        raise TreeError(error.message, error.path, _readable_id(section)) from None


def _readable_id(section) -> str:
    attrs = section.get("attrs") if isinstance(section, dict) else None
    id = attrs.get("id") if isinstance(attrs, dict) else None
    return id if isinstance(id, str) and UUID.fullmatch(id) else ""


def _check_tree(section: dict) -> None:
    if not isinstance(section, dict) or section.get("type") != TOP:
        raise TreeError("Un compte-rendu est fait de sections.")
    # A stack of our own: a tree of any depth is refused with a sentence, not with a RecursionError.
    waiting, tables, exchanges = [(section, (), 0)], [], []
    while waiting:
        node, path, list_depth = waiting.pop()
        kind = _check_node(node, path)
        list_depth += kind == "list"
        _check_depth(path, list_depth)
        if kind == "table":
            tables.append((node, path))
        if kind == "exchange":
            exchanges.append((node, path))
        children = node.get("content", ())
        waiting.extend((children[i], (*path, "content", i), list_depth) for i in reversed(range(len(children))))
    for table, path in tables:
        place_cells(table, path, span_limit=LIMITS["span"])
    for exchange, path in exchanges:
        check_answers(exchange, path)
    _check_size(section)


def _check_node(node: dict, path: tuple) -> str:
    """Check one node without its descendants; return its type. Its own type was checked with its parent."""
    name = node["type"]
    kind = NODES[name]
    allowed = {"type", "text", "marks"} if name == "text" else {"type", "attrs", "content", "marks"}
    if unknown := set(node) - allowed:
        raise TreeError(f"La propriété {quoted(min(unknown))} n’existe pas dans un compte-rendu.", path)
    if name == "text":
        check_text(node.get("text"), (*path, "text"))
        if not node["text"]:
            raise TreeError("Un texte est vide.", (*path, "text"))
    else:
        check_attributes(node.get("attrs", {}), kind.attrs, (*path, "attrs"), LIMITS)
        _check_children(node, kind, path)
    if not kind.is_inline and "marks" in node:
        _check_marks(node["marks"], frozenset(), (*path, "marks"))
    return name


def _check_children(node: dict, kind: NodeType, path: tuple) -> None:
    children, here = node.get("content", []), (*path, "content")
    if not isinstance(children, list):
        raise TreeError("Le contenu d’un élément est illisible.", here)
    for index, child in enumerate(children):
        name = child.get("type") if isinstance(child, dict) else None
        if not isinstance(name, str) or name not in NODES:
            raise TreeError(f"L’élément {quoted(name)} n’existe pas dans un compte-rendu.", (*here, index))
        if NODES[name].is_inline and "marks" in child:
            _check_marks(child["marks"], kind.marks, (*here, index, "marks"))
    if not kind.content.fullmatch(spell(child["type"] for child in children)):
        raise TreeError(_misplaced(node["type"], children), here)
    if node["type"] == "signature_block" and len(children) > LIMITS["signature_lines"]:
        raise TreeError(f"Un bloc de signature a au plus {LIMITS['signature_lines']} lignes.", here)


def _misplaced(parent: str, children: list[dict]) -> str:
    where = f"L’élément « {NODE_NAMES[parent]} »"
    if not children:
        return f"{where} ne peut pas être vide."
    names = ", ".join(dict.fromkeys(NODE_NAMES[child["type"]] for child in children))
    return f"{where} ne peut pas contenir, dans cet ordre : {names}."


def _check_marks(marks, allowed: frozenset[str], path: tuple) -> None:
    if not isinstance(marks, list):
        raise TreeError("La mise en forme d’un texte est illisible.", path)
    seen = set()
    for index, mark in enumerate(marks):
        here = (*path, index)
        name = mark.get("type") if isinstance(mark, dict) else None
        if not isinstance(name, str) or name not in MARKS or set(mark) - {"type", "attrs"}:
            raise TreeError(f"La mise en forme {quoted(name)} n’existe pas dans un compte-rendu.", here)
        if name not in allowed:
            raise TreeError("La mise en forme n’est pas admise à cet endroit.", here)
        if name in seen:
            raise TreeError("Une mise en forme est donnée deux fois au même texte.", here)
        seen.add(name)
        check_attributes(mark.get("attrs", {}), MARKS[name], (*here, "attrs"), LIMITS)


def _check_depth(path: tuple, list_depth: int) -> None:
    if list_depth > LIMITS["list_depth"]:
        raise TreeError(f"Les listes ont au plus {LIMITS['list_depth']} niveaux.", path)
    if len(path) // 2 + 1 > LIMITS["depth"]:
        raise TreeError("Les éléments sont imbriqués trop profondément.", path)


def _check_size(section: dict) -> None:
    # The canonical form is what is stored and checked again before drawing: what passes once passes for ever.
    size = len(compact_bytes(canonical_form(section)))
    if size > LIMITS["section_bytes"]:
        limit = LIMITS["section_bytes"] // 1000
        raise TreeError(f"La section est trop longue ({size // 1000} ko pour {limit} admis) : partagez-la en deux.")
