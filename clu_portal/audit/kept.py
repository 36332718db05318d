"""What is long to compute and changes only by an act is computed again only after one.

Every change of a préfecture ends with a line of its journal: as long as the last line is the same, and the day too,
what was computed still holds.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from clu_portal.audit.models import AuditHead, KeptResult
from clu_portal.compiled import compiled


def kept(name: str, compute: Callable[[], list]) -> list:
    """Return what `compute` gave since the last act of the préfecture, today; else call it and keep what it gives.

    What it gives is plain JSON, and depends on nothing but the préfecture and the day. The line of the journal is read
    before: an act that ends meanwhile makes what is kept too old, never too new. One query; two more after an act.
    """
    today = timezone.localdate()
    sequence, result = next(iter(last_line(name, today)), (0, None))
    if result is None:
        result = compute()
        KeptResult.objects.filter(day__lt=today).delete()  # it names persons, and serves no more
        found = KeptResult(name=name, day=today, sequence=sequence, result=result)
        fresh = {"update_conflicts": True, "update_fields": ["day", "sequence", "result"]}
        KeptResult.objects.bulk_create([found], **fresh, unique_fields=["prefecture", "name"])
    return result


@compiled
def last_line(name: str, day: date) -> QuerySet:
    """The number of the last line of the journal, and what is kept since."""
    known = KeptResult.objects.filter(name=name, day=day, sequence=OuterRef("sequence")).values("result")
    return AuditHead.objects.values_list("sequence", Subquery(known))
