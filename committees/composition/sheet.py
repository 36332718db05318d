"""The composition of the committees as a sheet: a line for each seat and each person who held it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from clu_portal.organisations.imports.cells import written_day
from clu_portal.organisations.imports.sheets import Column, Sheet
from committees.composition.enums import SeatBasis
from committees.composition.imported import held_rows
from committees.composition.known import seat_key, seats_with_mandates
from committees.composition.models import College, Mandate, Seat
from committees.composition.planning import plan_composition


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
