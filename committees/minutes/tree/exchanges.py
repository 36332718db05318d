"""Which answer answers which remark, and how a reader is told."""

from collections.abc import Mapping, Sequence

from django.utils.text import capfirst

from .errors import TreeError
from .nodes import attribute

USUAL_MARKER = "–"
MARKS = ",;:.!?…-–—"  # what a typed name may end with, instead of the colon
JOINING = " \u00a0\u202f,;:-–—"
NOUNS = {"question": "question", "suggestion": "suggestion"}


def remarks_of(exchange: dict) -> list[dict]:
    return [node for node in exchange["content"] if node["type"] == "remark"]


def answers_of(exchange: dict) -> list[dict]:
    return [node for node in exchange["content"] if node["type"] == "answer"]


def unmarked(remark: dict) -> dict:
    """The same without the usual dash, for an exchange that nothing opens; a marker chosen for it stays."""
    usual = attribute(remark, "marker").strip() == USUAL_MARKER
    return remark | {"attrs": remark.get("attrs", {}) | {"marker": ""}} if usual else remark


def check_answers(exchange: dict, path: tuple) -> None:
    """Refuse two remarks of one id, and an answer to what its exchange does not hold. Raises TreeError."""
    ids = [attribute(remark, "id") for remark in remarks_of(exchange)]
    known = set(ids)
    if len(known) != len(ids):
        raise TreeError("Deux observations d’un échange portent le même identifiant.", (*path, "content"))
    for index, node in enumerate(exchange["content"]):
        if node["type"] == "answer" and not known.issuperset(attribute(node, "answers")):
            here = (*path, "content", index, "attrs", "answers")
            raise TreeError("Une réponse répond à une observation qui n’est pas dans son échange.", here)


def mentions(remarks: Sequence[dict], answers: Sequence[dict]) -> list[str]:
    """Return what each answer is about, « sur la 2e observation », "" for each where it is evident.

    It is evident when there is one remark, or when each answer is about all of them (an empty list says so too).
    """
    ids = {attribute(remark, "id"): rank for rank, remark in enumerate(remarks, start=1)}
    ranks = [_ranks(attribute(answer, "answers"), ids) for answer in answers]
    if len(ids) < 2 or all(len(found) == len(ids) for found in ranks):
        return [""] * len(answers)
    noun = noun_of(remarks)
    return [about_ranks(found, len(ids), noun) for found in ranks]


def shows_mentions(exchange: dict) -> bool:
    """Whether it prints what each answer is about; which answer answers what is known all the same."""
    return attribute(exchange, "mentions") == "shown"


def _ranks(answered: Sequence[str], ids: Mapping[str, int]) -> list[int]:
    return sorted({ids[id] for id in answered if id in ids}) if answered else list(ids.values())


def noun_of(remarks: Sequence[dict]) -> str:
    kinds = {attribute(remark, "kind") for remark in remarks}
    return NOUNS.get(kinds.pop(), "observation") if len(kinds) == 1 else "observation"


def about_ranks(ranks: list[int], count: int, noun: str) -> str:
    """« sur la 2e observation », « sur l’ensemble des questions »: the remarks of these ranks, among `count`."""
    if not ranks:
        return ""
    if len(ranks) == count:
        return f"sur l’ensemble des {noun}s"
    words = ["1re" if rank == 1 else f"{rank}e" for rank in ranks]
    if len(words) == 1:
        return f"sur la {words[0]} {noun}"
    return f"sur les {', '.join(words[:-1])} et {words[-1]} {noun}s"


def lead(speaker: str, mention: str = "", text: str = "") -> str:
    """Return what opens a turn: « M. A, sur la 2e observation : ». The name stays as typed.

    No colon follows a name that ends with a mark of its own (« Mme A, », « Mme A - »), nor one that `text` goes on
    from in lower case (« Mme A » « demande si… »); a mention always takes one.
    """
    speaker = speaker.strip()
    if mention:
        speaker = speaker.rstrip(JOINING)
        words = f"{speaker}, {mention}" if speaker else capfirst(mention)
        return f"{words}\u00a0:"
    goes_on = not speaker or speaker[-1] in MARKS or text.lstrip()[:1].islower()
    return speaker if goes_on else f"{speaker}\u00a0:"


def answers_title(exchange: dict, count: int) -> str:
    """Return the title typed above the answers, or the one their number asks for."""
    typed = attribute(exchange, "answers_title").strip()
    return typed or ("Réponse apportée" if count == 1 else "Réponses apportées")
