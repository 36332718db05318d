"""What a sheet is: its columns, which a file has and an export writes, and how its lines are understood."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from clu_portal.lib.sheets import SheetLine
from clu_portal.organisations.imports.folding import folded


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it holds of a row given out, an example and what to know to fill it."""

    heading: str
    value: Callable[[Any], str]
    example: str = ""
    hint: str = ""
    is_required: bool = False


class Outcome(StrEnum):
    NEW = "new"
    KNOWN = "known"
    WRONG = "wrong"


@dataclass
class Planned:
    """What one line of a file would do. `rows` are new rows, not saved, those that others need first."""

    number: int
    by_heading: dict[str, str]
    label: str = ""
    is_known: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    rows: list[models.Model] = field(default_factory=list)

    @property
    def columns(self) -> list[tuple[str, str, str]]:
        """Each heading, what the line has there, and what is wrong with it."""
        return [(heading, text, self.errors.get(heading, "")) for heading, text in self.by_heading.items()]

    @property
    def outcome(self) -> Outcome:
        if self.errors:
            return Outcome.WRONG
        return Outcome.KNOWN if self.is_known else Outcome.NEW


def nothing_held(run: models.Model, made: dict) -> dict[models.Model, list[str]]:
    """Of most registries, what refers to a row says all that was done with it."""
    return {}


@dataclass(frozen=True)
class Sheet:
    """A registry as a sheet. `plan` understands lines in a constant number of queries; `rows` is what is given out."""

    kind: str
    title: str
    purpose: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable]
    plan: Callable[["Sheet", list[SheetLine]], list[Planned]]
    list_page: str
    pages: str  # « organisations:person »: the beginning of the names of its pages
    made: tuple[type[models.Model], ...] = ()  # what its lines create, those that others need first
    # (the import, what it made: model -> pk -> row) -> why a row cannot be removed, beside what refers to it
    held: Callable[[models.Model, dict], dict[models.Model, list[str]]] = nothing_held

    def address(self, page: str, slug: str) -> str:
        """The address of « list », « import », « model » or « export »."""
        name = self.list_page if page == "list" else f"{self.pages}_{page}"
        return reverse(name, args=[slug])

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]

    def table(self) -> list[list[str]]:
        """The headings, then a line for each row."""
        return [self.headings, *([column.value(row) for column in self.columns] for row in self.rows())]

    def model_table(self) -> list[list[str]]:
        """The headings and one example."""
        return [self.headings, [column.example for column in self.columns]]

    def lines_of(self, lines: list[SheetLine]) -> list[SheetLine]:
        """The lines below the headings, their cells in our order. Raises ValidationError.

        Codes: no_line, unknown_column, missing_column, column_twice.
        """
        if len(lines) < 2:
            raise ValidationError("Ce fichier n'a pas de ligne sous ses intitulés de colonnes.", code="no_line")
        places = self.places(lines[0].cells)
        width = len(lines[0].cells)
        for number, cells in lines[1:]:
            if len(cells) > width:
                raise ValidationError(
                    f"La ligne {number} a plus de cases que la ligne des intitulés.", code="unknown_column"
                )
        return [
            SheetLine(number, [cells[place] if 0 <= place < len(cells) else "" for place in places])
            for number, cells in lines[1:]
        ]

    def places(self, given: list[str]) -> list[int]:
        """Where each of our columns stands in the file; -1 for one that may be left out."""
        found = [folded(heading) for heading in given]
        ours = {folded(column.heading): column for column in self.columns}
        for name, heading in zip(found, given, strict=True):
            if name not in ours:
                accepted = ", ".join(self.headings)
                message = f"La colonne « {heading} » n'est pas connue. Colonnes lues : {accepted}."
                raise ValidationError(message, code="unknown_column")
        if len(set(found)) != len(found):
            raise ValidationError("Deux colonnes ont le même intitulé.", code="column_twice")
        for name, column in ours.items():
            if column.is_required and name not in found:
                raise ValidationError(f"Il manque la colonne « {column.heading} ».", code="missing_column")
        return [found.index(name) if name in found else -1 for name in ours]
