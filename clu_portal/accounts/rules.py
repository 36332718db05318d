"""Pure rules of accounts: no database, no clock."""

from collections.abc import Iterable
from datetime import date

from clu_portal.accounts.enums import RoleKind

# First words of the portal's own addresses: a préfecture named so would hide a page.
RESERVED_SLUGS = frozenset(
    {
        "acces",
        "accessibilite",
        "administration-nationale",
        "aide",
        "api",
        "compte",
        "donnees-personnelles",
        "favicon-ico",
        "healthz",
        "media",
        "mentions-legales",
        "plan-du-site",
        "robots-txt",
        "static",
        "verifier",
        "well-known",
    }
)


def somebody_stays(others: Iterable[date | None], last_day: date | None) -> bool:
    """Whether the others who hold the role (the last day of each, None without end) outlast one who leaves.

    `last_day` is the last day of the one who leaves; None when it never ends, and then nobody is missed.
    """
    if last_day is None:
        return True
    return any(end is None or end > last_day for end in others)


def role_is_in_force(day: date, starts_on: date, ends_on: date | None, closed_on: date | None) -> bool:
    """Whether a role is held that day: begun, not over, and not withdrawn, were it that very day.

    The same rule as `RoleQuerySet.in_force_on`, for roles already read; a test holds the two together.
    """
    return starts_on <= day and (ends_on is None or ends_on >= day) and (closed_on is None or closed_on > day)


def rights(held: dict[int, set[str]], national_id: int | None) -> dict[int, set[str]]:
    """Return the roles that count, by préfecture, of those an account holds. `national_id`: the national one, if any.

    Who administers the whole reads no préfecture's text: that role counts in the national administration only, where
    no other does, and whoever holds it has no right elsewhere, whatever other rows say.
    """
    if RoleKind.NATIONAL_ADMIN in held.get(national_id, ()):
        return {national_id: {RoleKind.NATIONAL_ADMIN}}
    local = {pk: kinds - {RoleKind.NATIONAL_ADMIN} for pk, kinds in held.items() if pk != national_id}
    return {pk: kinds for pk, kinds in local.items() if kinds}


def slug_is_reserved(slug: str) -> bool:
    return slug in RESERVED_SLUGS
