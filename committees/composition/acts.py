"""What changes a committee: created, a seat added, a person appointed, a mandate ended or handed over."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.organisations.models import Person
from committees.composition.models import Committee, Mandate, Seat


@act("committee_saved")
def save_committee(*, committee: Committee, by) -> Committee:
    require_role(by, RoleKind.REFERENT)
    committee.full_clean()
    committee.save()
    return committee


@act("seat_saved")
def save_seat(*, seat: Seat, by) -> Seat:
    require_role(by, RoleKind.REFERENT)
    if seat.pk is None:
        seat.position = Seat.objects.filter(committee=seat.committee).count() + 1
    seat.full_clean()
    seat.save()
    return seat


@act("person_appointed")
def appoint_person(*, seat: Seat, person: Person, kind: str, starts_on: date, by) -> Mandate:
    """Appoint somebody to a seat from a day on. Raises ValidationError (constraints: the same person twice)."""
    require_role(by, RoleKind.REFERENT)
    return open_mandate(seat, person, kind, starts_on)


def open_mandate(seat: Seat, person: Person, kind: str, starts_on: date, ends_on: date | None = None) -> Mandate:
    mandate = Mandate(seat=seat, person=person, kind=kind, starts_on=starts_on, ends_on=ends_on)
    mandate.full_clean()
    mandate.save()
    return mandate


@act("mandate_ended")
def end_mandate(*, mandate: Mandate, ends_on: date, by) -> Mandate:
    """End a mandate on a day. Raises ValidationError (already_ended, or the constraint on dates)."""
    require_role(by, RoleKind.REFERENT)
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.ends_on is not None:
        raise ValidationError("Ce mandat a déjà une fin.", code="already_ended")
    mandate.ends_on = ends_on
    mandate.full_clean()
    mandate.save()
    return mandate


@act("mandate_handed_over")
def hand_mandate_over(*, mandate: Mandate, successor: Person, last_day: date, by) -> Mandate:
    """End a mandate on a day, and give what was left of it to somebody else from the next day on.

    Raises ValidationError: holds_the_seat (the successor already sits there, as the substitute for instance).
    """
    require_role(by, RoleKind.REFERENT)
    mandate = Mandate.objects.select_for_update(of=["self"]).select_related("seat__committee").get(pk=mandate.pk)
    next_day = last_day + timedelta(days=1)
    if mandate.seat.mandates.not_over_on(next_day).filter(person=successor).exists():
        message = f"{successor} tient déjà le siège « {mandate.seat} » ({mandate.seat.committee}) : "
        raise ValidationError(message + "terminez d'abord ce mandat, au comité.", code="holds_the_seat")
    if mandate.starts_on > last_day:
        mandate.person = successor
    else:
        open_mandate(mandate.seat, successor, mandate.kind, next_day, mandate.ends_on)
        mandate.ends_on = last_day
    mandate.save()
    return mandate
