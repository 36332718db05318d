"""What each line of a sheet of the composition would do, and all that is wrong in it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal.lib.sheets import SheetLine
from clu_portal.organisations.imports.cells import Cells, written_day
from clu_portal.organisations.imports.folding import folded
from clu_portal.organisations.imports.sheets import Planned, Sheet
from clu_portal.organisations.models import Person
from committees.composition.acts.seats import end_before_merger
from committees.composition.enums import CollegeSide, MandateKind, SeatBasis
from committees.composition.known import Known, name_key, seat_key
from committees.composition.models import College, Committee, Mandate, Seat
from committees.composition.rules import overlap

SEAT_FIELDS = {"wording": "Siège", "territory": "Territoire"}


def plan_composition(sheet: Sheet, lines: list[SheetLine]) -> list[Planned]:
    known = Known.read()
    return [plan_line(Cells(sheet, line), known) for line in lines]


def plan_line(cells: Cells, known: Known) -> Planned:
    """Each part of the line is read, whatever is wrong in the others: one report says all there is to mend."""
    planned = cells.planned
    planned.label = f"{cells.text('Comité')}, {cells.text('Siège')}"
    committee = find_committee(cells, known)
    seat = find_seat(cells, known, committee)
    if cells.text("Nom") or cells.text("Prénom"):
        plan_mandate(cells, known, seat)
    elif not planned.rows:
        if id(seat) in known.added:
            cells.wrong("Siège", f"Le même siège est déjà à la ligne {known.added[id(seat)]}.")
        planned.is_known = not planned.errors
    if committee and not planned.is_known and committee.has_merged_on(timezone.localdate()):
        cells.wrong("Comité", "Ce comité a fusionné avec un autre : sa composition ne change plus.")
    return planned


def find_committee(cells: Cells, known: Known) -> Committee | None:
    committee = known.committees.get(folded(cells.text("Comité")))
    if committee is None:
        cells.wrong("Comité", "Ce comité n'est pas connu : créez-le d'abord.")
    return committee


def find_seat(cells: Cells, known: Known, committee: Committee | None) -> Seat:
    """The seat a line speaks of; a new one goes into its rows, with its college when that is new too.

    Where something is wrong, the seat as it is typed, which is added nowhere.
    """
    seat = typed_seat(cells, known, committee)
    number = number_of(cells)
    if cells.planned.errors:
        return seat
    alike = known.seats[seat_key(seat)]
    if number <= len(alike):
        return alike[number - 1]
    if number > len(alike) + 1:
        cells.wrong("Numéro", f"Il n'y a pas de siège semblable n° {number - 1} avant celui-ci.")
        return seat
    add_seat(cells, known, seat)
    alike.append(seat)
    return seat


def typed_seat(cells: Cells, known: Known, committee: Committee | None) -> Seat:
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


def typed_college(cells: Cells, known: Known, committee: Committee | None) -> College | None:
    label = cells.text("Collège")
    side = cells.choice("Côté", CollegeSide, CollegeSide.USERS)
    if not label:
        return None
    found = known.colleges.get((committee and committee.pk, folded(label)))
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
    try:
        end_before_merger(seat)
    except ValidationError as refused:
        cells.wrong("Siège jusqu'au", *refused.messages)
    known.put_last(seat)
    known.added[id(seat)] = cells.planned.number
    cells.planned.rows.append(seat)


def plan_mandate(cells: Cells, known: Known, seat: Seat) -> None:
    """Somebody in the seat: known already, or appointed as `appoint_person` would, with the same refusals."""
    key = name_key(cells.text("Prénom"), cells.text("Nom"))
    kind = cells.choice("Qualité", MandateKind, MandateKind.FULL_MEMBER)
    starts_on, ends_on = cells.day("Depuis le"), cells.day("Jusqu'au")
    cells.planned.label += f", {cells.text('Prénom')} {cells.text('Nom')}"
    if starts_on is None:
        cells.wrong("Depuis le", "Dites depuis quel jour cette personne tient le siège.")
    held = known.held.get(id(seat), [])
    for mandate in held:
        named = name_key(mandate.person.given_name, mandate.person.surname)
        if (named, mandate.kind, mandate.starts_on) == (key, kind, starts_on):
            return note_known(cells, mandate, ends_on)
    person = find_person(cells, known, seat, key)
    days = starts_on, ends_on or seat.ends_on
    if person and days_agree(cells, seat, starts_on, ends_on):
        check_free(cells, person, kind, days, held)
    if not cells.planned.errors:
        mandate = Mandate(seat=seat, person=person, kind=kind, starts_on=days[0], ends_on=days[1])
        note_other_seats(cells, known, mandate)
        known.note_mandate(seat, mandate)
        cells.planned.rows.append(mandate)
    return None


def note_other_seats(cells: Cells, known: Known, mandate: Mandate) -> None:
    """What `appoint_person` asks to confirm is said: importing the file after reading it confirms it."""
    days = mandate.starts_on, mandate.ends_on
    for other in known.held_there.get((mandate.seat.committee_id, mandate.person_id), []):
        if other.seat is not mandate.seat and overlap(days, (other.starts_on, other.ends_on)):
            kind = other.get_kind_display()
            cells.planned.notes.append(f"Cette personne tient aussi le siège « {other.seat} » ({kind}).")


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
    elif len(found) > 1 and "Organisme" in cells.planned.errors:
        return None  # which of them it is cannot be told before the organisation is
    elif len(found) > 1 and seat.organisation:
        found = [person for person in found if person.organisation_id == seat.organisation_id]
    if len(found) == 1:
        return found[0]
    if not found:
        cells.wrong("Nom", "Cette personne n'est pas au répertoire : importez d'abord les personnes.")
    else:
        cells.wrong("Nom", "Plusieurs personnes portent ce nom : précisez le courriel.")
    return None


def days_agree(cells: Cells, seat: Seat, starts_on: date | None, ends_on: date | None) -> bool:
    """Whether the days of a mandate are known and go forwards, and stay within those of its seat."""
    if starts_on is None:
        return False
    if ends_on and ends_on < starts_on:
        cells.wrong("Jusqu'au", "Le mandat doit finir le jour où il commence, ou après.")
        return False
    if seat.starts_on and starts_on < seat.starts_on:
        cells.wrong("Depuis le", f"Le siège n'existe que depuis le {written_day(seat.starts_on)}.")
    if seat.ends_on and max(starts_on, ends_on or starts_on) > seat.ends_on:
        cells.wrong("Jusqu'au", f"Le siège n'existe que jusqu'au {written_day(seat.ends_on)}.")
    return True


def check_free(cells: Cells, person: Person, kind: str, days: tuple[date, date | None], held: list[Mandate]) -> None:
    """What the constraints of the database would refuse, said beside its column."""
    for other in held:
        if not overlap(days, (other.starts_on, other.ends_on)):
            continue
        if other.person == person:
            cells.wrong("Nom", "Cette personne tient déjà ce siège à ces dates.")
        if MandateKind.FULL_MEMBER == kind == other.kind:
            cells.wrong("Qualité", f"Ce siège a déjà un titulaire à ces dates : {other.person}.")
