"""Each kind of refusal: its line, and nothing written."""

import copy
import json
from base64 import b64encode
from functools import reduce

import pytest
from django.core.exceptions import ValidationError

from clu_portal.tenancy import scope
from clu_portal.tests.factories import OrganisationFactory
from committees.meeting_files.acts import import_once
from committees.meeting_files.checking import read_file
from committees.meeting_files.exporting import meeting_file, written
from committees.meeting_files.tests.conftest import rows_of
from committees.meeting_files.tests.furnishing import furnished_meeting
from committees.tests.factories import MeetingFactory

STRANGER = "9a533982-f160-42ea-8ab5-64ce468d9e4a"
PNG_AS_PDF = b"\x89PNG\r\n\x1a\n"

# A path of the file, the value put there, the code of the line and its place (the same path unless told).
CHANGES = [
    ("version", 1, "unknown_version", "/version"),
    ("version", True, "unknown_version", "/version"),
    ("format", "autre", "unknown_format", "/"),
    ("meeting/colour", "bleu", "unknown_key", "/meeting/colour"),
    ("meeting/attendances/0/mood", "", "unknown_key", "/meeting/attendances/0/mood"),
    ("meeting/attendances/0/printed_line", 12, "wrong_type", None),
    ("meeting/agenda_items/0/position", "1", "wrong_type", None),
    ("meeting/agenda_items/0/position", 1.0, "wrong_type", None),
    ("meeting/agenda_items/0/position", -1, "out_of_range", None),
    ("meeting/agenda_items/0/position", 32768, "out_of_range", None),
    ("meeting/agenda_items/0/title", "x" * 301, "too_long", None),
    ("meeting/attendances/0/status", "asleep", "unknown_value", None),
    ("meeting/held_on", "20/03/2026", "wrong_shape", None),
    ("meeting/held_on", "2026-02-30", "wrong_shape", None),
    ("meeting/starts_at", "14:30", "wrong_shape", None),
    ("meeting/uuid", "7B0C2F4E-3B7D-4D0B-9A57-0D4F0C9F1A11", "wrong_shape", None),
    ("meeting/place", "salle\0", "wrong_shape", None),
    ("meeting/planned_for", {"text": "?", "start": None, "end": None, "precision": "day", "condition": ""}, "invalid",
     None),
    ("meeting/attendances/0/seat", STRANGER, "unknown_reference", None),
    ("meeting/attendances/0/missed_items/0", STRANGER, "unknown_reference", None),
    ("meeting/documents/0/file", STRANGER, "unknown_reference", None),
    ("meeting/committee", STRANGER, "unknown_reference", None),
    ("committees/0/type", "Aucun", "unknown_reference", None),
    ("links/0/target", f"action:{STRANGER}", "unknown_reference", None),
    ("links/0/target", f"user:{STRANGER}", "wrong_shape", None),
    ("files/0/content", "pas du base64 !", "wrong_shape", None),
    ("files/0/content", b64encode(b"%PDF-1.7\n%%EOG\n").decode(), "wrong_sha256", "/files/0/sha256"),
    ("files/0/sha256", "0" * 64, "wrong_sha256", None),
    ("files/0/size", 3, "wrong_size", None),
    ("files/0/content_type", "text/html", "wrong_type", None),
    ("files/0/name", "page.html", "unknown_format", "/files/0/content"),
    ("files/0/name", "../note.pdf", "wrong_name", None),
    ("meeting/minutes/0/layout", {"brand": "royal"}, "wrong_layout", None),
    ("meeting/minutes/0/sections/0/content", {"type": "script"}, "wrong_text", None),
    ("meeting/minutes/0/sections/0/content", None, "wrong_text", None),
    ("persons/0/email", "pas une adresse", "invalid", None),
    ("meeting/ends_at", "14:00:00", "refused", "/meeting"),
    ("mandates/0/ends_on", "2024-01-01", "ends_before_start", "/mandates/0"),
]  # fmt: skip


def changed(file: dict, place: str, value) -> dict:
    steps = [int(step) if step.isdigit() else step for step in place.split("/")]
    copied = copy.deepcopy(file)
    reduce(lambda inside, step: inside[step], steps[:-1], copied)[steps[-1]] = value
    return copied


@pytest.mark.parametrize(("place", "value", "code", "line"), CHANGES)
def test_import_refuses_a_line_and_writes_nothing(file, receiver, bring_in, place, value, code, line):
    before = rows_of(receiver)
    with pytest.raises(ValidationError) as refusal:
        bring_in(changed(file, place, value))
    lines = [(error.code, error.message.partition(" : ")[0]) for error in refusal.value.error_list]
    assert lines == [(code, line or f"/{place}")]
    assert rows_of(receiver) == before


def test_the_file_before_any_change_is_accepted(file, bring_in):
    assert bring_in(file)


def test_import_refuses_each_wrong_line_at_once(file, receiver, bring_in):
    wrong = changed(changed(file, "meeting/held_on", "hier"), "persons/0/surname", None)
    with pytest.raises(ValidationError) as refusal:
        bring_in(wrong)
    assert refusal.value.messages == [
        "/meeting/held_on : on attend une date écrite 2026-03-20, pas « hier ».",
        "/persons/0/surname : on attend un texte, pas « None ».",
    ]
    assert rows_of(receiver) == {}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', '{"format": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, "9" * 5000]
)
def test_read_file_refuses_what_is_not_a_file(text):
    with pytest.raises(ValidationError) as refusal:
        read_file(text)
    assert refusal.value.error_list[0].code in ("unreadable", "unknown_format")


def test_import_refuses_a_missing_key(file, receiver, bring_in):
    del file["meeting"]["votes"]
    with pytest.raises(ValidationError, match="/meeting/votes : cette clé manque"):
        bring_in(file)
    assert rows_of(receiver) == {}


def test_import_refuses_an_object_twice(file, receiver, bring_in):
    file["persons"].append(file["persons"][0])
    with pytest.raises(ValidationError) as refusal:
        bring_in(file)
    assert [error.code for error in refusal.value.error_list] == ["twice"]
    assert rows_of(receiver) == {}


def test_import_refuses_an_action_the_file_does_not_hold(file, receiver, bring_in):
    file["actions"], file["links"] = [], []
    with pytest.raises(ValidationError) as refusal:
        bring_in(file)
    assert [error.code for error in refusal.value.error_list] == ["unknown_reference"]
    assert rows_of(receiver) == {}


def test_import_refuses_a_meeting_already_there(file, receiver, bring_in):
    bring_in(file)
    before = rows_of(receiver)
    with pytest.raises(ValidationError) as refusal:
        bring_in(changed(file, "meeting/place", "Ailleurs"))
    assert [(error.code, error.message.partition(" : ")[0]) for error in refusal.value.error_list] == [
        ("uuid_taken", "/meeting/uuid")
    ]
    assert rows_of(receiver) == before


def test_import_refuses_a_part_already_there(file, receiver, bring_in):
    bring_in(file)
    before = rows_of(receiver)
    other = written(file).replace(file["meeting"]["uuid"], STRANGER)
    with pytest.raises(ValidationError) as refusal:
        bring_in(json.loads(other))
    assert "/meeting/agenda_items/0 : Cet uuid est déjà pris dans cette préfecture." in refusal.value.messages
    assert rows_of(receiver) == before


def test_import_refuses_to_change_what_is_there(prefecture, receiver, bring_in):
    meeting = furnished_meeting()
    bring_in(meeting_file(meeting))
    other = meeting_file(MeetingFactory(committee=meeting.committee))
    other["committees"][0]["name"] = "Autre nom"
    before = rows_of(receiver)
    with pytest.raises(ValidationError) as refusal:
        bring_in(other)
    assert [error.code for error in refusal.value.error_list] == ["differs"]
    assert rows_of(receiver) == before


def test_import_refuses_a_name_taken_by_another(file, receiver, bring_in):
    with scope(receiver.pk, receiver):
        OrganisationFactory(name=file["organisations"][0]["name"])
    before = rows_of(receiver)
    with pytest.raises(ValidationError) as refusal:
        bring_in(file)
    assert refusal.value.messages == ["/organisations/0 : Un organisme porte déjà ce nom."]
    assert rows_of(receiver) == before


def test_import_of_a_file_of_another_prefecture_writes_in_the_scope_only(prefecture, file, receiver, bring_in):
    there = rows_of(prefecture)
    bring_in(changed(file, "prefecture/slug", prefecture.slug))
    assert rows_of(prefecture) == there
    assert rows_of(receiver)["Meeting"] == 1


def test_read_file_says_the_same_of_a_text_and_of_what_it_holds(file):
    assert read_file(written(file)) == json.loads(written(file)) == file


def test_import_once_is_done_once(file, receiver):
    with scope(receiver.pk, receiver):
        assert import_once(written(file), by=None)
        before = rows_of(receiver)
        assert not import_once(written(file), by=None)
        assert rows_of(receiver) == before
