"""A committee itself: saved, renamed from a day on, merged into another."""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.organisations.imports.folding import folded
from committees.composition.acts.common import (
    check_act_of,
    check_name_free,
    check_not_merged,
    check_signed,
    clean_beside,
    lock_committee,
    refuse,
)
from committees.composition.acts.seats import close_seat
from committees.composition.models import College, Committee, CommitteeFormerName, CompositionAct, Mandate, Seat

ONE_DAY = timedelta(days=1)


@act("committee_saved")
def save_committee(*, committee: Committee, by) -> Committee:
    """Raises ValidationError: merged, or the constraint on names."""
    require_role(by, RoleKind.REFERENT)
    lock_committee(committee)
    check_not_merged(committee)
    check_name_free(committee, Committee.objects.all(), "name")
    clean_beside(committee, name_taken="name")
    committee.save()
    return committee


@act("committee_renamed")
def rename_committee(
    *, committee: Committee, name: str, starts_on: date, composition_act: CompositionAct, by
) -> Committee:
    """Give a committee its new name from a day on, the former one staying inscribed until the day before.

    Raises ValidationError: merged, same_name, too_late, renamed_since, foreign_act, unsigned, or the constraint on
    names.
    """
    require_role(by, RoleKind.REFERENT)
    committee = Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
    check_not_merged(committee)
    check_act_of(committee, composition_act, "composition_act")
    check_signed(composition_act, "composition_act")
    if name == committee.name:
        refuse("name", "Le comité porte déjà ce nom.", "same_name")
    if starts_on > timezone.localdate():
        refuse("starts_on", "Renommez le comité le jour venu : son nom s'affiche dès l'enregistrement.", "too_late")
    last_day = starts_on - ONE_DAY
    if committee.former_names.filter(last_day__gte=last_day).exists():
        refuse("starts_on", "Le comité a déjà changé de nom ce jour-là, ou depuis.", "renamed_since")
    former = CommitteeFormerName(committee=committee, name=committee.name, last_day=last_day, act=composition_act)
    former.full_clean()
    former.save()
    committee.name = name
    check_name_free(committee, Committee.objects.all(), "name")
    clean_beside(committee, name_taken="name")
    committee.save(update_fields=["name"])
    return committee


@act("committee_merged")
def merge_committee(
    *, committee: Committee, into: Committee, merged_on: date, composition_act: CompositionAct, carry_over: bool, by
) -> Committee:
    """Merge a committee into another from a day on: its seats end the day before, and pass over if asked.

    Raises ValidationError: same_committee, merged, merging, awaited, foreign_act, unsigned, later_seats.
    """
    require_role(by, RoleKind.REFERENT)
    rows = locked_in_order([committee.pk, into.pk])
    committee, into = rows[committee.pk], rows[into.pk]
    check_merger(committee, into, merged_on, composition_act)
    seats = list(Seat.objects.in_force_on(merged_on).filter(committee=committee))
    if carry_over:
        carry_seats(seats, into, merged_on, composition_act)
    for seat in seats:
        close_seat(seat, merged_on - ONE_DAY, composition_act)
    committee.merged_into, committee.merged_on, committee.merged_by = into, merged_on, composition_act
    committee.full_clean()
    committee.save(update_fields=["merged_into", "merged_on", "merged_by"])
    return committee


def locked_in_order(pks: Collection[int]) -> dict[int, Committee]:
    """The rows, locked in the order of their keys: two mergers crossed do not wait for each other."""
    rows = Committee.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows}


def check_merger(committee: Committee, into: Committee, merged_on: date, composition_act: CompositionAct) -> None:
    if committee.pk == into.pk:
        refuse("into", "Un comité ne fusionne pas avec lui-même.", "same_committee")
    check_not_merged(committee)
    if committee.merged_on is not None:
        message = f"Ce comité fusionnera déjà avec un autre le {committee.merged_on:%d/%m/%Y}."
        refuse("merged_on", message, "merging")
    if into.merged_on is not None:
        message = f"Ce comité a lui-même une fusion inscrite, au {into.merged_on:%d/%m/%Y}."
        refuse("into", message, "merged")
    if Committee.objects.filter(merged_into=committee, merged_on__gte=merged_on).exists():
        refuse("merged_on", "Un autre comité fusionne dans celui-ci ce jour-là ou après.", "awaited")
    if composition_act.committee_id not in (committee.pk, into.pk):
        refuse("composition_act", "Cet arrêté n'est celui d'aucun des deux comités.", "foreign_act")
    check_signed(composition_act, "composition_act")
    held = Mandate.objects.filter(seat__committee=committee, starts_on__gte=merged_on)
    if held.exists() or Seat.objects.filter(committee=committee, starts_on__gte=merged_on).exists():
        refuse("merged_on", "Un siège ou un mandat commence ce jour-là ou après.", "later_seats")


def carry_seats(seats: list[Seat], into: Committee, day: date, composition_act: CompositionAct) -> None:
    """Open in the other committee the seats it does not have, with who holds them. Raises ValidationError."""
    position = Seat.objects.filter(committee=into).count()
    there = list(Seat.objects.in_force_on(day).filter(committee=into))
    for seat in without_match(seats, there, day):
        position += 1
        carry_seat(seat, into, day, position, composition_act)


def without_match(seats: list[Seat], there: list[Seat], day: date) -> list[Seat]:
    """The seats that answer to none of those there: of two seats of an organisation, one there answers to one only.

    To the one that the same person holds, where there is such a one.
    """
    held = Mandate.objects.in_force_on(day).filter(seat__in=[*seats, *there]).values_list("seat_id", "person_id")
    persons: dict[int, set[int]] = {}
    for seat_id, person_id in held:
        persons.setdefault(seat_id, set()).add(person_id)
    known = {(place_of(seat), person) for seat in there for person in persons.get(seat.pk, ())}
    left, matched = Counter(map(place_of, there)), set()
    first = [seat for seat in seats if any((place_of(seat), one) in known for one in persons.get(seat.pk, ()))]
    for seat in [*first, *(seat for seat in seats if seat not in first)]:
        if seat.organisation_id and left[place_of(seat)]:
            left[place_of(seat)] -= 1
            matched.add(seat.pk)
    return [seat for seat in seats if seat.pk not in matched]


def place_of(seat: Seat) -> tuple[int | None, str]:
    return seat.organisation_id, seat.territory


def carry_seat(seat: Seat, into: Committee, day: date, position: int, opened_by: CompositionAct) -> None:
    copied = ("wording", "organisation", "service", "territory", "basis", "ends_on")
    values = {name: getattr(seat, name) for name in copied}
    college = college_like(seat.college, into) if seat.college else None
    dated = {"starts_on": day, "opened_by": opened_by}
    copy = Seat(committee=into, college=college, position=position, **dated, **values)
    copy.full_clean()
    copy.save()
    for mandate in Mandate.objects.in_force_on(day).filter(seat=seat):
        kept = {"person": mandate.person, "kind": mandate.kind, "ends_on": mandate.ends_on}
        again = Mandate(seat=copy, **dated, **kept)
        again.full_clean()
        again.save()


def college_like(college: College, committee: Committee) -> College:
    """The college of the same label in another committee, case and accents aside; made when there is none."""
    there = list(College.objects.filter(committee=committee))
    known = next((other for other in there if folded(other.label) == folded(college.label)), None)
    values = {"label": college.label, "side": college.side, "position": len(there) + 1}
    return known or College.objects.create(committee=committee, **values)
