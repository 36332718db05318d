"""The JSON Schema of the file, drawn from the kinds. docs/meeting-file.schema.json is this one, written."""

from functools import cache

from django.core.exceptions import ImproperlyConfigured

from clu_portal.links.models import Relation
from committees.meeting_files.kinds import BY_MODEL, FILES, MEETING, REFERABLE, SHARED, Kind
from committees.meeting_files.values import schema_of, text

FORMAT = "clu-portal/meeting"
VERSION = 2
REFERENCE = f"^({'|'.join(sorted(REFERABLE))}):[0-9a-f-]{{36}}$"


@cache
def meeting_schema() -> dict:
    """Return the schema, draft 2020-12."""
    lists = {kind.key: array({"$ref": f"#/$defs/{kind.key}"}) for kind in SHARED}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Une réunion du portail CLU, avec tout ce qu'elle contient",
        **closed(
            {
                "format": {"const": FORMAT},
                "version": {"const": VERSION},
                "prefecture": closed({"slug": {"type": "string"}, "name": {"type": "string"}}),
                **lists,
                "meeting": {"$ref": "#/$defs/meeting"},
                "links": array({"$ref": "#/$defs/links"}),
            }
        ),
        "$defs": {
            **{kind.key: schema_of_kind(kind) for kind in (*SHARED, MEETING)},
            "links": closed(
                {
                    "source": reference(),
                    "relation": {"type": "string", "enum": sorted(Relation.values)},
                    "target": reference(),
                }
            ),
        },
    }


def schema_of_kind(kind: Kind) -> dict:
    properties = {field.name: schema_of(field) for field in kind.plain}
    properties |= {name: reference(blank=True) for name in kind.references}
    properties |= {link.name: schema_of_link(link) for link in kind.links}
    properties |= {cited.key: {**array(text("uuid")), "uniqueItems": True} for cited in kind.cited}
    if kind is FILES:
        properties["content"] = {"type": "string", "contentEncoding": "base64", "description": "octets du fichier"}
    for part in kind.parts:
        properties[part.key] = array(schema_of_kind(part)) | ({"maxItems": 1} if part.single else {})
    return {**closed(properties), "description": str(kind.model._meta.verbose_name)}


def schema_of_link(link) -> dict:
    """A reference by the identity of the object it leads to. Raises ImproperlyConfigured for an unknown model."""
    kind = BY_MODEL.get(link.related_model)
    if kind is None or not kind.identity:
        raise ImproperlyConfigured(f"{link}: a meeting file holds no {link.related_model.__name__}")
    shape = text("uuid") if kind.identity == "uuid" else {"type": "string"}
    if link.null:
        shape["type"] = ["string", "null"]
    return {**shape, "description": f"{link.verbose_name} : un objet de « {kind.key} »"}


def closed(properties: dict) -> dict:
    """An object with these keys, all of them, and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def array(items: dict) -> dict:
    return {"type": "array", "items": items}


def reference(*, blank: bool = False) -> dict:
    """« action:<uuid> »; "" for none."""
    return {"type": "string", "pattern": f"^$|{REFERENCE}" if blank else REFERENCE}
