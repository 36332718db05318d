"""Telling the workers that there may be work, without ever depending on the broker."""

import logging

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class SafeTask(Task):
    """A task that is a hint: the row waits in PostgreSQL, so a broker away loses nothing, the sweep finds it."""

    abstract = True

    def delay_safely(self, *args) -> None:
        """Queue after the commit; a broker away is logged, never an error for the person."""
        transaction.on_commit(lambda: self.hint(*args))

    def hint(self, *args) -> None:
        try:
            self.delay(*args)
        except (OperationalError, RedisError, OSError) as error:
            logger.warning("broker away, %s will be swept: %s", self.name, type(error).__name__)
