"""What comes out, put in elsewhere, comes out the same but for the name of the préfecture."""

import json
from base64 import b64encode
from hashlib import sha256

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from clu_portal.files.models import PART_SIZE
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.meeting_files.acts import import_once
from committees.meeting_files.exporting import meeting_file, written
from committees.meeting_files.tests.generating import meeting_files
from committees.meetings.models import Meeting


def brought_in(file: dict) -> dict:
    """Import a file into a new préfecture, and export it from there."""
    receiver = PrefectureFactory()
    with scope(receiver.pk, receiver):
        assert import_once(written(file), by=None)
        return meeting_file(Meeting.objects.get())


def unnamed(file: dict) -> str:
    return written({key: value for key, value in file.items() if key != "prefecture"})


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(meeting_files())
def test_generated_meeting_exported_imported_exported_is_the_same(file):
    with transaction.atomic():
        first = brought_in(file)
        assert in_any_order(first["meeting"]) == in_any_order(file["meeting"])
        assert unnamed(brought_in(first)) == unnamed(first)
        transaction.set_rollback(True)


def in_any_order(value):
    """The same value, its lists sorted: a random file does not bother with the order of positions."""
    if isinstance(value, dict):
        return {key: in_any_order(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return sorted(
            (in_any_order(inside) for inside in value), key=lambda inside: json.dumps(inside, sort_keys=True)
        )
    return value


def test_a_large_deck_comes_in_in_parts_and_out_whole(file, receiver, bring_in):
    item = file["files"][0]
    content = b"%PDF-1.7\n" + bytes(PART_SIZE) + b"%%EOF\n"
    item |= {"content": b64encode(content).decode(), "size": len(content), "sha256": sha256(content).hexdigest()}
    bring_in(file)
    with scope(receiver.pk, receiver):
        meeting = Meeting.objects.get()
        assert meeting.documents.get().file.parts.count() == 2
        assert unnamed(meeting_file(meeting)) == unnamed(file)
