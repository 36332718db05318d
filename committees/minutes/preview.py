"""The pages of a text being drafted, as they would be printed now (docs/decisions/0019).

One row per minutes, drawn over each time, gone when the text is frozen. The request says which text is wanted; one
worker draws the text of the moment it begins, so a request overtaken before its turn is never drawn.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from clu_portal.hints import queue_after_commit
from clu_portal.lib.pdf import RenderingError, anchor_pages
from clu_portal.tenancy import required_prefecture_id, scope
from committees.minutes.acts import draft_hash
from committees.minutes.documents import minutes_html
from committees.minutes.drawing import drawn_pages, section_names
from committees.minutes.models import Minutes
from committees.minutes.previewed import Preview

HELD_SECONDS = 120  # how long a drawing may last before another worker begins again
ANCHOR = "s-"  # templates/committees/minutes/nodes/pdf/section.html


@dataclass(frozen=True)
class Drawing:
    html: str
    text_hash: str
    names: dict[str, str]
    begun_at: datetime


def ask_preview(minutes: Minutes) -> Preview:
    """Ask for the pages of the text of the moment; what was asked before and not begun is forgotten."""
    wanted = draft_hash(minutes)
    preview, _ = Preview.objects.defer("content").get_or_create(minutes=minutes, defaults={"asked_hash": wanted})
    if preview.asked_hash != wanted or preview.error:
        preview.asked_hash, preview.answered_hash, preview.error = wanted, preview.content_hash, ""
        preview.save(update_fields=["asked_hash", "answered_hash", "error"])
    if preview.answered_hash != wanted:
        queue(required_prefecture_id(), minutes.pk)
    return preview


def queue(prefecture_id: int, minutes_pk: int) -> None:
    from committees.tasks import draw_preview

    queue_after_commit(draw_preview, prefecture_id, minutes_pk)


def draw_asked(prefecture_id: int, minutes_pk: int) -> bool:
    """Draw the pages asked for, unless they are there or being drawn. False when there was nothing to do."""
    with scope(prefecture_id):
        drawing = begin(minutes_pk)
    if drawing is None:
        return False
    result = draw(drawing)
    with scope(prefecture_id):
        held = Preview.objects.filter(minutes=minutes_pk, drawing_hash=drawing.text_hash)
        held.update(drawing_until=None, answered_hash=drawing.text_hash, **result)
        if held.exclude(asked_hash=drawing.text_hash).exists():
            queue(prefecture_id, minutes_pk)
    return True


def begin(minutes_pk: int) -> Drawing | None:
    """Take the drawing, of the text of this moment, whichever text was asked for."""
    now = timezone.now()
    preview = Preview.objects.select_for_update().defer("content").filter(minutes=minutes_pk).first()
    if preview is None or preview.stage(now) != "waiting":
        return None
    minutes = Minutes.objects.select_related("meeting__committee", "prefecture").get(pk=minutes_pk)
    text_hash = draft_hash(minutes)
    preview.asked_hash = preview.drawing_hash = text_hash
    preview.drawing_until = now + timedelta(seconds=HELD_SECONDS)
    preview.save(update_fields=["asked_hash", "drawing_hash", "drawing_until"])
    return Drawing(minutes_html(minutes, draft=True), text_hash, section_names(minutes), now)


def draw(drawing: Drawing) -> dict:
    """Return what to keep: the pages, or why there are none; the former ones then stay."""
    try:
        content = drawn_pages(drawing.html, created_at=drawing.begun_at, names=drawing.names)
        count, anchors = anchor_pages(content)
    except RenderingError as error:
        return {"error": str(error)}
    pages = {name.removeprefix(ANCHOR): page for name, page in anchors.items() if name.startswith(ANCHOR)}
    return {
        "error": "",
        "content": content,
        "content_hash": drawing.text_hash,
        "page_count": count,
        "section_pages": pages,
    }
