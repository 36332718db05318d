"""Hints: the queue only says that there may be work; PostgreSQL holds what is to be done (security.md §4.1)."""

import logging
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hint:
    """One task to queue. A broker that is away costs nothing but time: the scheduler finds the rows."""

    task: Any
    arguments: tuple = ()

    def __call__(self) -> None:
        try:
            self.task.delay(*self.arguments)
        except OperationalError:
            logger.warning("%s was not queued, the broker is away: its rows wait for the scheduler", self.task.name)


def queue_after_commit(task, *arguments) -> None:
    """Queue a task when the transaction is committed, once however often it is asked for within the transaction."""
    hint = Hint(task, arguments)
    if not any(waiting[1] == hint for waiting in connection.run_on_commit):
        transaction.on_commit(hint)
