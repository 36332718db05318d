"""The schema is one, committed with its documentation, and no field of a model escapes it."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from committees.meeting_files.kinds import NEVER, every_kind
from committees.meeting_files.schema import meeting_schema

SCHEMA = Path(settings.BASE_DIR) / "docs" / "meeting-file.schema.json"
# What docs/meeting-file.md says the file does not hold: who typed, who has an account.
LEFT_OUT = {
    "types": {"position"},
    "persons": {"user"},
    "files": {"stored_by"},
    "sections": {"updated_by", "updated_at"},
    "approvals": {"approved_by"},
    "minutes": {"frozen_at", "frozen_by", "freeze_reason"},
}


def test_the_committed_schema_is_the_one_in_use():
    """Changed on purpose? bin/manage meeting_file_schema > docs/meeting-file.schema.json, and a new VERSION."""
    assert json.loads(SCHEMA.read_text()) == meeting_schema()


def test_the_schema_is_a_valid_one():
    Draft202012Validator.check_schema(meeting_schema())


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.key)
def test_every_field_is_in_the_file_or_left_out_on_purpose(kind):
    fields = {field.name for field in kind.model._meta.concrete_fields}
    kept = {field.name for field in (*kind.plain, *kind.links)}
    assert fields - kept - NEVER - {kind.owner} == LEFT_OUT.get(kind.key, set())


def test_every_table_that_belongs_to_a_meeting_is_in_the_file_or_left_out_on_purpose():
    """A new table of a meeting or of its parts is exported, or named here."""
    kinds = every_kind()
    models = {kind.model for kind in kinds}
    cited = {cited.model for kind in kinds for cited in kind.cited}
    owned = {
        relation.related_model.__name__
        for name in ("meeting", "agenda_items", "attendances", "minutes", "sections")
        for kind in kinds
        if kind.key == name
        for relation in kind.model._meta.related_objects
        if relation.related_model not in models | cited
    }
    assert owned == {
        "Citation", "Decision", "Distribution", "Exchange", "OrderRevision", "Preview", "Reading", "SectionRevision",
    }  # fmt: skip
