"""Personal links in the text of messages: kept while the message may leave, then their hash alone stays (A07)."""

import re

PERSONAL_LINK = re.compile(r"(/acces/|/compte/mot-de-passe/nouveau/)[\w-]{20,}/")
FORGOTTEN_LINK = re.compile(r"(/acces/|/compte/mot-de-passe/nouveau/)…/")


def without_links(text: str) -> str:
    return PERSONAL_LINK.sub(r"\1…/", text)


def has_lost_a_link(text: str) -> bool:
    return bool(FORGOTTEN_LINK.search(text))
