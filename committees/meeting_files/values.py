"""One value of a field, as JSON and back. Each value has one spelling only: what is imported is exported the same."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from clu_portal.fields import ValueField
from clu_portal.lib.fuzzy_date import FuzzyDate

READERS = {"uuid": UUID, "date": date.fromisoformat, "time": time.fromisoformat, "date-time": datetime.fromisoformat}


def to_json(field: models.Field, value):
    if value is None:
        return None
    if isinstance(field, ValueField):
        return value.to_json()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def from_json(field: models.Field, value):
    """Return the value of a field whose JSON was checked against the schema. Raises ValidationError."""
    if value is None:
        return None
    if isinstance(field, ValueField):
        read = field.to_python(value)
        if read.to_json() != value:
            raise ValidationError("Cette valeur ne s'écrit pas ainsi.", code="invalid")
        return read
    reader = READERS.get(format_of(field))
    return reader(value) if reader else value


def format_of(field: models.Field) -> str:
    """The JSON Schema format of a field: "" for a plain text."""
    formats = {
        models.DateTimeField: "date-time",
        models.DateField: "date",
        models.TimeField: "time",
        models.UUIDField: "uuid",
    }
    return next((name for type_, name in formats.items() if isinstance(field, type_)), "")


def is_spelt(format_: str, text: str) -> bool:
    """Whether a text is the one spelling of a date, a time or a uuid; a moment is in UTC."""
    try:
        value = READERS[format_](text)
    except ValueError:
        return False
    if isinstance(value, datetime):
        return value.tzinfo is not None and value.astimezone(UTC).isoformat() == text
    if isinstance(value, time):
        return value.tzinfo is None and value.isoformat() == text
    return (str(value) if isinstance(value, UUID) else value.isoformat()) == text


def schema_of(field: models.Field) -> dict:
    """The JSON Schema of a plain field."""
    schema = {**shape_of(field), "description": str(field.verbose_name)}
    if field.null:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"].append(None)
    return schema


def shape_of(field: models.Field) -> dict:
    if isinstance(field, ValueField):
        return fuzzy_date_shape()
    if isinstance(field, models.JSONField):
        return {"type": "array", "items": text("uuid")} if field.default is list else {"type": "object"}
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.IntegerField):
        return {"type": "integer", "minimum": 0, "maximum": 32767 if "Small" in type(field).__name__ else 2147483647}
    if field.choices:
        return {"type": "string", "enum": sorted({value for value, _ in field.choices} | blank_choice(field))}
    if format_ := format_of(field):
        return text(format_)
    limit = {"maxLength": field.max_length} if field.max_length else {}
    return {"type": "string", **limit}


def blank_choice(field: models.Field) -> set[str]:
    return {""} if field.blank else set()


def text(format_: str) -> dict:
    return {"type": "string", "format": format_}


def fuzzy_date_shape() -> dict:
    bound = {"type": ["string", "null"], "format": "date"}
    parts = {
        "text": {"type": "string"},
        "start": bound,
        "end": bound,
        "precision": {"type": "string"},
        "condition": {"type": "string"},
    }
    assert set(parts) == set(FuzzyDate.unspecified().to_json())
    return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}
