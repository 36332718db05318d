"""Model and form fields of degraded values: FuzzyDate and Quantity, stored as JSONB (design §4, rule 4).

None is SQL NULL: missing is never zero. The column carries its own check, so that direct SQL cannot store what Python
would refuse to read (checklist D07).
"""

from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from clu_portal.lib.fuzzy_date import FuzzyDate, parse_fuzzy_date
from clu_portal.lib.quantity import Quantity, parse_quantity
from clu_portal.lib.quantity.value import MAX_DIGITS
from clu_portal.lib.text import clean_line
from clu_portal.lib.value_checks import fuzzy_date_condition, quantity_condition

TEXT_MAX_LENGTH = 200
SQL_TYPES = {"DateField": "date", "DecimalField": "numeric", "TextField": "text"}


class ParsedTextFormField(forms.CharField):
    """A text input whose value is read by `parse`, the wording typed being kept; None when it is left blank."""

    def __init__(self, *, parse, **kwargs):
        self.parse = parse
        super().__init__(**{"max_length": TEXT_MAX_LENGTH, **kwargs})

    def to_python(self, value):
        typed = super().to_python(None if value is None else clean_line(str(value)))
        try:
            return self.parse(typed) if typed else None
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def run_validators(self, value):
        super().run_validators(value.text if value else value)

    def prepare_value(self, value):
        return getattr(value, "text", value)

    def has_changed(self, initial, data):
        before, after = self.prepare_value(initial) or "", data or ""
        return not self.disabled and clean_line(before) != clean_line(after)


class FuzzyDateFormField(ParsedTextFormField):
    """« 15/01/2023 », « 1er trimestre 2020 », « après la labellisation ».

    `today`, a callable such as `timezone.localdate`, gives « mars » its coming year; without it no year is guessed.
    """

    def __init__(self, *, today=None, **kwargs):
        super().__init__(parse=lambda text: parse_fuzzy_date(text, today and today()), **kwargs)


class QuantityFormField(ParsedTextFormField):
    """« – de 2 % », « entre 97 % et 100 % », « 3,4/5 »."""

    def __init__(self, **kwargs):
        super().__init__(parse=parse_quantity, **kwargs)


class PartTransform(models.Transform):
    """One part of the value as a date, a number or a text; NULL when the part is missing."""

    def __init__(self, lhs, *, part: str, output_field: models.Field):
        super().__init__(lhs, output_field=output_field)
        self.part = part

    def as_sql(self, compiler, connection):
        lhs, params = compiler.compile(self.lhs)
        sql_type = SQL_TYPES[self.output_field.get_internal_type()]
        return f"({lhs} ->> '{self.part}')::{sql_type}", params


class ValueField(models.JSONField):
    """A value of ours in a JSONB column; null and blank unless told otherwise. PostgreSQL only.

    Lookups by part are typed (`due__end__lt=date`, `order_by("due__end")`); no other name can be looked up.
    """

    value_class: type
    form_field_class: type[forms.Field]
    parts: dict[str, models.Field]
    default_error_messages = {"invalid": "Cette valeur est illisible."}

    def __init__(self, *args, null=True, blank=True, **kwargs):
        super().__init__(*args, null=null, blank=blank, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "null": self.null, "blank": self.blank}

    def parse(self, text: str):
        """Read what was typed. Each kind of value has its own way: FuzzyDateField, QuantityField."""
        raise NotImplementedError

    def sql_condition(self, column: str) -> str:
        """What the database checks of a stored value, written by each kind of value."""
        raise NotImplementedError

    def db_check(self, connection):
        column = connection.ops.quote_name(self.column)
        return f"{column} IS NULL OR {self.sql_condition(column)}"

    def from_db_value(self, value, expression, connection):
        data = super().from_db_value(value, expression, connection)
        return None if data is None else self.value_class.from_json(data)

    def to_python(self, value):
        """Accept the value itself, its JSON or the text as typed."""
        if isinstance(value, str):
            return self._parse_or_refuse(value)
        try:
            return self.value_class.from_json(value) if isinstance(value, dict) else value
        except (ValueError, TypeError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def _parse_or_refuse(self, text: str):
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value, model_instance):
        if value is not None and not isinstance(value, self.value_class):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        models.Field.validate(self, value, model_instance)

    def get_prep_value(self, value):
        """Raise TypeError on anything but the value: a text must have been read before it is stored."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        if not isinstance(value, self.value_class):
            raise TypeError(f"{self.name}: a {self.value_class.__name__} is expected, not {type(value).__name__}")
        return value.to_json()

    def value_to_string(self, obj):
        """Return the JSON: serialisers write it as it is, and `to_python` reads it back."""
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": self.form_field_class, **kwargs})

    def get_transform(self, name):
        if name in self.parts:
            return partial(PartTransform, part=name, output_field=self.parts[name])
        return models.Field.get_transform(self, name)


class FuzzyDateField(ValueField):
    """A date as given: day, month, quarter, season, year, event or nothing sure."""

    value_class = FuzzyDate
    form_field_class = FuzzyDateFormField
    parts = {"start": models.DateField(), "end": models.DateField(), "precision": models.TextField()}

    def parse(self, text):
        return parse_fuzzy_date(text)

    def sql_condition(self, column):
        return fuzzy_date_condition(column)


def _number_field() -> models.DecimalField:
    return models.DecimalField(max_digits=2 * MAX_DIGITS, decimal_places=MAX_DIGITS)


class QuantityField(ValueField):
    """A number as given, with its comparator, unit and scale."""

    value_class = Quantity
    form_field_class = QuantityFormField
    parts = {
        "value": _number_field(),
        "value_max": _number_field(),
        "scale_max": _number_field(),
        "comparator": models.TextField(),
        "unit": models.TextField(),
    }

    def parse(self, text):
        return parse_quantity(text)

    def sql_condition(self, column):
        return quantity_condition(column)
