"""What may be forgotten at any second: kept in Valkey for a few seconds, never anywhere else.

The portal works without it. PostgreSQL holds all that must not be lost; what stands here is only courtesy.
"""

import logging
from functools import lru_cache

import redis
from django.conf import settings

WAIT_SECONDS = 0.5
KEPT_SECONDS = 60

logger = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def valkey(address: str) -> redis.Redis:
    """The pool of connections of this process: Celery's « redis+socket: » and « virtual_host » are renamed for it."""
    address = address.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=", 1)
    limits = {"socket_timeout": WAIT_SECONDS, "socket_connect_timeout": WAIT_SECONDS}
    return redis.Redis.from_url(address, decode_responses=True, **limits)


def shared_notes(name: str) -> dict[str, str]:
    """Return the notes left under a name, by author; none when Valkey is away."""
    try:
        return valkey(settings.REDIS_URL).hgetall(name)
    except redis.RedisError:
        logger.warning("ephemeral notes unavailable")
        return {}


def leave_note(name: str, author: str, text: str, *, erased: list[str]) -> None:
    """Write one author's note, erase others', and let the whole be forgotten soon."""
    try:
        with valkey(settings.REDIS_URL).pipeline(transaction=False) as several:
            several.hset(name, author, text)
            if erased:
                several.hdel(name, *erased)
            several.expire(name, KEPT_SECONDS)
            several.execute()
    except redis.RedisError:
        logger.warning("ephemeral notes unavailable")
