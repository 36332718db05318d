"""What changes a committee: created, a seat added, a person appointed, a mandate ended."""

from datetime import date

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
    mandate = Mandate(seat=seat, person=person, kind=kind, starts_on=starts_on)
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
