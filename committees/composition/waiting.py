"""What the composition shows on the home page of a référent: one line for each committee that needs a look."""

from collections import Counter
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from clu_portal import offers
from clu_portal.tenancy import current_prefecture
from committees.composition.enums import WarningKind
from committees.composition.models import Committee
from committees.composition.permissions import may_manage
from committees.composition.warnings import CompositionWarning, all_warnings

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
    warnings = all_warnings(Committee.objects.all(), timezone.localdate())
    groups = groupby(warnings, key=lambda warning: warning.committee)
    return [committee_item(committee, list(rows)) for committee, rows in groups]


def committee_item(committee: Committee, warnings: list[CompositionWarning]) -> offers.WaitingItem:
    address = reverse("committees:committee_detail", args=[current_prefecture().slug, committee.pk])
    return offers.WaitingItem(f"Composition : {summary(warnings)}", f"{address}#avertissements", committee.name)


def summary(warnings: list[CompositionWarning]) -> str:
    """« 2 sièges vacants, 1 mandat finit bientôt »."""
    counts = Counter(warning.kind for warning in warnings)
    parts = [f"{counts[kind]} {words[counts[kind] > 1]}" for kind, words in COUNTED.items() if counts[kind]]
    return ", ".join(parts + [NO_MEETING] * bool(counts[WarningKind.NO_MEETING]))
