"""Where a page may send the reader next: somewhere in the portal, nowhere else."""

from urllib.parse import urlsplit

from django.utils.http import url_has_allowed_host_and_scheme

MAX_LENGTH = 2000


def local_path(value: str | None, default: str = "/") -> str:
    """Return `value` when it is a path of the portal (« /valmarche/reunions/12/?page=2 »), else `default`.

    Refused: another host (//host, /\\host), a scheme, a path that is not absolute, and any control character or
    blank, which browsers drop before they read the address.
    """
    return value if value and _is_local(value) else default


def _is_local(value: str) -> bool:
    if len(value) > MAX_LENGTH or "\\" in value or not value.isprintable() or " " in value:
        return False
    if not value.startswith("/") or not url_has_allowed_host_and_scheme(value, allowed_hosts=None):
        return False
    return "//" not in urlsplit(value).path
