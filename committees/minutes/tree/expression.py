"""Content expressions of ProseMirror, as regular expressions over the names of the children."""

import re
from collections.abc import Iterable, Mapping

TOKEN = re.compile(r"\s*(?:(?P<name>[a-z_]+)|(?P<sign>[|()*+?]))")


def compile_expression(expression: str, names: Iterable[str], groups: Mapping[str, list[str]]) -> re.Pattern:
    """Return the pattern that `spell` of a node's children must match in full.

    Raises ValueError for an unknown name or a sign outside the part of the language that nodes.json uses.
    """
    known, parts, position = set(names), [], 0
    while expression[position:].strip():
        token = TOKEN.match(expression, position)
        if not token:
            raise ValueError(f"unreadable content expression: {expression!r}")
        parts.append(token["sign"] or _alternatives(token["name"], known, groups))
        position = token.end()
    return re.compile("".join("(?:" if part == "(" else part for part in parts))


def spell(names: Iterable[str]) -> str:
    return "".join(f"{name} " for name in names)


def _alternatives(name: str, known: set[str], groups: Mapping[str, list[str]]) -> str:
    members = [name] if name in known else groups.get(name)
    if not members:
        raise ValueError(f"unknown node or group: {name!r}")
    return f"(?:{'|'.join(f'{member} ' for member in members)})"
