"""Tickets: what is to be done, claimed by one worker at a time, counted before the work, taken over after a death.

A ticket lives in the directory, so that a drain finds work in every préfecture; what it is about lives in the
préfecture. Shared by the outbox (mail) and the renderings (files). The clock is the database's.
"""

import logging
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Now

LEASE_SECONDS = settings.TICKET_LEASE_SECONDS
MAX_ATTEMPTS = 8
FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS = 10, 3600
RELEASED = {"lease_token": None, "lease_until": None}

logger = logging.getLogger(__name__)


class Ticket(models.Model):
    """Where a piece of work stands. `attempts` is written when it is claimed, before the work (M07)."""

    class State(models.TextChoices):
        PENDING = "pending", "en attente"
        CLAIMED = "claimed", "en cours"
        DONE = "done", "fait"
        DEAD = "dead", "en échec"

    prefecture = models.ForeignKey("organisations.Prefecture", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default="pending")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_default=Now())
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    max_attempts = MAX_ATTEMPTS

    class Meta:
        abstract = True

    @property
    def state_label(self) -> str:
        return self.State(self.state).label


@dataclass(frozen=True)
class Claim:
    """A ticket held for LEASE_SECONDS by whoever has its token."""

    ticket_id: int
    prefecture_id: int
    token: uuid.UUID
    attempts: int


def claim(model: type[Ticket], ticket_id: int | None = None, *, lease_seconds: int = LEASE_SECONDS) -> Claim | None:
    """Claim one ticket that is due, or the one asked for, and commit. None when there is none, or it is held.

    A ticket whose holder died is due again when its lease is over, after those nobody has begun: one that kills its
    worker does not delay the others. Out of attempts, it is left to `bury_exhausted`.
    """
    table = model._meta.db_table
    wanted = "AND id = %(id)s" if ticket_id else ""
    token = uuid.uuid4()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {table} SET state = 'claimed', lease_token = %(token)s, attempts = attempts + 1,
                   lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
            WHERE id = (
                SELECT id FROM {table}
                WHERE ((state = 'pending' AND next_at <= clock_timestamp())
                       OR (state = 'claimed' AND lease_until < clock_timestamp()))
                      AND attempts < %(bound)s {wanted}
                ORDER BY state = 'claimed', next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, prefecture_id, attempts""",  # noqa: S608 - the table's name comes from the model
            {"token": token, "lease": lease_seconds, "bound": model.max_attempts, "id": ticket_id},
        )
        row = cursor.fetchone()
    return Claim(row[0], row[1], token, row[2]) if row else None


def held(model: type[Ticket], held_claim: Claim, *, states: tuple[str, ...] = ("claimed",)) -> models.QuerySet:
    """The ticket, if this claim still holds it: use it to write, and look at the number of rows written."""
    return model.objects.filter(pk=held_claim.ticket_id, lease_token=held_claim.token, state__in=states)


def extend(model: type[Ticket], held_claim: Claim, *, lease_seconds: int = LEASE_SECONDS) -> bool:
    """Hold a ticket for longer, the work being long. False when somebody else holds it by now."""
    return bool(held(model, held_claim).update(lease_until=Now() + timedelta(seconds=lease_seconds)))


def give_back(
    model: type[Ticket],
    held_claim: Claim,
    *,
    seconds: int,
    counted: bool = True,
    states: tuple[str, ...] = ("claimed",),
) -> bool:
    """Put a claimed ticket back, due again in so many seconds, or bury it after its last attempt.

    `counted=False` when the failure says nothing of this ticket (the relay is away). False when somebody else holds
    it by now.
    """
    if counted and held_claim.attempts >= model.max_attempts:
        return bury(model, held_claim, states=states)
    changes = {"state": "pending", "next_at": Now() + timedelta(seconds=seconds), **RELEASED}
    if not counted:
        changes["attempts"] = held_claim.attempts - 1
    return bool(held(model, held_claim, states=states).update(**changes))


def bury(model: type[Ticket], held_claim: Claim, *, states: tuple[str, ...] = ("claimed",)) -> bool:
    """Give a ticket up: nobody takes it again unless a named person says so. The error in the log is the alert."""
    buried = bool(held(model, held_claim, states=states).update(state="dead", **RELEASED))
    if buried:
        logger.error(
            "%s %s is dead after %s attempts", model._meta.model_name, held_claim.ticket_id, held_claim.attempts
        )
    return buried


def bury_exhausted(model: type[Ticket]) -> list[int]:
    """Bury the tickets whose last allowed attempt ended with the death of its holder. Returns their ids."""
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {table} SET state = 'dead', lease_token = NULL, lease_until = NULL
            WHERE id IN (
                SELECT id FROM {table}
                WHERE attempts >= %s
                      AND (state = 'pending' OR (state = 'claimed' AND lease_until < clock_timestamp()))
                FOR UPDATE SKIP LOCKED)
            RETURNING id""",  # noqa: S608 - the table's name comes from the model
            [model.max_attempts],
        )
        buried = sorted(row[0] for row in cursor.fetchall())
    for ticket_id in buried:
        logger.error("%s %s is dead: no holder lived to the end", model._meta.model_name, ticket_id)
    return buried


def backoff_seconds(attempts: int) -> int:
    """Return 10, 20, 40… seconds, at most one hour, plus up to a quarter by chance: retries do not come in step."""
    base = min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** max(0, attempts - 1))
    return base + secrets.randbelow(base // 4 + 1)
