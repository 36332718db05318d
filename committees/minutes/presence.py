"""Who has the editor open, in which section, and who has the hand there. Courtesy only: the versions protect the text.

Each open page leaves a note of its own in Valkey (clu_portal/ephemeral.py); who has the hand follows from the notes.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from clu_portal.ephemeral import leave_note, shared_notes
from clu_portal.tenancy import required_prefecture_id

LIVE_SECONDS = 12  # a page asks every two seconds, every ten when hidden
GRACE_SECONDS = 6  # for the page that has the hand to save and to give it
NO_CLIENT = "-"
HERE, WRITES, TAKES, GONE = "here", "writes", "takes", "gone"


@dataclass(frozen=True)
class OpenPage:
    """One open editor: whose, in which section, doing what, since when; when it last asked (seconds)."""

    client: str
    account: int
    name: str
    section: str
    doing: str
    since: float
    seen: float

    @property
    def claims(self) -> bool:
        return self.doing in (WRITES, TAKES)


def is_live(page: OpenPage, now: float) -> bool:
    return page.doing != GONE and now - page.seen <= LIVE_SECONDS


def carried_on(page: OpenPage, former: OpenPage | None) -> OpenPage:
    """The page as it now says to be; what it goes on doing in the same section, it does since the same time."""
    goes_on = former is not None and (former.section, former.doing) == (page.section, page.doing)
    return replace(page, since=former.since) if goes_on else page


def holder(pages: Iterable[OpenPage], now: float) -> OpenPage | None:
    """The one that has the hand among the live pages of a section: the first to write there, or the last to take it.

    Who takes it has it once the others have given it, or after GRACE_SECONDS.
    """
    claims = sorted((page for page in pages if page.claims), key=lambda page: (page.since, page.client))
    taken = [page for page in claims if page.doing == TAKES and now - page.since >= GRACE_SECONDS]
    return next(iter([*reversed(taken), *claims]), None)


def asker(pages: Iterable[OpenPage], held_by: OpenPage) -> OpenPage | None:
    """The page that waits for the hand which another has, the last to ask."""
    waiting = [page for page in pages if page.doing == TAKES and page is not held_by and page.since > held_by.since]
    return max(waiting, key=lambda page: (page.since, page.client), default=None)


def note_presence(minutes: int, page: OpenPage) -> list[OpenPage]:
    """Note where a page is, and return the live pages of these minutes, this one among them."""
    name, now = f"presence:{required_prefecture_id()}:{minutes}", page.seen
    known = {client: read(note) for client, note in shared_notes(name).items()}
    page = carried_on(page, known.get(page.client))
    dead = [client for client, other in known.items() if other is None or not is_live(other, now)]
    if page.client != NO_CLIENT:
        leave_note(name, page.client, json.dumps(asdict(page)), erased=[c for c in dead if c != page.client])
    others = [other for client, other in known.items() if client not in dead and client != page.client]
    return [*others, page] if is_live(page, now) else others


def read(note: str) -> OpenPage | None:
    """A note left by an older portal says nothing."""
    try:
        return OpenPage(**json.loads(note))
    except (ValueError, TypeError):
        return None
