"""The warnings as pages show them: on the home page of a référent a line for each committee that needs a look."""

from collections import Counter
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from clu_portal import offers
from clu_portal.audit.kept import kept
from clu_portal.tenancy import current_prefecture
from committees.composition.enums import WarningKind
from committees.composition.models import Committee
from committees.composition.permissions import may_manage
from committees.composition.warnings import CompositionWarning, all_warnings, warnings_of

COUNTED = {
    WarningKind.MANDATE_ENDING: ("mandat finit bientôt", "mandats finissent bientôt"),
    WarningKind.SEAT_VACANT: ("siège vacant", "sièges vacants"),
    WarningKind.ORGANISATION_ABSENT: ("organisme absent", "organismes absents"),
}
NO_MEETING = "pas de réunion depuis longtemps"


def composition_waiting(user) -> list[offers.WaitingItem]:
    """Nothing, and no query, for whoever does not manage committees."""
    if not may_manage(user):
        return []
    return [committee_item(*line) for line in kept("committees.composition.waiting", committees_to_look_at)]


def committees_to_look_at() -> list[tuple[int, str, str]]:
    """The committees that have warnings today: identifier, name, warnings in a few words."""
    warnings = all_warnings(Committee.objects.all(), timezone.localdate())
    groups = groupby(warnings, key=lambda warning: warning.committee)
    return [(committee.pk, committee.name, summary(list(found))) for committee, found in groups]


def warning_lines(committee: Committee) -> list[tuple[str, str]]:
    """The warnings of a committee as its page shows them: kind and text."""
    return kept(f"committees.composition.warnings:{committee.pk}", lambda: lines_of(committee))


def lines_of(committee: Committee) -> list[tuple[str, str]]:
    return [(warning.kind.label, warning.text) for warning in warnings_of(committee, timezone.localdate())]


def committee_item(pk: int, name: str, warnings: str) -> offers.WaitingItem:
    address = reverse("committees:committee_detail", args=[current_prefecture().slug, pk])
    return offers.WaitingItem(f"Composition : {warnings}", f"{address}#avertissements", name)


def summary(warnings: list[CompositionWarning]) -> str:
    """« 2 sièges vacants, 1 mandat finit bientôt »."""
    counts = Counter(warning.kind for warning in warnings)
    parts = [f"{counts[kind]} {words[counts[kind] > 1]}" for kind, words in COUNTED.items() if counts[kind]]
    return ", ".join(parts + [NO_MEETING] * bool(counts[WarningKind.NO_MEETING]))
