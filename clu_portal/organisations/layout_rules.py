"""What a layout prints, from plain values: the lines of the head, of the signature, the words put for the braces."""

import re
from collections.abc import Iterable, Mapping

from clu_portal.organisations.enums import AuthorityPlace, Brand, Gender, HeadOrder, TitleForm

MOST_SIGNATURE_LINES = 5
MOST_LINES, LONGEST_LINE = 12, 200
STATE_MOTTO = ("Liberté", "Égalité", "Fraternité")
BEFORE_A_COMPLEMENT = re.compile(r" (?=(?:de|du|des) |d['\u2019])", re.IGNORECASE)
BRACES = re.compile(r"\{([^{}]*)\}")
BLANKS = ("comité", "date", "jour")  # what stands between braces, and what is put there for each meeting
FIRST_WORD = re.compile(r"\W*(pr[ée]f[eè]te?)\b", re.IGNORECASE)

HEAD = {
    HeadOrder.LETTER: ("top", "services", "contacts", "drafters", "place_and_date", "references", "title"),
    HeadOrder.TITLE_FIRST: ("title", "place_and_date", "top", "services", "contacts", "drafters", "references"),
    HeadOrder.DATE_FIRST: ("top", "place_and_date", "services", "references", "contacts", "drafters", "title"),
}


def authority_lines(line: str, *, capitals: bool, broken: bool) -> list[str]:
    """« Préfet du Territoire de Fortargent » as it is printed: in capitals, cut before « de », « du », « des »."""
    if not line:
        return []
    shown = line.upper() if capitals else line
    return BEFORE_A_COMPLEMENT.split(shown) if broken else [shown]


def agrees(line: str, gender: str) -> bool:
    """Whether « Préfet », « Préfète » at the beginning of a line says the gender; a line without either may."""
    found = FIRST_WORD.match(line)
    return found is None or is_feminine(found[1]) == (gender == Gender.FEMININE)


def is_feminine(word: str) -> bool:
    return word.casefold().endswith("ète") or word.casefold().endswith("ete")


def signature_lines(before: Iterable[str], *, by_hand: bool, after: Iterable[str]) -> list[str]:
    """The lines of the signature that are typed; an empty line between is the room for a signature by hand."""
    room = [""] if by_hand else []
    return [*filter(None, before), *room, *filter(None, after)]


def contact_lines(label: str, agents: Iterable[str], details: Iterable[str]) -> list[str]:
    """« Affaire suivie par : Mme Ardoizel », then the others, the phones and the mailbox, a line each."""
    first, *others = list(agents) or [""]
    opening = " ".join(part for part in (label, first) if part)
    return [line for line in (opening, *others, *details) if line]


def unknown_blanks(text: str) -> list[str]:
    """What stands between braces and is put by nobody."""
    return [name for name in BRACES.findall(text) if name.strip().lower() not in BLANKS]


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with the words of a meeting in place of « {comité} », « {date} », « {jour} »."""
    return BRACES.sub(lambda found: words.get(found[1].strip().lower(), found[0]), text)


def order_of_head(order: str, title_form: str) -> tuple[str, ...]:
    """The blocks of the head as they are read. In a table, the title takes the date and the contacts in with it."""
    blocks = HEAD[HeadOrder(order)]
    if title_form == TitleForm.TABLE:
        return tuple(block for block in blocks if block not in ("place_and_date", "contacts"))
    return blocks


def authority_is_above(brand: str, place: str) -> bool:
    """In a brand block the authority is what the block says, and comes first."""
    return brand != Brand.NONE or place == AuthorityPlace.ABOVE


def object_line(references: list[dict]) -> dict | None:
    """The line « Objet : … » among the references, whatever its case."""
    is_object = (line for line in references if line["label"].casefold().startswith("objet"))
    return next(is_object, None)
