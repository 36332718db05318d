"""export_meeting and import_meeting, as they are typed."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from clu_portal.audit.models import AuditEntry
from clu_portal.tenancy import scope
from committees.meeting_files.tests.conftest import rows_of
from committees.meeting_files.tests.furnishing import furnished_meeting
from committees.meetings.models import Meeting
from committees.tests.factories import MeetingFactory

ALREADY = "Cette réunion est déjà dans la préfecture : rien n'a changé.\n"


@pytest.fixture
def exported(prefecture, tmp_path) -> Path:
    path = tmp_path / "f.json"
    path.write_text(printed("export_meeting", furnished_meeting().pk, prefecture=prefecture.slug))
    return path


def printed(*command, **options) -> str:
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_export_then_import_then_import_again(exported, receiver):
    assert printed("import_meeting", exported, prefecture=receiver.slug) == "Réunion importée.\n"
    before = rows_of(receiver)
    said = printed("import_meeting", exported, prefecture=receiver.slug)
    assert said == ALREADY
    assert rows_of(receiver) == before


def test_file_that_returns_where_it_comes_from_changes_nothing_and_says_so(exported, prefecture):
    before = rows_of(prefecture)
    assert printed("import_meeting", exported, prefecture=prefecture.slug) == ALREADY
    assert rows_of(prefecture) == before


def remove(receiver, *, for_good: bool) -> None:
    """As the corbeille does with the one meeting, then the purge."""
    with scope(receiver.pk, receiver):
        meeting = Meeting.objects.get()
        put_in_trash(meeting)
        if for_good:
            Meeting.objects.with_trashed().filter(pk=meeting.pk).delete()


@pytest.fixture
def simple(prefecture, tmp_path) -> Path:
    """The file of a meeting without minutes, that may be removed."""
    path = tmp_path / "simple.json"
    meeting = MeetingFactory(state="prepared")
    path.write_text(printed("export_meeting", meeting.pk, prefecture=prefecture.slug))
    return path


def test_file_whose_meeting_was_removed_for_good_comes_in_again(simple, receiver):
    assert printed("import_meeting", simple, prefecture=receiver.slug) == "Réunion importée.\n"
    remove(receiver, for_good=True)
    for said in ("Réunion importée.\n", ALREADY):
        assert printed("import_meeting", simple, prefecture=receiver.slug) == said


def test_file_whose_meeting_is_in_the_corbeille_does_not_come_in_again(simple, receiver):
    printed("import_meeting", simple, prefecture=receiver.slug)
    remove(receiver, for_good=False)
    with pytest.raises(CommandError, match="est à la corbeille de la préfecture"):
        printed("import_meeting", simple, prefecture=receiver.slug)


def change(meeting: Meeting) -> None:
    meeting.place = "Ailleurs"
    meeting.save()


def put_in_trash(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(trashed_at=timezone.now())


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (change, "n'est plus telle que ce fichier la décrit"),
        (change, "corrigez-la dans le portail ou, pour lire ce fichier, importez-le dans une autre préfecture"),
        (put_in_trash, "est à la corbeille de la préfecture : remettez-la en place"),
    ],
)
def test_file_that_returns_once_its_meeting_changed_is_refused_with_what_to_do(exported, prefecture, since, said):
    with scope(prefecture.pk, prefecture):
        since(Meeting.objects.get(uuid=json.loads(exported.read_text())["meeting"]["uuid"]))
    before = rows_of(prefecture)
    with pytest.raises(CommandError) as refusal:
        printed("import_meeting", exported, prefecture=prefecture.slug)
    [first, line] = str(refusal.value).splitlines()
    assert first == "Rien n'a été importé."
    assert line.startswith("/meeting/uuid : cette réunion ")
    assert said in line
    assert rows_of(prefecture) == before


def test_import_is_one_line_of_the_journal(exported, receiver):
    printed("import_meeting", exported, prefecture=receiver.slug)
    with scope(receiver.pk, receiver):
        meeting = Meeting.objects.get()
        assert list(AuditEntry.objects.values_list("verb", "subject")) == [
            ("meeting_imported", f"meeting:{meeting.pk}")
        ]


def test_export_from_where_it_came_in_differs_by_the_prefecture_only(exported, receiver):
    printed("import_meeting", exported, prefecture=receiver.slug)
    with scope(receiver.pk, receiver):
        pk = Meeting.objects.get().pk
    lines = zip(exported.read_text().splitlines(), printed("export_meeting", pk).splitlines(), strict=True)
    assert [old.split(":")[0].strip() for old, new in lines if old != new] == ['"slug"', '"name"']


def test_import_says_each_refusal_and_writes_nothing(exported, receiver):
    exported.write_text(exported.read_text().replace('"held_on": "2026-03-20"', '"held_on": "demain"'))
    with pytest.raises(CommandError) as refusal:
        printed("import_meeting", exported, prefecture=receiver.slug)
    assert str(refusal.value).splitlines() == [
        "Rien n'a été importé.",
        "/meeting/held_on : on attend une date écrite 2026-03-20, pas « demain ».",
    ]
    assert rows_of(receiver) == {}


def test_import_refuses_a_prefecture_or_a_file_that_is_not_there(exported, receiver, tmp_path):
    with pytest.raises(CommandError, match="Aucune préfecture n'a l'adresse nulle-part"):
        printed("import_meeting", exported, prefecture="nulle-part")
    with pytest.raises(CommandError, match="ne se lit pas"):
        printed("import_meeting", tmp_path / "absent.json", prefecture=receiver.slug)


def test_export_refuses_a_meeting_that_is_not_there(prefecture, receiver):
    with pytest.raises(CommandError, match="Aucune réunion ne porte le numéro 0"):
        printed("export_meeting", 0)
    with pytest.raises(CommandError, match="Aucune réunion"):
        printed("export_meeting", furnished_meeting().pk, prefecture=receiver.slug)
