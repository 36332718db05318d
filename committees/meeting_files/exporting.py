"""The file of a meeting, from its rows."""

import base64
import json

from django.db import models

from clu_portal.tenancy import current_prefecture
from committees.meeting_files.checking import refuse_file
from committees.meeting_files.gathering import Gathered, cited_rows, part_rows
from committees.meeting_files.kinds import BY_MODEL, FILES, MEETING, SHARED, Kind
from committees.meeting_files.schema import FORMAT, VERSION
from committees.meeting_files.values import to_json
from committees.meetings.models import Meeting


def meeting_file(meeting: Meeting) -> dict:
    """Return the file of a meeting, checked as an import would. Raises ValidationError (not_yet_sealed…)."""
    gathered = Gathered(meeting)
    prefecture = current_prefecture()
    file = {
        "format": FORMAT,
        "version": VERSION,
        "prefecture": {"slug": prefecture.slug, "name": prefecture.name},
        **{kind.key: shared_rows(gathered, kind) for kind in SHARED},
        "meeting": row_json(gathered.names, MEETING, meeting),
        "links": [
            {"source": source, "relation": relation, "target": target}
            for source, relation, target in sorted(gathered.links_inside())
        ],
    }
    refuse_file(file)
    return file


def written(file: dict) -> str:
    """The text of a file: one spelling, lines short enough to be compared."""
    return json.dumps(file, ensure_ascii=False, indent=1) + "\n"


def shared_rows(gathered: Gathered, kind: Kind) -> list[dict]:
    found = [row_json(gathered.names, kind, row) for row in gathered.shared[kind].values()]
    return sorted(found, key=lambda row: [row[name] for name in kind.order])


def row_json(names: dict[str, str], kind: Kind, row: models.Model) -> dict:
    """One object with its parts, in the order of its fields; `names`: « meeting:12 » → « meeting:<uuid> »."""
    values = {field.name: to_json(field, getattr(row, field.name)) for field in kind.plain}
    values |= {name: printed(row) for name, printed in kind.printed.items()}
    values |= {name: names.get(getattr(row, name), "") for name in kind.references}
    values |= {link.name: identity_of(getattr(row, link.name)) for link in kind.links}
    for cited in kind.cited:
        values[cited.key] = [identity_of(other) for other in cited_rows(cited, row)]
    if kind is FILES:
        values["content"] = base64.b64encode(row.content).decode()
    for part in kind.parts:
        values[part.key] = [row_json(names, part, each) for each in part_rows(part, row)]
    return values


def identity_of(row: models.Model | None) -> str | None:
    return None if row is None else str(getattr(row, BY_MODEL[type(row)].identity))
