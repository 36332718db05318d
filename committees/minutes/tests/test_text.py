"""Saving the text: versions, conflicts, operations repeated, text frozen."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from committees.minutes import acts
from committees.minutes.models import Minutes, Section, SectionRevision
from committees.minutes.text import OrderChange, SectionChange, TextConflict, TextFrozen, contents, save_text
from committees.minutes.tree.errors import TreeError
from committees.tests.factories import drafted_minutes, referent, submitted_minutes


def section(words: str, uuid: str | None = None) -> dict:
    content = [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]
    return {"type": "section", "attrs": {"id": uuid or str(uuid4())}, "content": content}


def save(minutes: Minutes, *changes: SectionChange, by=None, order=None, operation_id=None) -> dict:
    by = by or referent()
    operation_id = operation_id or f"test-{uuid4()}"
    return save_text(minutes=minutes, changes=list(changes), order=order, operation_id=operation_id, by=by)


def new(words: str) -> SectionChange:
    content = section(words)
    return SectionChange(content["attrs"]["id"], 0, content)


def again(change: SectionChange, base: int, words: str) -> SectionChange:
    return SectionChange(change.uuid, base, section(words, change.uuid))


def stored(minutes: Minutes, change: SectionChange) -> tuple[int, str]:
    row = Section.objects.get(minutes=minutes, uuid=change.uuid)
    return row.version, row.content["content"][0]["content"][0]["text"]


def test_save_text_new_section_is_version_1_with_its_revision(prefecture):
    minutes, change = drafted_minutes(), new("Un premier texte")
    answer = save(minutes, change)
    assert answer["sections"] == [{"id": change.uuid, "version": 1}]
    assert stored(minutes, change) == (1, "Un premier texte")
    assert SectionRevision.objects.filter(section__uuid=change.uuid).count() == 1


def test_save_text_over_the_current_version_keeps_both_revisions(prefecture):
    minutes, change = drafted_minutes(), new("avant")
    save(minutes, change)
    save(minutes, again(change, 1, "après"))
    assert stored(minutes, change) == (2, "après")
    assert SectionRevision.objects.filter(section__uuid=change.uuid).count() == 2


def test_E01_stale_version_is_refused_with_both_texts_and_changes_nothing(prefecture):
    minutes, change, author = drafted_minutes(), new("base"), referent()
    save(minutes, change)
    save(minutes, again(change, 1, "celui de l'autre"), by=author)
    with pytest.raises(TextConflict) as refusal:
        save(minutes, again(change, 1, "le mien"), new("une autre section"))
    [conflict] = refusal.value.conflicts
    assert (conflict["version"], conflict["author"]) == (2, str(author))
    assert "celui de l'autre" in str(conflict["content"])
    assert "base" in str(conflict["base_content"])
    assert stored(minutes, change) == (2, "celui de l'autre")
    assert "une autre section" not in str(contents(minutes))


def test_E02_same_operation_again_answers_the_same_and_saves_once(prefecture):
    minutes, change = drafted_minutes(), new("une fois")
    first = save(minutes, change, operation_id="client-1")
    assert save(minutes, change, operation_id="client-1") == first
    assert stored(minutes, change)[0] == 1


def test_save_text_removed_section_leaves_the_text_and_stays_in_the_revisions(prefecture):
    minutes, change = drafted_minutes(), new("à retirer")
    save(minutes, change)
    save(minutes, SectionChange(change.uuid, 1, None))
    assert "à retirer" not in str(contents(minutes))
    assert [r.content is None for r in SectionRevision.objects.filter(section__uuid=change.uuid)] == [False, True]


def test_save_text_order_is_versioned_and_a_stale_one_refused(prefecture):
    minutes, first, second = drafted_minutes(), new("un"), new("deux")
    save(minutes, first, second)
    save(minutes, order=OrderChange(1, [second.uuid, first.uuid]))
    minutes.refresh_from_db()
    assert (minutes.order_version, minutes.section_order) == (2, [second.uuid, first.uuid])
    with pytest.raises(TextConflict) as refusal:
        save(minutes, order=OrderChange(1, [first.uuid, second.uuid]))
    assert refusal.value.order == {"version": 2, "ids": [second.uuid, first.uuid]}


def test_contents_section_the_order_does_not_name_is_last_and_not_lost(prefecture):
    minutes, change = drafted_minutes(), new("oubliée par l'ordre")
    save(minutes, change)
    assert contents(minutes)[-1] == change.content


def test_I02_text_outside_the_schema_is_refused(prefecture):
    minutes, change = drafted_minutes(), new("x")
    change.content["content"].append({"type": "script"})
    with pytest.raises(TreeError):
        save(minutes, change)
    assert not Section.objects.filter(uuid=change.uuid).exists()


def test_save_text_once_submitted_is_refused(prefecture):
    minutes = submitted_minutes()
    with pytest.raises(TextFrozen):
        save(minutes, new("trop tard"))


def test_R08_frozen_text_is_refused_by_the_database_too(prefecture):
    minutes = submitted_minutes()
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Section.objects.filter(minutes=minutes).update(version=99)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(title_lines="Autre titre")


def test_R08_database_takes_the_text_again_once_returned(prefecture):
    by = referent()
    minutes = submitted_minutes(by=by)
    acts.return_minutes(minutes=minutes, reason="À compléter", by=by)
    change = new("complété")
    save(minutes, change)
    assert stored(minutes, change) == (1, "complété")


def test_revisions_are_append_only_for_the_application(prefecture):
    drafted_minutes()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE committees_sectionrevision SET version = 5")
