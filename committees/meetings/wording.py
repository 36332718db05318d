"""What an attendance list prints when nobody typed otherwise, agreeing in gender and number. Pure: plain values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from clu_portal.lib.text import of_whom
from committees.meetings.enums import AttendanceStatus, Capacity, Gender, Mode, Representation

# The first words that tell the gender of a body or an office: « Union des familles », « Directrice du secrétariat ».
FEMININE_BODIES = re.compile(
    r"^(agence|association|caisse|chambre|cité|collectivité|commission|commune|communauté|compagnie|confédération"
    r"|coopérative|cour|délégation|direction|fédération|fondation|ligue|mairie|maison|mission|mutuelle|région|société"
    r"|(sous-)?préfecture|ville|union)$"
)
FEMININE_OFFICES = re.compile(
    r"(trice|teuse|cheffe|dente|référente|pondante|fète|jointe|guée|ière|enne|madame|mme)s?$"
)
EPICENE_OFFICES = frozenset({"maire", "membre", "responsable", "secrétaire"})
CIVILITIES = re.compile(r"(?<!\w)(mmes|mme|madame|mesdames|mm\.|m\.|monsieur|messieurs)(?!\w)", re.IGNORECASE)
PERSONS = r"(?P<name>(?:MM?\.|Mmes?|Monsieur|Madame|Messieurs|Mesdames)\s[^,:–]+)"
NAME_FIRST = re.compile(rf"{PERSONS}(?:,|\s–)\s(?P<function>.+)")
BODY_FIRST = re.compile(rf"(?P<body>[^:]+)\s:\s{PERSONS}(?:(?:,|\s–)\s(?P<function>.+))?")
FEMININE_ADJECTIVE = re.compile(r"(ale|elle|ive|ère|ée|ente)s?$")


@dataclass(frozen=True)
class Agreement:
    """The gender and number of one or several persons: feminine when every one of them is known to be a woman."""

    is_feminine: bool = False
    is_plural: bool = False

    def of(self, masculine: str) -> str:
        """« excusé » agreed: « excusée », « excusés », « excusées ». Every participle we print agrees this way."""
        return f"{masculine}{'e' * self.is_feminine}{'s' * self.is_plural}"


@dataclass(frozen=True)
class Line:
    """One line of attendance as the rules see it: what is known, without a row."""

    body: str = ""  # organisation, seat or office, as printed
    persons: tuple[str, ...] = ()
    office: str = ""
    genders: tuple[str, ...] = ()  # one per person; of the body alone when nobody is named
    status: str = AttendanceStatus.PRESENT
    capacity: str = Capacity.MEMBER
    mode: str = Mode.ROOM
    representation: str = Representation.NONE
    other_side: str = ""
    proxy_to: str = ""
    arrived_at: time | None = None
    left_at: time | None = None
    missed: tuple[str, ...] = ()

    @property
    def agreed(self) -> Agreement:
        return agreement(self.genders)


def agreement(genders: Sequence[str]) -> Agreement:
    is_feminine = bool(genders) and all(gender == Gender.FEMININE for gender in genders)
    return Agreement(is_feminine, len(genders) > 1)


def gender_of_wording(wording: str) -> str:
    """Guess the gender of a body or an office from its first words; "" when they do not tell.

    « Direction de la citoyenneté », « Secrétaire générale », « Cheffe du bureau » are feminine. A guess: the line of
    attendance has a field that corrects it.
    """
    words = [word.strip(",.") for word in wording.casefold().replace("\u2019", "'").split()]
    first, second = [*words, "", ""][:2]
    first = first.removeprefix("l'")
    if first in {"la", "une"} or FEMININE_BODIES.search(first) or FEMININE_OFFICES.search(first):
        return Gender.FEMININE
    is_feminine = first.removesuffix("s") in EPICENE_OFFICES and bool(FEMININE_ADJECTIVE.search(second))
    return Gender.FEMININE if is_feminine else Gender.UNKNOWN


def genders_in(text: str) -> tuple[str, ...]:
    """The genders of the persons a typed line names, from their civilities: « Mme Aubert et M. Brun » is two.

    « Mmes Aubert et Colin » counts two women. A line without a civility is one person of unknown gender.
    """
    found = []
    for match in CIVILITIES.finditer(text):
        civility = match[1].casefold()
        is_feminine = civility in {"mme", "mmes", "madame", "mesdames"}
        number = 2 if civility in {"mmes", "mesdames", "mm.", "messieurs"} else 1
        found += [Gender.FEMININE if is_feminine else Gender.MASCULINE] * number
    return tuple(found) or (Gender.UNKNOWN,)


def proposed_heading(status: str, capacity: str, genders: Sequence[str]) -> str:
    """« Présents », « Excusée », « Excusées », « Invitées », « Assistait également »: the heading of a group.

    `genders`: one per person of the whole group. What was excused or absent goes before the capacity: an excused
    guest stands among the excused.
    """
    agreed = agreement(genders)
    if status == AttendanceStatus.EXPECTED:
        return ""
    if status in (AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT):
        return agreed.of("Excusé" if status == AttendanceStatus.EXCUSED else "Absent")
    if capacity == Capacity.ASSISTING:
        return "Assistaient également" if agreed.is_plural else "Assistait également"
    return agreed.of({Capacity.GUEST: "Invité", Capacity.EXPERT: "Expert"}.get(capacity, "Présent"))


def proposed_line(line: Line) -> str:
    """« Union des familles : Mme Lise Aubert, présidente, en visioconférence, arrivée à 14 h 45 ».

    Whoever stands in for a body that names nobody is said where its persons would be: « Directrice : représentée
    par Mme Ève Colin, cheffe du bureau ».
    """
    named = ", ".join(part for part in (in_sentence(line.persons), line.office) if part)
    said = " : ".join(part for part in (line.body, named) if part)
    stands, beside = standing_in(line), " : " if line.body and not named else ", "
    return f"{said}{beside if said and stands else ''}{stands}{circumstances(line)}"


def rest_of(line: str, body: str, name: str, function: str) -> str | None:
    """What a printed line says besides who it names, or None when it names them otherwise.

    « Directrice : représentée par Mme Colin » of the body « Directrice » is « représentée par Mme Colin ». A line
    typed by hand in another order is understood when it says nothing else: « Mme Aubert, présidente, UDAF ».
    """
    known = [part for part in (body, name, function) if part]
    named = " : ".join(filter(None, (body, ", ".join(filter(None, (name, function))))))
    if named and line.startswith(named):
        return line.removeprefix(named).strip(" ,:–")
    left = line
    for part in sorted(known, key=len, reverse=True):
        if part not in left:
            return None
        left = left.replace(part, " ", 1)
    return "" if known and not any(map(str.isalnum, left)) else None


def parts_of(line: str) -> dict[str, str]:
    """Who a line typed by hand names, in its own words: « Mme Brun, directrice », « Mairie : M. Brun, maire ».

    Nothing when it is neither: it is then one whole.
    """
    found = NAME_FIRST.fullmatch(line) or BODY_FIRST.fullmatch(line)
    return {name: part.strip() for name, part in found.groupdict().items() if part} if found else {}


def standing_in(line: Line) -> str:
    if not line.other_side:
        return ""
    if line.representation == Representation.REPRESENTED_BY:
        return f"{line.agreed.of('représenté')} par {line.other_side}"
    if line.representation == Representation.REPRESENTING:
        return f"représentant {line.other_side}"
    if line.representation == Representation.SUBSTITUTE:
        return f"{line.agreed.of('suppléant')} {of_whom(line.other_side)}"
    return ""


def circumstances(line: Line) -> str:
    """How and when they took part, after a comma each: « , en visioconférence, arrivée à 14 h 45 »."""
    agreed = line.agreed
    said = [
        Mode(line.mode).label if line.mode != Mode.ROOM else "",
        f"{agreed.of('arrivé')} à {hour(line.arrived_at)}" if line.arrived_at else "",
        f"{agreed.of('parti')} à {hour(line.left_at)}" if line.left_at else "",
        f"{agreed.of('absent')} {points(line.missed)}" if line.missed else "",
        f"pouvoir donné à {line.proxy_to}" if line.proxy_to else "",
    ]
    return "".join(f", {part}" for part in said if part)


def points(labels: Sequence[str]) -> str:
    """« au point 2 », « aux points 2 et 3 »."""
    return f"{'aux points' if len(labels) > 1 else 'au point'} {in_sentence(labels)}"


def in_sentence(words: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    *before, last = words or [""]
    return f"{', '.join(before)} et {last}" if before else last


def hours(starts_at: time | None, ends_at: time | None) -> str:
    """« de 14 h 30 à 16 h », « à partir de 14 h 30 », « jusqu'à 16 h », "" when neither is known."""
    if starts_at and ends_at:
        return f"de {hour(starts_at)} à {hour(ends_at)}"
    if starts_at:
        return f"à partir de {hour(starts_at)}"
    return f"jusqu'à {hour(ends_at)}" if ends_at else ""


def hour(moment: time) -> str:
    """« 14 h 45 », « 14 h », with no-break spaces."""
    return f"{moment.hour}\u00a0h" + (f"\u00a0{moment.minute:02}" if moment.minute else "")
