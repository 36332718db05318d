"""What the cells of one line say, and what is wrong in them, column by column."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models

from clu_portal.lib.sheets import SheetLine, plain
from clu_portal.organisations.imports.folding import folded
from clu_portal.organisations.imports.sheets import Planned, Sheet

FORMULA = "Une formule : collez sa valeur à la place."
DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d")


class Cells:
    """Reads a line; each refusal goes into `planned.errors`, beside its column."""

    def __init__(self, sheet: Sheet, line: SheetLine):
        self.by_heading = dict(zip(sheet.headings, line.cells, strict=True))
        self.planned = Planned(line.number, self.by_heading)
        for column in sheet.columns:
            text = self.by_heading[column.heading]
            if text.startswith("="):
                self.wrong(column.heading, FORMULA)
            elif column.is_required and not text:
                self.wrong(column.heading, "Cette case doit être remplie.")

    def wrong(self, heading: str, message: str) -> None:
        self.planned.errors.setdefault(heading, message)

    def text(self, heading: str) -> str:
        return plain(self.by_heading[heading])

    def choice(self, heading: str, choices: type[models.TextChoices], default: str) -> str:
        """The value whose label is written; the default for an empty cell."""
        text = self.text(heading)
        if not text:
            return default
        found = {folded(label): value for value, label in choices.choices}.get(folded(text))
        if found is None:
            labels = ", ".join(label for _, label in choices.choices)
            self.wrong(heading, f"« {text} » n'est pas une valeur connue : {labels}.")
        return found or default

    def day(self, heading: str) -> date | None:
        text = self.text(heading)
        if not text:
            return None
        for form in DAY_FORMS:
            try:
                found = datetime.strptime(text, form).date()
            except ValueError:
                continue
            if 1900 <= found.year <= 2200:
                return found
        self.wrong(heading, f"« {text} » n'est pas une date : écrivez 31/12/2026.")
        return None

    def check(self, row: models.Model, headings: dict[str, str]) -> None:
        """Check the plain fields of a new row, each said beside its column. Asks nothing of the database."""
        others = [field.name for field in row._meta.fields if field.name not in headings]
        try:
            row.clean_fields(exclude=others)
        except ValidationError as refusal:
            for name, messages in refusal.message_dict.items():
                self.wrong(headings[name], " ".join(messages))


def written_day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
