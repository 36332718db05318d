"""Documents drawn or sealed in the background: asked as rows, claimed by one worker, shown with their progress.

A renderer, offered by an app (offers.renderers), has four steps: `prepare(rendering)` reads the rows and checks again
that the document may be made; `produce(prepared, report)` works without the database; `store(rendering, product)`
keeps the result and `finish(rendering, file)` does the act that follows, if any, in the transaction that also ends the
ticket. A worker killed in the middle is taken over.
"""

import logging
from collections.abc import Callable
from typing import Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act, reference
from clu_portal.files.models import Rendering, RenderingTicket, StoredFile
from clu_portal.hints import Hint, queue_after_commit
from clu_portal.lib.pdf import RenderingError, RenderingRefused
from clu_portal.lib.seal import SealingFailed
from clu_portal.tenancy import required_prefecture_id, scope
from clu_portal.tickets import Claim, backoff_seconds, bury, bury_exhausted, claim, extend, give_back, held

INTERRUPTED = "La fabrication s'est interrompue plusieurs fois sans finir."
ERROR_LENGTH = 2000
logger = logging.getLogger(__name__)

Report = Callable[[str, int], None]


class Renderer(Protocol):
    def prepare(self, rendering: Rendering) -> object: ...
    def produce(self, prepared: object, report: Report) -> object: ...
    def store(self, rendering: Rendering, product: object) -> StoredFile: ...

    def finish(self, rendering: Rendering, file: StoredFile) -> None:
        """Nothing follows, or an act, whose row in the journal is then the last statement."""


def request_rendering(*, kind: str, subject, input_hash: str, by) -> Rendering:
    """Ask for a document, once per version: the same request again answers the same rendering."""
    known = known_rendering(kind, subject, input_hash)
    if known is None:
        ticket = RenderingTicket.objects.create(prefecture_id=required_prefecture_id(), kind=kind)
        known = Rendering.objects.create(
            ticket=ticket, kind=kind, subject=reference(subject), input_hash=input_hash, requested_by=by
        )
    queue(known)
    return known


def known_rendering(kind: str, subject, input_hash: str) -> Rendering | None:
    """The document of one version, if it was ever asked for."""
    renderings = Rendering.objects.filter(kind=kind, subject=reference(subject), input_hash=input_hash)
    return renderings.select_related("ticket", "file").first()


def latest_rendering(kind: str, subject) -> Rendering | None:
    """The last document of a kind asked for a subject, done or not."""
    renderings = Rendering.objects.filter(kind=kind, subject=reference(subject)).select_related("ticket", "file")
    return renderings.order_by("-pk").first()


def is_dead(kind: str, subject) -> bool:
    """Whether the last document of a kind failed for good."""
    rendering = latest_rendering(kind, subject)
    return rendering is not None and rendering.has_failed


def standing(rendering: Rendering) -> dict:
    """Where a document stands, for the page that follows it (static/js/progress.js)."""
    return {"stage": rendering.stage, "step": rendering.step_text, "progress": rendering.progress_pct}


def queue(rendering: Rendering) -> None:
    queue_after_commit(render_task(), rendering.prefecture_id, rendering.ticket_id)


@act("rendering_retried")
def retry_rendering(*, rendering: Rendering, by) -> Rendering:
    """Try again a rendering that failed. Raises ValidationError (not_failed)."""
    require_role(by, RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL)
    again = RenderingTicket.objects.filter(pk=rendering.ticket_id, state="dead").update(state="pending", attempts=0)
    if not again:
        raise ValidationError("Ce document n'est pas en échec.", code="not_failed")
    Rendering.objects.filter(pk=rendering.pk).update(error="", step="", progress_pct=0)
    queue(rendering)
    return rendering


def run_rendering(ticket_id: int | None = None) -> bool:
    """Make one document that is due, or the one asked for. False when there was nothing to do."""
    held_claim = claim(RenderingTicket, ticket_id)
    if held_claim is None:
        return False
    try:
        make(held_claim)
    except (RenderingRefused, ValidationError, PermissionDenied) as error:
        fail(held_claim, refusal_text(error))
    except (RenderingError, SealingFailed) as error:
        retry_later(held_claim, str(error))
    except Exception:
        logger.exception("rendering ticket %s failed", held_claim.ticket_id)
        retry_later(held_claim, "Une erreur imprévue a interrompu la fabrication.")
    return True


def refusal_text(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, PermissionDenied):
        return "La personne qui a demandé ce document n'en a plus le droit."
    return str(error)


def make(held_claim: Claim) -> None:
    with scope(held_claim.prefecture_id):
        rendering = Rendering.objects.select_related("requested_by").get(ticket_id=held_claim.ticket_id)
        renderer = offers.renderers[rendering.kind]
        prepared = renderer.prepare(rendering)
    product = renderer.produce(prepared, reporter(held_claim, rendering.pk))
    with scope(held_claim.prefecture_id):
        if not held(RenderingTicket, held_claim).update(state="done", lease_token=None, lease_until=None):
            return  # somebody else took it over: what was made here is thrown away
        file = renderer.store(rendering, product)
        Rendering.objects.filter(pk=rendering.pk).update(
            file=file, progress_pct=100, step="", error="", finished_at=timezone.now()
        )
        renderer.finish(rendering, file)


def reporter(held_claim: Claim, rendering_pk: int) -> Report:
    def report(step: str, progress_pct: int) -> None:
        extend(RenderingTicket, held_claim)
        with scope(held_claim.prefecture_id):
            Rendering.objects.filter(pk=rendering_pk).update(step=step, progress_pct=progress_pct)

    return report


def retry_later(held_claim: Claim, message: str) -> None:
    """Put the document back for later, or stop after its last attempt; the page says why in both cases."""
    with scope(held_claim.prefecture_id):
        if give_back(RenderingTicket, held_claim, seconds=backoff_seconds(held_claim.attempts)):
            Rendering.objects.filter(ticket_id=held_claim.ticket_id).update(error=message[:ERROR_LENGTH])


def fail(held_claim: Claim, message: str) -> None:
    """Stop here: the page shows the cause and « Relancer »."""
    with scope(held_claim.prefecture_id):
        if bury(RenderingTicket, held_claim):
            Rendering.objects.filter(ticket_id=held_claim.ticket_id).update(error=message[:ERROR_LENGTH])


def sweep_renderings() -> None:
    """Stop what killed its workers too often, and queue again what a dead broker or worker left."""
    for ticket in RenderingTicket.objects.filter(pk__in=bury_exhausted(RenderingTicket)):
        with scope(ticket.prefecture_id):
            Rendering.objects.filter(ticket=ticket).update(error=INTERRUPTED)
    for ticket in due_tickets():
        Hint(render_task(), (ticket.prefecture_id, ticket.pk))()


def due_tickets():
    now = Now()
    due = Q(state="pending", next_at__lte=now) | Q(state="claimed", lease_until__lt=now)
    return RenderingTicket.objects.filter(due).order_by("next_at")[:100]


def render_task():
    from clu_portal.files.tasks import render

    return render
