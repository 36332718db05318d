"""Saving what is typed: section by section, each with its version, all or nothing, never over somebody else's text."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from clu_portal.audit.acts import run_once
from committees.minutes.facts import take_cited
from committees.minutes.indexing import index_section
from committees.minutes.models import Minutes, OrderRevision, Section, SectionRevision
from committees.minutes.tree.canonical import normalise, text_hash
from committees.minutes.tree.schema import check_section
from committees.minutes.typed_actions import create_typed_actions

OVER = "Ce compte-rendu n'est plus en rédaction : votre texte n'a pas été enregistré."


class TextFrozen(Exception):
    """The minutes are no longer being drafted, or somebody froze the draft: nothing was saved. Holds the sentence."""

    def __init__(self, minutes: Minutes):
        super().__init__("frozen")
        self.message = f"Texte figé par {minutes.frozen_by} : {minutes.freeze_reason}" if minutes.is_frozen else OVER


class TextConflict(Exception):
    """Somebody saved another text meanwhile: nothing was saved. Holds what the person must choose from."""

    def __init__(self, conflicts: list[dict], order: dict | None):
        super().__init__("stale version")
        self.conflicts, self.order = conflicts, order


@dataclass(frozen=True)
class SectionChange:
    """A section as typed, and the version it was typed over: 0 for a new one. `content` None removes it."""

    uuid: str
    base: int
    content: dict | None


@dataclass(frozen=True)
class OrderChange:
    base: int
    ids: list[str] = field(default_factory=list)


def sections_in_order(minutes: Minutes) -> list[Section]:
    """The sections of the text, in their order; one the order does not name yet comes last, never lost."""
    rows = minutes.sections.exclude(content=None).order_by("pk").only("minutes", "uuid", "version", "content")
    sections = {str(section.uuid): section for section in rows}
    return in_order(sections, minutes)


def sections_as_json(minutes: Minutes) -> str:
    """[{"id", "version", "content"}, …] in their order, as the database writes it."""
    known = minutes.sections.exclude(content=None).order_by("pk").annotate(written=Cast("content", TextField()))
    sections = {
        str(uuid): f'{{"id": "{uuid}", "version": {version}, "content": {written}}}'
        for uuid, version, written in known.values_list("uuid", "version", "written")
    }
    return f"[{', '.join(in_order(sections, minutes))}]"


def saved_sections(minutes: Minutes, uuids: list[str]) -> list[dict]:
    """[{"id", "version", "content", "author", "at"}, …]: these sections as they are, and who saved them last."""
    rows = minutes.sections.filter(uuid__in=uuids).exclude(content=None).order_by("pk").select_related("updated_by")
    return [{"id": str(row.uuid), "version": row.version, "content": row.content, **last_saved(row)} for row in rows]


def last_saved(section: Section) -> dict:
    at = timezone.localtime(section.updated_at).isoformat(timespec="seconds")
    return {"author": str(section.updated_by or ""), "at": at}


def in_order(sections: dict[str, Any], minutes: Minutes) -> list[Any]:
    """Those the order names, then the others."""
    named = [sections.pop(uuid) for uuid in minutes.section_order if uuid in sections]
    return named + list(sections.values())


def contents(minutes: Minutes) -> list[dict]:
    return [section.content for section in sections_in_order(minutes)]


def frozen_hash(minutes: Minutes, facts: dict) -> str:
    """The SHA-256 of the text and of the facts it cites: what a rendering and an approval are about."""
    return hash_of(contents(minutes), facts)


def hash_of(sections: list[dict], facts: dict | None) -> str:
    cited = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{text_hash(sections)}\n{cited}".encode()).hexdigest()


def save_text(
    *, minutes: Minutes, changes: list[SectionChange], order: OrderChange | None, operation_id: str, by
) -> dict:
    """Save, once per operation id, and return the new versions.

    Raises TreeError (the text breaks the schema), TextFrozen, TextConflict. A refused save changes nothing.
    """
    for change in changes:
        if change.content is not None:
            check_section(change.content)
    return run_once(f"text:{minutes.pk}:{operation_id}", lambda: _save(minutes, changes, order, operation_id, by))


def _save(minutes: Minutes, changes, order, operation_id: str, by) -> dict:
    locked = Minutes.objects.select_for_update(no_key=True, of=("self",)).select_related("meeting").get(pk=minutes.pk)
    if not locked.is_drafting or locked.is_frozen:
        raise TextFrozen(locked)
    current = {str(s.uuid): s for s in locked.sections.filter(uuid__in=[change.uuid for change in changes])}
    refuse_stale(locked, current, changes, order)
    now = timezone.now()
    saved = [_save_section(locked, current.get(change.uuid), change, operation_id, by, now) for change in changes]
    if order is not None:
        _save_order(locked, order, by, now)
    take_cited(locked)
    return {
        "sections": [{"id": str(section.uuid), "version": section.version} for section in saved],
        "order_version": locked.order_version,
        "saved_at": timezone.localtime().isoformat(timespec="seconds"),
    }


def refuse_stale(minutes: Minutes, current: dict[str, Section], changes, order: OrderChange | None) -> None:
    stale = [change for change in changes if version_of(current.get(change.uuid)) != change.base]
    stale_order = order is not None and order.base != minutes.order_version
    if stale or stale_order:
        conflicts = [conflict(current[change.uuid], change.base) for change in stale if change.uuid in current]
        raise TextConflict(
            conflicts, {"version": minutes.order_version, "ids": minutes.section_order} if stale_order else None
        )


def version_of(section: Section | None) -> int:
    return section.version if section else 0


def conflict(section: Section, base: int) -> dict:
    """What the other person saved, and the text both started from."""
    base_revision = section.revisions.filter(version=base).first()
    return {
        "id": str(section.uuid),
        "version": section.version,
        "content": section.content,
        **last_saved(section),
        "base_content": base_revision.content if base_revision else None,
    }


def _save_section(
    minutes: Minutes, section: Section | None, change: SectionChange, operation_id: str, by, now: datetime
) -> Section:
    content = normalise(change.content) if change.content is not None else None
    if content is not None:
        create_typed_actions(minutes, content, by)
    if section is None:
        section = Section.objects.create(
            minutes=minutes, uuid=change.uuid, content=content, updated_by=by, updated_at=now
        )
    else:
        Section.objects.filter(pk=section.pk, version=change.base).update(
            version=F("version") + 1, content=content, updated_by=by, updated_at=now
        )
        section.version = change.base + 1
    SectionRevision.objects.create(
        section=section, version=section.version, content=content, author=by, operation_id=operation_id, at=now
    )
    index_section(minutes, change.uuid, content)
    return section


def _save_order(minutes: Minutes, order: OrderChange, by, now: datetime) -> None:
    minutes.order_version = order.base + 1
    minutes.section_order = order.ids
    minutes.save(update_fields=["order_version", "section_order"])
    OrderRevision.objects.create(minutes=minutes, version=minutes.order_version, ids=order.ids, author=by, at=now)
