"""Quorum, proxies and votes, on plain values: what a committee that chose to have rules may and may not do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time

from committees.meetings.enums import CAME, ChairVoice, VoteMethod, VoteResult


@dataclass(frozen=True)
class Rules:
    """The rules of a committee; everything off by default."""

    has_quorum: bool = False
    quorum_numerator: int = 1
    quorum_denominator: int = 2
    quorum_is_strict: bool = False
    second_convocation_lifts: bool = False
    has_proxies: bool = False
    proxies_count: bool = False
    proxies_per_holder: int = 1
    has_votes: bool = False
    chair_casts: bool = False
    rule_text: str = ""

    @property
    def text(self) -> str:
        """The rule as it is shown and printed: what was typed or, without it, what the choices say."""
        return self.rule_text.strip() or rule_in_words(self)


@dataclass(frozen=True)
class Sitter:
    """One line of attendance, as the quorum counts it: the seats it may fill, no more than the persons it names."""

    pk: int
    seats: frozenset[int]
    status: str
    persons: int = 1
    arrived_at: time | None = None
    left_at: time | None = None
    missed: frozenset[int] = frozenset()
    proxy_to: int | None = None


@dataclass(frozen=True)
class Quorum:
    """Where the quorum stands. `seats`: those filled on the day; `counted` the ones that count towards it."""

    seats: int
    present: int
    proxies: int
    counted: int
    needed: int
    is_met: bool
    is_lifted: bool = False

    @property
    def may_decide(self) -> bool:
        return self.is_met or self.is_lifted


def seats_needed(seats: int, rules: Rules) -> int:
    """The least number of seats: « la moitié au moins » of 15 is 8, « plus de la moitié » of 16 is 9."""
    share, rest = divmod(seats * rules.quorum_numerator, rules.quorum_denominator)
    return share + 1 if rest or rules.quorum_is_strict else share


def was_there(sitter: Sitter, at: time | None, item: int | None) -> bool:
    """Whether somebody who came was in the meeting at an hour, for an item. Arrived on the minute, they are there."""
    if sitter.status not in CAME or (item is not None and item in sitter.missed):
        return False
    if at is None:
        return True
    return (sitter.arrived_at is None or sitter.arrived_at <= at) and (sitter.left_at is None or at < sitter.left_at)


def seats_taken(sitters: Collection[Sitter], seats: set[int]) -> set[int]:
    """The seats these lines fill, each once, as many as can be; a line fills one for each person it names at most."""
    holders: dict[int, Sitter] = {}
    for sitter in sorted(sitters, key=lambda sitter: (len(sitter.seats & seats), sitter.pk)):
        for _ in range(sitter.persons):
            find_seat(sitter, seats, holders, set())
    return set(holders)


def find_seat(sitter: Sitter, seats: set[int], holders: dict[int, Sitter], tried: set[int]) -> bool:
    """Seat somebody, moving whoever sits there to another of their seats where they have one (augmenting path)."""
    for seat in sorted(sitter.seats & seats):
        if seat not in tried:
            tried.add(seat)
            if seat not in holders or find_seat(holders[seat], seats, holders, tried):
                holders[seat] = sitter
                return True
    return False


def quorum(
    sitters: Sequence[Sitter],
    seats: Collection[int],
    rules: Rules,
    *,
    second_convocation: bool = False,
    at: time | None = None,
    item: int | None = None,
) -> Quorum:
    """Count the seats present, each once, and the proxies held by somebody present, where the rule counts them."""
    there = {sitter.pk: sitter for sitter in sitters if was_there(sitter, at, item)}
    present = seats_taken(there.values(), set(seats))
    given = [sitter for sitter in sitters if sitter.pk not in there and sitter.proxy_to in there]
    proxies = seats_taken(given, set(seats) - present)
    counted = len(present) + (len(proxies) if rules.has_proxies and rules.proxies_count else 0)
    needed = seats_needed(len(seats), rules)
    return Quorum(
        seats=len(seats),
        present=len(present),
        proxies=len(proxies),
        counted=counted,
        needed=needed,
        is_met=not rules.has_quorum or (bool(seats) and counted >= needed),
        is_lifted=rules.has_quorum and rules.second_convocation_lifts and second_convocation,
    )


def voices(state: Quorum, rules: Rules) -> int:
    """How many voices may be counted in a vote: the seats present, and the proxies where they are admitted."""
    return state.present + (state.proxies if rules.has_proxies else 0)


def proxy_refusal(giver: Sitter, holder: Sitter, held: int, rules: Rules) -> str:
    """Return the code of the refusal of a proxy, "" when it may be given. `held`: those the holder has already."""
    if not rules.has_proxies:
        return "proxies_off"
    if not giver.seats:
        return "proxy_without_seat"
    if giver.status in CAME:
        return "proxy_of_somebody_present"
    if holder.status not in CAME or not holder.seats:
        return "proxy_to_somebody_away"
    return "too_many_proxies" if held >= rules.proxies_per_holder else ""


def vote_result(
    in_favour: int, against: int, chair_voice: str, rules: Rules, *, by_consensus: bool = False
) -> VoteResult:
    """The result of a vote by simple majority of the voices given, abstentions apart; a consensus needs no count."""
    if by_consensus and not against:
        return VoteResult.ADOPTED
    if in_favour != against:
        return VoteResult.ADOPTED if in_favour > against else VoteResult.REJECTED
    if rules.chair_casts and chair_voice and in_favour:
        return VoteResult.ADOPTED_BY_CHAIR if chair_voice == ChairVoice.FOR else VoteResult.REJECTED_BY_CHAIR
    return VoteResult.TIED


FRACTIONS = {
    (1, 2): "la moitié",
    (1, 3): "le tiers",
    (2, 3): "les deux tiers",
    (1, 4): "le quart",
    (3, 4): "les trois quarts",
}
MORE_THAN = {"la moitié": "plus de la moitié", "le tiers": "plus du tiers", "le quart": "plus du quart"}


def fraction_in_words(rules: Rules) -> str:
    """« la moitié au moins », « plus du tiers », « 3/5 au moins »."""
    numbers = (rules.quorum_numerator, rules.quorum_denominator)
    words = FRACTIONS.get(numbers, "les {}/{}".format(*numbers))
    if rules.quorum_is_strict:
        return MORE_THAN.get(words, f"plus {words.replace('les ', 'des ', 1)}")
    return f"{words} au moins"


def rule_in_words(rules: Rules) -> str:
    said = []
    if rules.has_quorum:
        said.append(f"Le quorum est atteint quand {fraction_in_words(rules)} des sièges pourvus sont occupés.")
        if rules.has_proxies:
            said.append(f"Les pouvoirs {'comptent' if rules.proxies_count else 'ne comptent pas'} dans le quorum.")
        if rules.second_convocation_lifts:
            said.append("Après une seconde convocation, le comité délibère sans condition de quorum.")
    if rules.has_proxies:
        number = rules.proxies_per_holder
        said.append(f"Une personne présente détient {number} pouvoir{'s' * (number > 1)} au plus.")
    if rules.has_votes:
        said.append("Les avis sont rendus à la majorité des voix exprimées.")
        if rules.chair_casts:
            said.append("En cas de partage, la voix de la présidence est prépondérante.")
    return " ".join(said)


def quorum_in_words(state: Quorum, rules: Rules) -> str:
    """« 8 sièges présents sur 15 ; il en faut 8 : le quorum est atteint. »"""
    if not state.seats:
        return "Aucun siège n'est pourvu ce jour-là : le quorum ne se calcule pas."
    there = f"{counted(state.present, 'siège')} {'présents' if state.present > 1 else 'présent'} sur {state.seats}"
    if rules.has_proxies and state.proxies:
        there += f", {counted(state.proxies, 'pouvoir')}{'' if rules.proxies_count else ' (hors quorum)'}"
    reached = "le quorum est atteint" if state.is_met else "le quorum n'est pas atteint"
    lifted = " ; la seconde convocation en dispense" if state.is_lifted and not state.is_met else ""
    return f"{there} ; il en faut {state.needed} : {reached}{lifted}."


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number > 1)}"


def vote_in_words(in_favour: int, against: int, abstentions: int, result: str, *, method: str = "") -> str:
    """« 7 voix pour, 2 contre, 1 abstention : adopté. », « adopté par consensus. »"""
    if method == VoteMethod.CONSENSUS and not in_favour + against + abstentions:
        return f"{VoteResult(result).label.capitalize()} par consensus."
    votes = f"{in_favour} voix pour, {against} contre, {counted(abstentions, 'abstention')}"
    return f"{votes} : {VoteResult(result).label}."
