"""A committee entered as a référent does: its arrêté, its colleges, its seats, who holds them."""

from datetime import date, timedelta

from django.utils import timezone

from clu_portal.organisations.models import Organisation
from committees.composition.acts import appoint_person, save_college, save_committee, save_composition_act, save_seat
from committees.composition.models import College, Committee, CommitteeType, CompositionAct, Seat
from committees.composition.types import give_standard_types
from committees.demonstration import story
from committees.demonstration.hands import Hands, person_named

ENDING_SOON_DAYS = 45
YEARS_IN_FORCE = 3


def load_committee(planned: story.Committee, hands: Hands) -> None:
    give_standard_types()
    uuid = hands.uuid_of(planned.name)
    if Committee.objects.filter(uuid=uuid).exists():
        return
    type_ = CommitteeType.objects.get(acronym=planned.acronym)
    committee = save_committee(committee=Committee(uuid=uuid, name=planned.name, type=type_), by=hands.referent)
    composition_act = load_arrete(planned, committee, hands)
    colleges = {
        label: save_college(college=College(committee=committee, label=label, side=side), by=hands.referent)
        for label, side in planned.colleges.items()
    }
    for seat in planned.seats:
        load_seat(seat, colleges[seat.college], composition_act, hands)


def load_arrete(planned: story.Committee, committee: Committee, hands: Hands) -> CompositionAct:
    """The arrêté, in force since before the first meeting told."""
    first_day = date(timezone.localdate().year - YEARS_IN_FORCE, 1, 1)
    composition_act = CompositionAct(
        committee=committee,
        number=f"{first_day.year - 1}-{planned.act_number}",
        title=f"Arrêté portant composition : {planned.name}",
        signed_on=first_day - timedelta(days=16),
        effective_on=first_day,
    )
    return save_composition_act(composition_act=composition_act, by=hands.referent)


def load_seat(planned: story.Seat, college: College, composition_act: CompositionAct, hands: Hands) -> None:
    organisation = None
    if planned.family:
        defaults = {"family": planned.family}
        organisation, _ = Organisation.objects.get_or_create(name=planned.wording, defaults=defaults)
    seat = Seat(
        committee=college.committee,
        college=college,
        organisation=organisation,
        wording=planned.wording,
        basis=planned.basis,
        starts_on=composition_act.effective_on,
        opened_by=composition_act,
    )
    save_seat(seat=seat, by=hands.referent)
    dated = {"starts_on": seat.starts_on, "composition_act": composition_act, "by": hands.referent}
    if planned.holder:
        ends_on = timezone.localdate() + timedelta(days=ENDING_SOON_DAYS) if planned.ends_soon else None
        holder = person_named(planned.holder, organisation=organisation, email=planned.email)
        appoint_person(seat=seat, person=holder, kind="full_member", ends_on=ends_on, **dated)
    if planned.substitute:
        substitute = person_named(planned.substitute, organisation=organisation)
        appoint_person(seat=seat, person=substitute, kind="substitute", **dated)
