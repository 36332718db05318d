"""The seats of a committee: opened, changed, ended, removed when they were never held."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.organisations.uses import uses_of
from committees.composition.acts.common import check_act_of, check_not_merged, clean_beside, lock_committee, refuse
from committees.composition.acts.parts import save_in_order
from committees.composition.models import CompositionAct, Mandate, Seat


@act("seat_saved")
def save_seat(*, seat: Seat, by) -> Seat:
    """Raises ValidationError: merged, foreign_college, foreign_act, starts_after_a_mandate, after_the_merger.

    A seat of a committee that will merge ends on the eve, as those it had when the merger was decided.
    """
    require_role(by, RoleKind.REFERENT)
    lock_committee(seat.committee)
    check_not_merged(seat.committee)
    if seat.pk:
        seat.ends_on, seat.ended_by_id = Seat.objects.values_list("ends_on", "ended_by").get(pk=seat.pk)
    if seat.college and seat.college.committee_id != seat.committee_id:
        refuse("college", "Ce collège est celui d'un autre comité.", "foreign_college")
    check_act_of(seat.committee, seat.opened_by, "opened_by")
    if seat.pk and seat.starts_on and seat.mandates.filter(starts_on__lt=seat.starts_on).exists():
        refuse("starts_on", "Quelqu'un tenait déjà ce siège avant ce jour.", "starts_after_a_mandate")
    end_before_merger(seat)
    return save_in_order(seat, Seat.objects.filter(committee=seat.committee))


def end_before_merger(seat: Seat) -> None:
    last_day = seat.committee.last_day
    if last_day is None:
        return
    for field, day in (("starts_on", seat.starts_on), ("ends_on", seat.ends_on)):
        if day and day > last_day:
            message = f"Le comité fusionne avec un autre : ce siège finit le {last_day:%d/%m/%Y}."
            refuse(field, message, "after_the_merger")
    if seat.ends_on is None:
        seat.ends_on, seat.ended_by = last_day, seat.committee.merged_by


@act("seat_ended")
def end_seat(*, seat: Seat, ends_on: date, composition_act: CompositionAct | None = None, by) -> Seat:
    """End a seat on a day, and who holds it too.

    Raises ValidationError: already_ended, held_later, foreign_act, after_the_merger.
    """
    require_role(by, RoleKind.REFERENT)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("committee").get(pk=seat.pk)
    check_not_merged(seat.committee)
    check_act_of(seat.committee, composition_act, "composition_act")
    if seat.ends_on is not None and seat.ends_on < timezone.localdate():
        message = f"Ce siège a pris fin le {seat.ends_on:%d/%m/%Y} : son histoire ne change plus. "
        raise ValidationError(message + "S'il est rétabli, ouvrez un nouveau siège.", code="already_ended")
    if seat.committee.has_merged_on(ends_on):
        message = f"Le comité fusionne le {seat.committee.merged_on:%d/%m/%Y} : le siège finit la veille, ou avant."
        refuse("ends_on", message, "after_the_merger")
    if seat.mandates.filter(starts_on__gt=ends_on).exists():
        refuse("ends_on", "Un mandat de ce siège commence après ce jour : retirez-le d'abord.", "held_later")
    return close_seat(seat, ends_on, composition_act)


def close_seat(seat: Seat, ends_on: date, composition_act: CompositionAct | None) -> Seat:
    """Write the last day of a seat and of the mandates it would cut short."""
    seat.ends_on, seat.ended_by = ends_on, composition_act
    clean_beside(seat, ends_before_start="ends_on")
    seat.save(update_fields=["ends_on", "ended_by"])
    cut_short = Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)
    Mandate.objects.filter(cut_short, seat=seat).update(ends_on=ends_on, ended_by=composition_act)
    return seat


@act("seat_removed")
def remove_seat(*, seat: Seat, by) -> Seat:
    """Remove a seat nobody ever held, nor sat on at a meeting. Raises ValidationError (merged, was_held)."""
    require_role(by, RoleKind.REFERENT)
    check_never_held(seat)
    Seat.objects.filter(pk=seat.pk).delete()
    return seat


def check_never_held(seat: Seat) -> None:
    """Raises ValidationError (merged, was_held)."""
    check_not_merged(seat.committee)
    if uses_of(seat):
        raise ValidationError(
            "Quelqu'un a tenu ce siège : mettez-lui fin, son histoire reste inscrite.", code="was_held"
        )
