"""Addresses of pages, remembered: a list asks for one per row and the menu for fifteen, the same at each request."""

from functools import lru_cache

from django.urls import get_urlconf, reverse


def address_of(name: str, *args, **kwargs) -> str:
    """Return the address of a page by its URL name, as `reverse`. Raises NoReverseMatch."""
    return _remembered(get_urlconf(), name, args, tuple(kwargs.items()))


@lru_cache(maxsize=10_000)
def _remembered(urlconf: str | None, name: str, args: tuple, kwargs: tuple) -> str:
    return reverse(name, urlconf, args, dict(kwargs))
