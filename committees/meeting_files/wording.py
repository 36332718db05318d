"""A refusal, as read by whoever imports: where it is in the file (a JSON pointer, RFC 6901), and why, in French."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from jsonschema import ValidationError as SchemaError

TYPES = {
    "string": "un texte",
    "integer": "un nombre entier",
    "boolean": "vrai ou faux",
    "object": "un objet",
    "array": "une liste",
    "null": "rien (null)",
}
SHAPES = {
    "date": "une date écrite 2026-03-20",
    "time": "une heure écrite 14:30:00",
    "date-time": "un moment en temps universel, écrit 2026-03-20T13:30:00+00:00",
    "uuid": "un uuid en minuscules",
}
SHOWN_LENGTH = 60


@dataclass(frozen=True)
class Refusal:
    path: tuple
    message: str
    code: str

    def __str__(self):
        return f"{pointer(self.path)} : {self.message}"


def refuse(refusals: list[Refusal]) -> None:
    """Raise one ValidationError with a line per refusal; nothing when there is none."""
    if refusals:
        raise ValidationError([ValidationError(str(refusal), code=refusal.code) for refusal in refusals])


def pointer(path: tuple) -> str:
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path) or "/"


def shown(value) -> str:
    text = value if isinstance(value, str) else repr(value)
    printable = "".join(character if character.isprintable() else "?" for character in text[:SHOWN_LENGTH])
    return f"« {printable}{'…' if len(text) > SHOWN_LENGTH else ''} »"


def from_schema(error: SchemaError) -> list[Refusal]:
    """What the schema refuses, in our words."""
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        unknown = [key for key in error.instance if key not in error.schema["properties"]]
        return [Refusal((*path, key), "cette clé est inconnue.", "unknown_key") for key in unknown]
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return [Refusal((*path, key), "cette clé manque.", "missing_key") for key in missing]
    message, code = WORDINGS[error.validator](error.validator_value, error.instance)
    return [Refusal(path, message, code)]


def wrong_type(expected, value) -> tuple[str, str]:
    names = [expected] if isinstance(expected, str) else expected
    return f"on attend {' ou '.join(TYPES[name] for name in names)}, pas {shown(value)}.", "wrong_type"


def unknown_value(expected, value) -> tuple[str, str]:
    known = ", ".join("null" if each is None else shown(each) for each in expected)
    return f"{shown(value)} n'est pas une valeur connue : {known}.", "unknown_value"


WORDINGS = {
    "type": wrong_type,
    "enum": unknown_value,
    "const": lambda expected, value: unknown_value([expected], value),
    "format": lambda expected, value: (f"on attend {SHAPES[expected]}, pas {shown(value)}.", "wrong_shape"),
    "pattern": lambda _, value: (f"{shown(value)} n'est pas une référence « action:<uuid> ».", "wrong_shape"),
    "maxLength": lambda limit, value: (f"ce texte a {len(value)} caractères : {limit} au plus.", "too_long"),
    "maxItems": lambda limit, _: (f"cette liste a {limit} élément au plus.", "too_many"),
    "uniqueItems": lambda _, __: ("un même objet est cité deux fois dans cette liste.", "twice"),
    "minimum": lambda limit, value: (f"{value} est trop petit : {limit} au moins.", "out_of_range"),
    "maximum": lambda limit, value: (f"{value} est trop grand : {limit} au plus.", "out_of_range"),
}
