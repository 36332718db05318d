"""Who holds a seat: appointed, then at the end of their mandate, or followed by somebody else."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.organisations.models import Person
from committees.composition.acts.common import check_act_of, check_not_merged, clean_beside, refuse
from committees.composition.models import CompositionAct, Mandate, Seat


@act("person_appointed")
def appoint_person(
    *,
    seat: Seat,
    person: Person,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    composition_act: CompositionAct | None = None,
    beside_another: bool = False,
    by,
) -> Mandate:
    """Appoint somebody to a seat, from a day on. The seat's own last day is the latest one of the mandate.

    `beside_another`: it is known that they hold another seat of the committee too.
    Raises ValidationError: already_seated, seat_taken (constraints), before_the_seat, after_the_seat, foreign_act,
    merged, holds_another.
    """
    require_role(by, RoleKind.REFERENT)
    check_not_merged(seat.committee)
    check_act_of(seat.committee, composition_act, "composition_act")
    if seat.starts_on and starts_on < seat.starts_on:
        refuse("starts_on", f"Le siège n'existe que depuis le {seat.starts_on:%d/%m/%Y}.", "before_the_seat")
    if seat.ends_on and (starts_on > seat.ends_on or (ends_on and ends_on > seat.ends_on)):
        refuse("starts_on", f"Le siège n'existe que jusqu'au {seat.ends_on:%d/%m/%Y}.", "after_the_seat")
    check_days(starts_on, ends_on)
    mandate = Mandate(seat=seat, person=person, kind=kind, starts_on=starts_on, opened_by=composition_act)
    mandate.ends_on = ends_on or seat.ends_on
    clean_beside(mandate, already_seated="person", seat_taken="kind")
    if not beside_another:
        check_holds_no_other(mandate)
    mandate.save()
    return mandate


def check_holds_no_other(mandate: Mandate) -> None:
    """One may be the substitute of two seats, or hold one and stand in for another: rare enough to be asked."""
    others = Mandate.objects.overlapping(mandate.starts_on, mandate.ends_on).filter(
        person=mandate.person, seat__committee=mandate.seat.committee
    )
    others = others.exclude(seat=mandate.seat).select_related("seat").order_by("seat__position", "pk")
    held = [f"« {other.seat} » ({other.get_kind_display()})" for other in others]
    if held:
        message = f"{mandate.person} tient déjà dans ce comité : {', '.join(held)}. Cochez si c'est bien voulu."
        refuse("beside_another", message, "holds_another")


def check_days(starts_on: date, ends_on: date | None) -> None:
    """Asked before the constraints: PostgreSQL makes no range of days that goes backwards."""
    if ends_on is not None and ends_on < starts_on:
        refuse("ends_on", "Le mandat doit finir le jour où il commence, ou après.", "ends_before_start")


@act("mandate_ended")
def end_mandate(*, mandate: Mandate, ends_on: date, composition_act: CompositionAct | None = None, by) -> Mandate:
    """End a mandate on a day, before the one that was planned if any.

    Raises ValidationError: merged, already_ended, later_than_planned, foreign_act, or the constraint on dates.
    """
    require_role(by, RoleKind.REFERENT)
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("seat__committee").get(pk=mandate.pk)
    check_not_merged(mandate.seat.committee)
    check_act_of(mandate.seat.committee, composition_act, "composition_act")
    if mandate.ends_on is not None and mandate.ends_on < timezone.localdate():
        message = f"Ce mandat a pris fin le {mandate.ends_on:%d/%m/%Y} : son histoire ne change plus. "
        raise ValidationError(message + "Si la personne siège encore, nommez-la de nouveau.", code="already_ended")
    if mandate.ends_on is not None and ends_on > mandate.ends_on:
        message = f"Ce mandat finit le {mandate.ends_on:%d/%m/%Y} : pour le prolonger, nommez de nouveau la personne."
        refuse("ends_on", message, "later_than_planned")
    check_days(mandate.starts_on, ends_on)
    mandate.ends_on, mandate.ended_by = ends_on, composition_act
    mandate.full_clean()
    mandate.save()
    return mandate


@act("mandate_removed")
def remove_mandate(*, mandate: Mandate, by) -> Mandate:
    """Remove a mandate that has not begun. Raises ValidationError (merged, has_begun): one that was held is ended."""
    require_role(by, RoleKind.REFERENT)
    check_to_come(mandate)
    Mandate.objects.filter(pk=mandate.pk).delete()
    return mandate


def check_to_come(mandate: Mandate) -> None:
    """Raises ValidationError (merged, has_begun)."""
    check_not_merged(mandate.seat.committee)
    if mandate.starts_on <= timezone.localdate():
        raise ValidationError("Ce mandat a commencé : mettez-lui fin, il reste inscrit.", code="has_begun")


@act("mandate_handed_over")
def hand_mandate_over(*, mandate: Mandate, successor: Person, last_day: date, by) -> Mandate:
    """End a mandate on a day, and give what was left of it to somebody else from the next day on.

    A mandate that a merger lets run to its eve passes on too: whoever leaves must find somebody for it.
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
        mandate.save(update_fields=["person"])
    else:
        pass_on(mandate, successor, last_day)
    return mandate


def pass_on(mandate: Mandate, successor: Person, last_day: date) -> None:
    """The end first: two full members never share a day, not even inside one act."""
    planned, mandate.ends_on = mandate.ends_on, last_day
    mandate.save(update_fields=["ends_on"])
    rest = {"seat": mandate.seat, "kind": mandate.kind, "ends_on": planned}
    follower = Mandate(person=successor, starts_on=last_day + timedelta(days=1), **rest)
    follower.full_clean()
    follower.save()
