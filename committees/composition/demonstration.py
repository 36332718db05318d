"""The composition of the invented committee: two colleges, an arrêté, a vacant seat, a mandate that ends soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from clu_portal.accounts.models import User
from clu_portal.organisations.models import Organisation, Person
from committees.composition.acts import appoint_person, save_college, save_committee, save_composition_act, save_seat
from committees.composition.models import College, Committee, CommitteeType, CompositionAct, Seat
from committees.composition.types import give_standard_types

FIRST_DAY = date(2025, 1, 1)
ENDING_SOON_DAYS = 45


@dataclass(frozen=True)
class DemonstrationSeat:
    """A seat of an organisation, and who holds it: nobody when the person has no name."""

    college: str
    organisation: str
    family: str
    basis: str = "designated"
    civility: str = ""
    given_name: str = ""
    surname: str = ""
    email: str = ""
    ends_soon: bool = False


USERS, AUTHORITIES = "Collège des usagers", "Collège des collectivités et des services"
COLLEGES = ((USERS, "users"), (AUTHORITIES, "local_authorities"))
FAMILIES = "Union des familles de la Valmarche"
SEATS = (
    DemonstrationSeat(
        USERS,
        FAMILIES,
        "families",
        civility="madame",
        given_name="Bérengère",
        surname="Tissandier",
        email="membre@valmarche.example",
    ),
    DemonstrationSeat(
        USERS,
        "Association Handicap et Cité",
        "disability",
        civility="monsieur",
        given_name="Octave",
        surname="Ramillon",
        email="o.ramillon@cite.example",
    ),
    DemonstrationSeat(
        USERS,
        "Consommateurs du Haut-Val",
        "consumers",
        civility="madame",
        given_name="Yasmina",
        surname="Delorge",
        email="y.delorge@haut-val.example",
        ends_soon=True,
    ),
    DemonstrationSeat(
        AUTHORITIES,
        "Association des maires de la Valmarche",
        "local_authority",
        basis="elected",
        civility="monsieur",
        given_name="Fulbert",
        surname="Astaing",
    ),
    DemonstrationSeat(AUTHORITIES, "Conseil départemental de la Valmarche", "local_authority", basis="elected"),
)
SUBSTITUTE = {"civility": "monsieur", "given_name": "Anatole", "surname": "Vercheny"}


def load_committee(name: str, by: User) -> Committee:
    """Enter the committee as a référent does: its arrêté, its colleges, its seats, who holds them."""
    give_standard_types()
    committee = save_committee(committee=Committee(name=name, type=CommitteeType.objects.first()), by=by)
    act = CompositionAct(
        committee=committee,
        number="2024-127",
        title=f"Arrêté portant composition : {name}",
        signed_on=date(2024, 12, 16),
        effective_on=FIRST_DAY,
    )
    save_composition_act(composition_act=act, by=by)
    colleges = {
        label: save_college(college=College(committee=committee, label=label, side=side), by=by)
        for label, side in COLLEGES
    }
    for planned in SEATS:
        load_seat(planned, colleges[planned.college], act, by)
    by_office = Seat(
        committee=committee, college=colleges[AUTHORITIES], wording="Chef du bureau de l'accueil et des titres"
    )
    by_office.basis, by_office.starts_on, by_office.opened_by = "by_office", FIRST_DAY, act
    save_seat(seat=by_office, by=by)
    return committee


def load_seat(planned: DemonstrationSeat, college: College, act: CompositionAct, by: User) -> None:
    organisation, _ = Organisation.objects.get_or_create(
        name=planned.organisation, defaults={"family": planned.family}
    )
    seat = Seat(
        committee=college.committee,
        college=college,
        organisation=organisation,
        wording=planned.organisation,
        basis=planned.basis,
        starts_on=FIRST_DAY,
        opened_by=act,
    )
    save_seat(seat=seat, by=by)
    dated = {"seat": seat, "starts_on": FIRST_DAY, "composition_act": act, "by": by}
    if planned.surname:
        ends_on = timezone.localdate() + timedelta(days=ENDING_SOON_DAYS) if planned.ends_soon else None
        appoint_person(person=person_of(planned, organisation), kind="full_member", ends_on=ends_on, **dated)
    if planned.organisation == FAMILIES:
        substitute = Person.objects.create(organisation=organisation, **SUBSTITUTE)
        appoint_person(person=substitute, kind="substitute", **dated)


def person_of(planned: DemonstrationSeat, organisation: Organisation) -> Person:
    return Person.objects.create(
        civility=planned.civility,
        given_name=planned.given_name,
        surname=planned.surname,
        email=planned.email,
        organisation=organisation,
    )
