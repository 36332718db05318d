"""The types an attribute of a node or of a mark may have."""

import re
from urllib.parse import urlsplit

from .errors import ATTRIBUTE_NAMES, TreeError, quoted

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Unicode C0 and C1 controls, then what neither UTF-8, PostgreSQL's jsonb nor XML can hold.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
NOT_IN_ADDRESS = re.compile(r"[\s\\<>\"]")
MAILTO = re.compile(r"mailto:[^@?&,;:]+@[^@?&,;:]+(\?[^@]*)?", re.IGNORECASE)


def check_attributes(given, rules: dict, path: tuple, limits: dict) -> None:
    """Refuse attributes that are unknown, missing without a default, or not of their type."""
    if not isinstance(given, dict):
        raise TreeError("Les propriétés d’un élément sont illisibles.", path)
    for name in given:
        if name not in rules:
            raise TreeError(f"La propriété {quoted(name)} n’existe pas dans un compte-rendu.", (*path, name))
    for name, rule in rules.items():
        if name in given:
            CHECKS[rule["type"]](given[name], rule, name, (*path, name), limits)
        elif "default" not in rule:
            raise TreeError(f"Il manque {ATTRIBUTE_NAMES[name]}.", (*path, name))


def check_text(text, path: tuple) -> None:
    """Refuse what is not text, and the characters that no one sees and no file keeps."""
    if not isinstance(text, str):
        raise TreeError("Un texte est illisible.", path)
    if found := UNPRINTABLE.search(text):
        code = f"U+{ord(found[0]):04X}"
        before = text[max(0, found.start() - 20) : found.start()]
        where = f"après {quoted(before)}" if before else "au début d’un texte"
        raise TreeError(f"Un caractère invisible ({code}) est à effacer {where}.", path)


def _check_uuid(value, rule, name, path, limits):
    if not (isinstance(value, str) and UUID.fullmatch(value)):
        raise TreeError(f"{_subject(name)} n’est pas valable.", path)


def _check_uuids(value, rule, name, path, limits):
    if not isinstance(value, list) or not all(isinstance(id, str) and UUID.fullmatch(id) for id in value):
        raise TreeError(f"{_subject(name)} n’est pas valable.", path)
    if len(set(value)) != len(value):
        raise TreeError(f"{_subject(name)} nomme deux fois la même.", path)


def _check_integer(value, rule, name, path, limits):
    lowest, highest = rule["minimum"], rule["maximum"]
    if type(value) is not int or not lowest <= value <= highest:
        raise TreeError(f"{_subject(name)} doit être un nombre entier de {lowest} à {highest}.", path)


def _check_choice(value, rule, name, path, limits):
    if not isinstance(value, str) or value not in rule["choices"]:
        raise TreeError(f"{_subject(name)} {quoted(value)} n’existe pas.", path)


def _check_text(value, rule, name, path, limits):
    check_text(value, path)
    longest = rule.get("length", limits["text_attribute_length"])
    if len(value) > longest:
        raise TreeError(f"{_subject(name)} dépasse {longest} caractères.", path)


def _check_href(value, rule, name, path, limits):
    check_text(value, path)
    if len(value) > limits["href_length"]:
        raise TreeError(f"{_subject(name)} dépasse {limits['href_length']} caractères.", path)
    if value.partition(":")[0].lower() not in rule["schemes"] or NOT_IN_ADDRESS.search(value) or not _leads(value):
        allowed = "https:// (une page) ou mailto: (une adresse électronique)"
        raise TreeError(f"{_subject(name)} {quoted(value)} n’est pas admise : elle commence par {allowed}.", path)


def _leads(address: str) -> bool:
    """True when the address names a host or a mailbox; a user name before the host is how one is deceived."""
    if address[:7].lower() == "mailto:":
        return bool(MAILTO.fullmatch(address))
    if address[:8].lower() != "https://":
        return False
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc


def _subject(name: str) -> str:
    words = ATTRIBUTE_NAMES[name]
    return words[0].upper() + words[1:]


CHECKS = {
    "uuid": _check_uuid,
    "uuids": _check_uuids,
    "integer": _check_integer,
    "choice": _check_choice,
    "text": _check_text,
    "href": _check_href,
}
