"""What an import of the composition finds there, then what its lines add."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch

from clu_portal.organisations.imports.folding import folded
from clu_portal.organisations.models import Organisation, Person, Service
from committees.composition.composition import place
from committees.composition.models import College, Committee, Mandate, Seat


@dataclass
class Known:
    """What is there before the file, then what its lines add: read once, in six queries."""

    committees: dict[str, Committee]
    colleges: dict[tuple, College]
    organisations: dict[str, Organisation]
    services: dict[str, Service]
    persons: dict[tuple, list[Person]]
    seats: dict[tuple, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    held: dict[int, list[Mandate]] = field(default_factory=lambda: defaultdict(list))  # by id() of the seat
    added: dict[int, int] = field(default_factory=dict)  # id() of a new seat -> its line
    # (committee, person) -> the mandates of that person there
    held_there: dict[tuple, list[Mandate]] = field(default_factory=lambda: defaultdict(list))
    last: dict[tuple, int] = field(default_factory=lambda: defaultdict(int))  # (model, committee) -> last position

    @classmethod
    def read(cls) -> "Known":
        persons = defaultdict(list)
        for person in Person.objects.all():
            persons[name_key(person.given_name, person.surname)].append(person)
        known = cls(
            committees={folded(row.name): row for row in Committee.objects.all()},
            colleges={(row.committee_id, folded(row.label)): row for row in College.objects.all()},
            organisations={folded(row.name): row for row in Organisation.objects.all()},
            services={folded(row.name): row for row in Service.objects.all()},
            persons=persons,
        )
        for seat in seats_with_mandates():
            known.seats[seat_key(seat)].append(seat)
            known.held[id(seat)] = []
            for mandate in seat.held:
                known.note_mandate(seat, mandate)
            known.note_place(seat)
        for college in known.colleges.values():
            known.note_place(college)
        return known

    def note_mandate(self, seat: Seat, mandate: Mandate) -> None:
        self.held[id(seat)].append(mandate)
        self.held_there[seat.committee_id, mandate.person_id].append(mandate)

    def note_place(self, row: Seat | College) -> None:
        key = type(row), row.committee_id
        self.last[key] = max(self.last[key], row.position)

    def put_last(self, row: Seat | College) -> None:
        self.last[type(row), row.committee_id] += 1
        row.position = self.last[type(row), row.committee_id]


def seats_with_mandates() -> list[Seat]:
    mandates = Mandate.objects.select_related("person").order_by("starts_on", "pk")
    seats = Seat.objects.select_related("committee", "college", "organisation", "service")
    return sorted(seats.prefetch_related(Prefetch("mandates", queryset=mandates, to_attr="held")), key=place)


def seat_key(seat: Seat) -> tuple:
    """What tells two seats apart, beside their number when they are alike."""
    named = (seat.college, seat.wording, seat.territory, seat.organisation, seat.service)
    return seat.committee_id, *(folded(str(part or "")) for part in named)


def name_key(given_name: str, surname: str) -> tuple[str, str]:
    return folded(given_name), folded(surname)
