"""Every version of the text: who, when, what changed; a version restored is one more version, saved as any other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import Max, Q, QuerySet

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from committees.minutes.models import Minutes, OrderRevision, Section, SectionRevision
from committees.minutes.text import OrderChange, SectionChange, TextConflict, TextFrozen, save_text
from committees.minutes.tree.compare import Line, compare_sections, is_changed, section_name
from committees.minutes.tree.errors import TreeError

FORMER = ("section", "version", "content")
STALE = "Ce texte a été modifié depuis que cette page est affichée : relisez ce que vous allez rétablir."


@dataclass(frozen=True)
class Difference:
    """One section then and now: its name, its lines in pieces."""

    uuid: str
    name: str
    lines: list[Line]
    is_changed: bool
    only_form: bool


def difference(uuid, before: dict | None, after: dict | None) -> Difference:
    """What leads from one version to the other; `only_form` when the same words are set otherwise."""
    lines = compare_sections(before, after)
    changed = is_changed(lines)
    return Difference(
        str(uuid), section_name(after or before), lines, before != after, before != after and not changed
    )


def revisions_of(minutes: Minutes, section: str = "") -> QuerySet[SectionRevision]:
    """The versions, the latest first, with their author and section."""
    revisions = SectionRevision.objects.filter(section__minutes=minutes).select_related("author", "section")
    return (revisions.filter(section__uuid=section) if section else revisions).order_by("-pk")


def names_of(revisions: Sequence[SectionRevision]) -> list[str]:
    """What each version is called; one that removes its section, by what it took away."""
    gone = [Q(section=one.section_id, version=one.version - 1) for one in revisions if one.content is None]
    held = SectionRevision.objects.filter(reduce(or_, gone)) if gone else SectionRevision.objects.none()
    former = {(section, version + 1): content for section, version, content in held.values_list(*FORMER)}
    return [name_of(revision, former.get((revision.section_id, revision.version))) for revision in revisions]


def name_of(revision: SectionRevision, former: dict | None) -> str:
    name = section_name(revision.content)
    return f"{name} : {section_name(former)}" if revision.content is None and former else name


def version_before(revision: SectionRevision) -> dict | None:
    before = SectionRevision.objects.filter(section=revision.section_id, version=revision.version - 1)
    return before.values_list("content", flat=True).first()


def text_at(minutes: Minutes, moment: datetime) -> dict[str, dict]:
    """The sections as they were at a moment, by id, in the order of then."""
    revisions = SectionRevision.objects.filter(section__minutes=minutes, at__lte=moment)
    revisions = revisions.order_by("section", "-version").distinct("section")  # the last of each, and no other
    held = {str(uuid): content for uuid, content in revisions.values_list("section__uuid", "content")}
    living = {uuid: content for uuid, content in held.items() if content is not None}
    named = [uuid for uuid in order_at(minutes, moment) if uuid in living]
    return {uuid: living[uuid] for uuid in [*named, *(uuid for uuid in living if uuid not in named)]}


def order_at(minutes: Minutes, moment: datetime) -> list[str]:
    orders = OrderRevision.objects.filter(minutes=minutes).order_by("version")
    known = list(orders.filter(at__lte=moment).values_list("ids", flat=True)) or list(
        orders[:1].values_list("ids", flat=True)
    )
    return known[-1] if known else []


def text_now(minutes: Minutes) -> dict[str, dict]:
    return {uuid: content for uuid, (_, content) in current(minutes).items() if content is not None}


def current(minutes: Minutes) -> dict[str, tuple[int, dict | None]]:
    """Version and content of each section, removed ones included."""
    rows = Section.objects.filter(minutes=minutes).order_by("pk").values_list("uuid", "version", "content")
    return {str(uuid): (version, content) for uuid, version, content in rows}


def differences_with_now(minutes: Minutes, then: dict[str, dict]) -> Iterator[Difference]:
    """What restoring would change, section by section: from the text of now to the text of then."""
    now = text_now(minutes)
    for uuid in [*then, *(uuid for uuid in now if uuid not in then)]:
        yield difference(uuid, now.get(uuid), then.get(uuid))


def last_change(minutes: Minutes) -> int:
    """A number that grows with each save: what a page was drawn from."""
    newest = SectionRevision.objects.filter(section__minutes=minutes).aggregate(newest=Max("pk"))["newest"] or 0
    return newest + minutes.order_version


@act("minutes_section_restored")
def restore_section(*, revision: SectionRevision, shown: int, by) -> Minutes:
    """Save again a version of one section. Raises ValidationError (stale, frozen, same)."""
    require_role(by, RoleKind.REFERENT)
    minutes = locked(revision.section.minutes_id, shown)
    uuid = str(revision.section.uuid)
    then = {**text_now(minutes), uuid: revision.content}
    minutes.audit_details = {"section": uuid, "restored_version": revision.version}
    return save_again(minutes, {uuid: revision.content}, [key for key in then if then[key] is not None], by)


@act("minutes_text_restored")
def restore_text(*, minutes: Minutes, moment: datetime, shown: int, by) -> Minutes:
    """Save again the whole text as it was at a moment. Raises ValidationError (stale, frozen, same)."""
    require_role(by, RoleKind.REFERENT)
    minutes = locked(minutes.pk, shown)
    then = text_at(minutes, moment)
    gone = {uuid: None for uuid in text_now(minutes) if uuid not in then}
    minutes.audit_details = {"restored_at": moment.isoformat()}
    return save_again(minutes, {**then, **gone}, list(then), by, follow_order=True)


def locked(pk: int, shown: int) -> Minutes:
    minutes = Minutes.objects.select_for_update(no_key=True).get(pk=pk)
    if last_change(minutes) != shown:
        raise ValidationError(STALE, code="stale")
    return minutes


def save_again(minutes: Minutes, wanted: dict, ids: list[str], by, *, follow_order: bool = False) -> Minutes:
    """Save what differs, as any writer does: on the version of now, with the order when it changes."""
    now = current(minutes)
    changes = [
        SectionChange(uuid, now[uuid][0], content) for uuid, content in wanted.items() if now[uuid][1] != content
    ]
    kept = [uuid for uuid in minutes.section_order if uuid in ids]
    order = ids if follow_order else [*kept, *(uuid for uuid in ids if uuid not in kept)]
    moved = OrderChange(minutes.order_version, order) if order != minutes.section_order else None
    if not changes and moved is None:
        raise ValidationError("Le texte est déjà celui-là.", code="same")
    try:
        save_text(minutes=minutes, changes=changes, order=moved, operation_id=f"restored-{uuid4()}", by=by)
    except TextFrozen as frozen:
        raise ValidationError(frozen.message, code="frozen") from frozen
    except TextConflict as conflict:
        raise ValidationError(STALE, code="stale") from conflict
    except TreeError as error:
        raise ValidationError(
            f"Cette version ne peut plus être rétablie : {error.message}", code="outdated"
        ) from error
    return minutes
