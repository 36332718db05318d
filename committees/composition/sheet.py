"""The composition of the committees as a sheet: a line for each seat and each person who held it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from clu_portal.lib.sheets import SheetLine
from clu_portal.organisations.imports.cells import Cells, written_day
from clu_portal.organisations.imports.folding import folded
from clu_portal.organisations.imports.sheets import Column, Planned, Sheet
from clu_portal.organisations.models import Organisation, Person, Service
from committees.composition.composition import place
from committees.composition.enums import CollegeSide, MandateKind, SeatBasis
from committees.composition.imported import held_rows
from committees.composition.models import College, Committee, Mandate, Seat
from committees.composition.rules import overlap

SEAT_FIELDS = {"wording": "Siège", "territory": "Territoire"}


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
            known.held[id(seat)] = list(seat.held)
            known.note_place(seat)
        for college in known.colleges.values():
            known.note_place(college)
        return known

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


def plan_composition(sheet: Sheet, lines: list[SheetLine]) -> list[Planned]:
    known = Known.read()
    return [plan_line(Cells(sheet, line), known) for line in lines]


def plan_line(cells: Cells, known: Known) -> Planned:
    planned = cells.planned
    planned.label = f"{cells.text('Comité')}, {cells.text('Siège')}"
    committee = known.committees.get(folded(cells.text("Comité")))
    if committee is None:
        cells.wrong("Comité", "Ce comité n'est pas connu : créez-le d'abord.")
        return planned
    seat = find_seat(cells, known, committee)
    if seat is None:
        return planned
    if cells.text("Nom") or cells.text("Prénom"):
        plan_mandate(cells, known, seat)
    elif not planned.rows:
        if id(seat) in known.added:
            cells.wrong("Siège", f"Le même siège est déjà à la ligne {known.added[id(seat)]}.")
        planned.is_known = True
    if planned.rows and committee.has_merged_on(timezone.localdate()):
        cells.wrong("Comité", "Ce comité a fusionné avec un autre : sa composition ne change plus.")
    return planned


def find_seat(cells: Cells, known: Known, committee: Committee) -> Seat | None:
    """The seat a line speaks of; a new one goes into its rows, with its college when that is new too."""
    seat = typed_seat(cells, known, committee)
    number = number_of(cells)
    if cells.planned.errors:
        return None
    alike = known.seats[seat_key(seat)]
    if number <= len(alike):
        return alike[number - 1]
    if number > len(alike) + 1:
        cells.wrong("Numéro", f"Il n'y a pas de siège semblable n° {number - 1} avant celui-ci.")
        return None
    add_seat(cells, known, seat)
    alike.append(seat)
    return seat


def typed_seat(cells: Cells, known: Known, committee: Committee) -> Seat:
    seat = Seat(
        committee=committee,
        wording=cells.text("Siège"),
        territory=cells.text("Territoire"),
        organisation=one_of(cells, "Organisme", known.organisations, "importez d'abord les organismes"),
        service=one_of(cells, "Service", known.services, "ajoutez-le d'abord aux services"),
        basis=cells.choice("Désignation", SeatBasis, SeatBasis.DESIGNATED),
        starts_on=cells.day("Siège depuis le"),
        ends_on=cells.day("Siège jusqu'au"),
        college=typed_college(cells, known, committee),
    )
    cells.check(seat, SEAT_FIELDS)
    if seat.starts_on and seat.ends_on and seat.ends_on < seat.starts_on:
        cells.wrong("Siège jusqu'au", "Le siège doit finir le jour où il commence, ou après.")
    return seat


def typed_college(cells: Cells, known: Known, committee: Committee) -> College | None:
    label = cells.text("Collège")
    side = cells.choice("Côté", CollegeSide, CollegeSide.USERS)
    if not label:
        return None
    found = known.colleges.get((committee.pk, folded(label)))
    if found is None:
        found = College(committee=committee, label=label, side=side)
        cells.check(found, {"label": "Collège"})
    return found


def one_of(cells: Cells, heading: str, rows: dict, advice: str):
    text = cells.text(heading)
    if text and folded(text) not in rows:
        cells.wrong(heading, f"« {text} » n'est pas connu : {advice}.")
    return rows.get(folded(text)) if text else None


def number_of(cells: Cells) -> int:
    """The rank of a seat among those that are alike; 1 for an empty cell."""
    text = cells.text("Numéro") or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) < 1000):
        cells.wrong("Numéro", f"« {text} » n'est pas un numéro.")
        return 1
    return int(text)


def add_seat(cells: Cells, known: Known, seat: Seat) -> None:
    college = seat.college
    if college is not None and college.pk is None:
        key = (seat.committee_id, folded(college.label))
        if key not in known.colleges:
            known.put_last(college)
            known.colleges[key] = college
            cells.planned.rows.append(college)
    end_before_merger(cells, seat)
    known.put_last(seat)
    known.added[id(seat)] = cells.planned.number
    cells.planned.rows.append(seat)


def end_before_merger(cells: Cells, seat: Seat) -> None:
    """As `save_seat` does: a new seat of a committee that will merge ends on the eve."""
    last_day = seat.committee.last_day
    if last_day is None:
        return
    if max(day for day in (seat.starts_on, seat.ends_on, last_day) if day) > last_day:
        cells.wrong("Siège jusqu'au", f"Le comité fusionne avec un autre : le siège finit le {last_day:%d/%m/%Y}.")
    seat.ends_on = seat.ends_on or last_day


def plan_mandate(cells: Cells, known: Known, seat: Seat) -> None:
    """Somebody in the seat: known already, or appointed as `appoint_person` would, with the same refusals."""
    key = name_key(cells.text("Prénom"), cells.text("Nom"))
    kind = cells.choice("Qualité", MandateKind, MandateKind.FULL_MEMBER)
    starts_on, ends_on = cells.day("Depuis le"), cells.day("Jusqu'au")
    cells.planned.label += f", {cells.text('Prénom')} {cells.text('Nom')}"
    if starts_on is None:
        cells.wrong("Depuis le", "Dites depuis quel jour cette personne tient le siège.")
        return None
    for mandate in known.held[id(seat)]:
        named = name_key(mandate.person.given_name, mandate.person.surname)
        if (named, mandate.kind, mandate.starts_on) == (key, kind, starts_on):
            return note_known(cells, mandate, ends_on)
    person = find_person(cells, known, seat, key)
    if person is None or cells.planned.errors or not days_agree(cells, seat, starts_on, ends_on):
        return None
    mandate = Mandate(seat=seat, person=person, kind=kind, starts_on=starts_on, ends_on=ends_on or seat.ends_on)
    check_free(cells, mandate, known.held[id(seat)])
    known.held[id(seat)].append(mandate)
    cells.planned.rows.append(mandate)
    return None


def note_known(cells: Cells, mandate: Mandate, ends_on: date | None) -> None:
    if mandate.pk is None:
        cells.wrong("Nom", "La même nomination est déjà plus haut dans le fichier.")
    cells.planned.is_known = True
    if ends_on and ends_on != mandate.ends_on:
        cells.planned.notes.append(f"Jusqu'au reste « {written_day(mandate.ends_on) or 'sans fin prévue'} ».")


def find_person(cells: Cells, known: Known, seat: Seat, key: tuple) -> Person | None:
    """The person of that name: of that address when it is given, else of the organisation of the seat."""
    found, email = known.persons.get(key, []), cells.text("Courriel")
    if email:
        found = [person for person in found if folded(person.email) == folded(email)]
    elif len(found) > 1 and seat.organisation:
        found = [person for person in found if person.organisation_id == seat.organisation_id]
    if len(found) == 1:
        return found[0]
    if not found:
        cells.wrong("Nom", "Cette personne n'est pas au répertoire : importez d'abord les personnes.")
    else:
        cells.wrong("Nom", "Plusieurs personnes portent ce nom : précisez le courriel.")
    return None


def days_agree(cells: Cells, seat: Seat, starts_on: date, ends_on: date | None) -> bool:
    if ends_on and ends_on < starts_on:
        cells.wrong("Jusqu'au", "Le mandat doit finir le jour où il commence, ou après.")
    if seat.starts_on and starts_on < seat.starts_on:
        cells.wrong("Depuis le", f"Le siège n'existe que depuis le {written_day(seat.starts_on)}.")
    if seat.ends_on and max(starts_on, ends_on or starts_on) > seat.ends_on:
        cells.wrong("Jusqu'au", f"Le siège n'existe que jusqu'au {written_day(seat.ends_on)}.")
    return not cells.planned.errors


def check_free(cells: Cells, mandate: Mandate, held: list[Mandate]) -> None:
    """What the constraints of the database would refuse, said beside its column."""
    for other in held:
        if not overlap((mandate.starts_on, mandate.ends_on), (other.starts_on, other.ends_on)):
            continue
        if other.person == mandate.person:
            cells.wrong("Nom", "Cette personne tient déjà ce siège à ces dates.")
        if MandateKind.FULL_MEMBER == mandate.kind == other.kind:
            cells.wrong("Qualité", f"Ce siège a déjà un titulaire à ces dates : {other.person}.")


@dataclass(frozen=True)
class SeatLine:
    """One line given out."""

    seat: Seat
    number: int
    mandate: Mandate | None = None

    def of_person(self, name: str) -> str:
        return getattr(self.mandate.person, name) if self.mandate else ""


def composition_lines() -> Iterator[SeatLine]:
    """Every seat of every committee, past ones too, with whoever held it. Two queries."""
    ranks: dict[tuple, int] = defaultdict(int)
    for seat in seats_with_mandates():
        key = seat_key(seat)
        ranks[key] += 1
        for mandate in seat.held or [None]:
            yield SeatLine(seat, ranks[key], mandate)


COMPOSITION_SHEET = Sheet(
    kind="composition",
    title="Composition des comités",
    purpose=(
        "Une ligne par siège et par personne qui le tient ; une ligne sans nom crée le siège seul. Un siège se "
        "reconnaît à son comité, son collège, son intitulé, son organisme, son service et son territoire ; le numéro "
        "sépare les sièges semblables. Comités, services, organismes et personnes s'inscrivent avant."
    ),
    columns=(
        Column("Comité", lambda line: line.seat.committee.name, "Comité local des usagers", is_required=True),
        Column("Collège", lambda line: str(line.seat.college or ""), "Collège des usagers", "Créé s'il est nouveau."),
        Column("Côté", lambda line: line.seat.college.get_side_display() if line.seat.college else "", "usagers"),
        Column("Siège", lambda line: line.seat.wording, "Association des usagers du rail", is_required=True),
        Column("Numéro", lambda line: str(line.number), "1", "Vide : 1."),
        Column("Organisme", lambda line: str(line.seat.organisation or ""), "Association des usagers du rail"),
        Column("Service", lambda line: str(line.seat.service or "")),
        Column("Territoire", lambda line: line.seat.territory),
        Column("Désignation", lambda line: line.seat.get_basis_display(), SeatBasis.DESIGNATED.label),
        Column("Siège depuis le", lambda line: written_day(line.seat.starts_on), hint="Vide : depuis toujours."),
        Column("Siège jusqu'au", lambda line: written_day(line.seat.ends_on), hint="Vide : sans fin."),
        Column("Qualité", lambda line: line.mandate.get_kind_display() if line.mandate else "", "titulaire"),
        Column("Prénom", lambda line: line.of_person("given_name"), "Odile"),
        Column("Nom", lambda line: line.of_person("surname"), "Ferrandier"),
        Column("Courriel", lambda line: line.of_person("email"), hint="Pour choisir entre des homonymes."),
        Column("Depuis le", lambda line: written_day(line.mandate and line.mandate.starts_on), "01/01/2026"),
        Column("Jusqu'au", lambda line: written_day(line.mandate and line.mandate.ends_on), hint="Vide : sans fin."),
    ),
    rows=composition_lines,
    plan=plan_composition,
    list_page="committees:committee_list",
    pages="committees:composition",
    made=(College, Seat, Mandate),
    held=held_rows,
)
