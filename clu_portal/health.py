"""/healthz: which part of the portal is away, for a monitoring system. Nothing about versions (L04)."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.db.models import F
from django.db.models.functions import Extract, Now
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from clu_portal.celery import app
from clu_portal.mail.models import MailTicket
from clu_portal.models import Heartbeat

FRESH_SECONDS = 60
BROKER_SECONDS = 2
OK, AWAY, UNKNOWN = "ok", "away", "unknown"


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """Answer 503 when no page can be served, 200 otherwise: without broker or worker the portal still answers."""
    parts = state()
    return JsonResponse(parts, status=503 if parts["database"] == AWAY else 200)


def state() -> dict:
    """Return the state of each part: ok, away, or unknown when the part that would tell is away itself."""
    broker = broker_state()
    try:
        parts = {"database": OK, "broker": broker, **process_states(broker)}
        waiting = oldest_waiting_seconds()
    except (DatabaseError, InterfaceError):
        parts = {"database": AWAY, "broker": broker, "worker": UNKNOWN, "scheduler": UNKNOWN}
        waiting = None
    healthy = set(parts.values()) == {OK}
    return {"status": "ok" if healthy else "degraded", **parts, "outbox_oldest_seconds": waiting}


def broker_state() -> str:
    try:
        with app.connection_for_write(connect_timeout=BROKER_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)
    except (OperationalError, OSError):
        return AWAY
    return OK


def process_states(broker: str) -> dict[str, str]:
    """Read the heartbeats. The worker's comes through the scheduler and the broker: without them nobody knows."""
    fresh = Heartbeat.objects.filter(beat_at__gt=Now() - timedelta(seconds=FRESH_SECONDS))
    alive = set(fresh.values_list("name", flat=True))
    scheduler = OK if "scheduler" in alive else AWAY
    silent = AWAY if (scheduler, broker) == (OK, OK) else UNKNOWN
    return {"worker": OK if "worker" in alive else silent, "scheduler": scheduler}


def oldest_waiting_seconds() -> int:
    """Return for how long the oldest waiting message has waited, 0 when none waits."""
    waiting = MailTicket.objects.waiting().annotate(waited=Extract(Now() - F("created_at"), "epoch"))
    return int(waiting.order_by("created_at").values_list("waited", flat=True).first() or 0)
