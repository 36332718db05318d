"""The scheduler: beat, with its heartbeat, and without a file that a kill could spoil.

Nothing is remembered between two starts: what is due is computed from the database at each tick (security.md §4.3).
"""

import logging

from celery import beat
from django.db import DatabaseError, InterfaceError, close_old_connections

logger = logging.getLogger(__name__)


class Scheduler(beat.Scheduler):
    def tick(self, *args, **kwargs):
        self.show_life()
        return super().tick(*args, **kwargs)

    def show_life(self) -> None:
        from clu_portal.models import Heartbeat

        close_old_connections()
        try:
            Heartbeat.touch("scheduler")
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the scheduler's heartbeat was not written: %s", error)
