"""`@act`: what changes something runs in one savepoint and ends with its row in the journal."""

import logging
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection, models, transaction
from django.utils import timezone

from clu_portal.audit.models import AuditEntry, Operation
from clu_portal.logs import request_address, request_reference
from clu_portal.tenancy import required_prefecture_id

GONE = "Ce que vous changez vient d'être retiré ou mis à la corbeille par quelqu'un d'autre : rien n'est enregistré."

logger = logging.getLogger(__name__)


def reference(thing: models.Model) -> str:
    """Return « meeting:12 », the name of a row in the journal and in links."""
    return f"{thing._meta.model_name}:{thing.pk}"


def act(verb: str) -> Callable:
    """Make a function an act: one savepoint, and the audit row as its last statement.

    The act takes `by=` (an account, or None for the portal itself) and returns the row it is about. A refusal, raised
    as ValidationError or PermissionDenied, leaves nothing behind; a row removed, or put in the corbeille, since the
    page read it is one (code gone).
    """

    def decorate(function: Callable) -> Callable:
        @wraps(function)
        def run(*args, by, **kwargs):
            try:
                with transaction.atomic():
                    subject = function(*args, by=by, **kwargs)
                    write_entry(verb, subject, by=by)
            except ObjectDoesNotExist as error:
                logger.warning("%s: a row is gone", verb, exc_info=True)
                raise ValidationError(GONE, code="gone") from error
            return subject

        run.verb = verb
        return run

    return decorate


def write_entry(verb: str, subject: models.Model, *, by, details: dict | None = None) -> AuditEntry:
    """Add one row to the chain. The chain's head stays locked until the transaction ends: write it last."""
    required_prefecture_id()
    return AuditEntry.objects.create(
        verb=verb,
        subject=reference(subject),
        version=getattr(subject, "audit_version", None),
        user=by if by is not None and by.is_authenticated else None,
        address=request_address.get(),
        request_reference=request_reference.get(),
        details=details or getattr(subject, "audit_details", None) or {},
        at=timezone.now(),
    )


def run_once(operation_id: str, function: Callable[[], dict | None]) -> dict | None:
    """Run a function whose result is kept under an operation id; the same id again answers the kept result.

    A function that returns None has done nothing, and may be run again.
    Two requests at once with one id: the second waits for the first, then reads its result.
    """
    known = Operation.objects.filter(operation_id=operation_id).values_list("result", flat=True).first()
    if known is not None:
        return known
    with transaction.atomic():
        lock_operation(operation_id)
        known = Operation.objects.filter(operation_id=operation_id).values_list("result", flat=True).first()
        if known is not None:
            return known
        result = function()
        if result is not None:
            Operation.objects.create(operation_id=operation_id, result=result)
    return result


def lock_operation(operation_id: str) -> None:
    """Hold others with the same id back until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [operation_id, required_prefecture_id()]
        )
