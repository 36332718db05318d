"""The layout of minutes: that of the préfecture while they are drafted, frozen with the text when it is submitted."""

import json
from collections.abc import Collection

from django.conf import settings
from django.db.models import QuerySet
from django.utils import formats

from clu_portal.compiled import compiled
from clu_portal.lib.text import first_in_french
from clu_portal.organisations.enums import AuthorityPlace, Brand, HeadOrder
from clu_portal.organisations.layout_rules import (
    STATE_MOTTO,
    authority_is_above,
    authority_lines,
    contact_lines,
    filled,
    signature_lines,
)
from clu_portal.organisations.models import DocumentLayout, Prefecture
from committees.meetings.models import Meeting
from committees.minutes.models import Minutes

# What a layout holds, line by line or among known values.
LINES = ("motto", "authority", "letterhead", "services")
CHOSEN = {"brand": Brand, "authority_place": AuthorityPlace, "head_order": HeadOrder}


def printed_layout(minutes: Minutes) -> dict:
    """What is printed around the text and is not the minutes' own: frozen, or of today."""
    if minutes.layout is not None:
        return minutes.layout
    return layout_printed(DocumentLayout.current(), minutes.prefecture)


def layout_printed(layout: DocumentLayout, prefecture: Prefecture) -> dict:
    """The layout as plain values, ready to be drawn and frozen."""
    brand = brand_allowed(layout.brand)
    place = AuthorityPlace.ABOVE if authority_is_above(brand, layout.authority_place) else layout.authority_place
    authority = authority_lines(
        prefecture.authority_line, capitals=layout.authority_capitals, broken=layout.authority_broken
    )
    return {
        "brand": brand,
        "motto": motto(brand, layout.motto),
        "authority": [] if place == AuthorityPlace.NONE else authority,
        "authority_place": place,
        "letterhead": layout.letterhead.splitlines() or name_alone(layout, brand, prefecture),
        "services": lines_of(layout.services),
        "header": layout.header_text,
        "head_order": layout.head_order,
        "short_date": layout.short_date,
    }


def is_layout(layout: dict) -> bool:
    """Whether a layout read from a file is of the shape that `layout_printed` gives."""
    if layout.keys() != {*LINES, *CHOSEN, "header", "short_date"}:
        return False
    are_lines = all(is_lines(layout[name]) for name in LINES)
    are_chosen = all(layout[name] in choices.values for name, choices in CHOSEN.items())
    return are_lines and are_chosen and isinstance(layout["header"], str) and isinstance(layout["short_date"], bool)


def is_lines(value) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def brand_allowed(brand: str) -> str:
    """The State's brand only where the operator may show it: elsewhere a block without the Marianne."""
    return Brand.NEUTRAL if brand == Brand.STATE and not settings.STATE_IDENTITY_ALLOWED else str(brand)


def motto(brand: str, typed: str) -> list[str]:
    return {Brand.STATE: list(STATE_MOTTO), Brand.NEUTRAL: lines_of(typed)}.get(brand, [])


def name_alone(layout: DocumentLayout, brand: str, prefecture: Prefecture) -> list[str]:
    """What stands for a letterhead that is empty: the name of the préfecture, which a brand block says already."""
    return [prefecture.name] if layout.names_prefecture and brand == Brand.NONE else []


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def layout_text(layout: dict) -> str:
    """The layout as the hash of the pages holds it."""
    return json.dumps(layout, sort_keys=True, ensure_ascii=False)


def proposed(layout: DocumentLayout, meeting: Meeting) -> dict:
    """What the layout proposes to the minutes of a meeting; each is changed in them as wished."""
    words = words_of(meeting)
    contacts = contact_lines(layout.contact_label, lines_of(layout.contact_agents), lines_of(layout.contact_details))
    return {
        "title_lines": meeting.title_lines or filled(layout.title_lines, words) or default_title(meeting),
        "contacts": "\n".join(contacts) if layout.contact_agents or layout.contact_details else "",
        "drafters": layout.drafters,
        "reference_lines": filled(layout.reference_lines, words),
        "page_mark": layout.page_mark,
        "title_form": layout.title_form,
    }


def words_of(meeting: Meeting) -> dict[str, str]:
    """What stands for « {comité} », « {date} » and « {jour} »; the date as it is planned when no day is fixed."""
    planned = str(meeting.planned_for or "") or "date à préciser"
    day = meeting.held_on
    date = first_in_french(formats.date_format(day, "j F Y")) if day else planned
    return {"comité": meeting.committees_text, "date": date, "jour": meeting.date_text if day else planned}


def default_title(meeting: Meeting) -> str:
    day = meeting.of_the_day if meeting.held_on else ""
    return f"{meeting.committees_text}\nCompte-rendu de la réunion {day}".strip()


@compiled
def signature_rows() -> QuerySet:
    return DocumentLayout.objects.values_list(
        "signature_authority",
        "delegation_formula",
        "signature_office",
        "signature_by_hand",
        "signature_mention",
        "signature_name",
    )


def proposed_signature() -> Collection[str]:
    """The lines of the signature of the préfecture, for the editor; none before they were chosen."""
    for *before, by_hand, mention, name in signature_rows():
        return signature_lines(before, by_hand=by_hand, after=(mention, name))
    return []
