"""Files of meetings drawn at random: every field of every kind takes a value, every link leads somewhere.

A field is drawn from its type; what the constraints of the models ask is put right afterwards (`SETTLED`).
"""

import hashlib
from base64 import b64encode
from datetime import UTC, datetime
from uuid import UUID

from django.db import models
from hypothesis import strategies as st

from clu_portal.fields import ValueField
from clu_portal.lib.fuzzy_date import FuzzyDate
from committees.meeting_files import kinds
from committees.meeting_files.kinds import BY_MODEL, MEETING, SECTIONS, SHARED, Kind
from committees.meeting_files.schema import FORMAT, VERSION
from committees.meeting_files.values import format_of, to_json
from committees.minutes.enums import MinutesState
from committees.minutes.tests.trees import prose_sections
from committees.minutes.text import hash_of
from committees.minutes.tree.blank import new_minutes
from committees.minutes.tree.canonical import normalise

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\tœ«»\u202f–"), max_size=12
)
PNG = b"\x89PNG\r\n\x1a\n"
FUZZY = [
    None,
    FuzzyDate.quarter(2027, 1),
    FuzzyDate.event("après la labellisation"),
    FuzzyDate("avant mars 2027", end=FuzzyDate.month(2027, 2).end, precision="month", condition="sous réserve"),
]


@st.composite
def meeting_files(draw) -> dict:
    numbers = iter(range(1, 1000))

    def uuid() -> str:
        return str(UUID(int=draw(st.integers(1, 2**64)) << 32 | next(numbers), version=4))

    named = {kind.key: [uuid() for _ in range(draw(st.integers(1, 3)))] for kind in every_named()}
    named["types"] = [f"Comité {next(numbers)}" for _ in range(2)]
    named["minutes"] = named["minutes"][:1]
    drawing = Drawing(draw, named, uuid, numbers)
    file = {"format": FORMAT, "version": VERSION, "prefecture": {"slug": "origine", "name": "Préfecture d'origine"}}
    file |= {kind.key: [drawing.item(kind, name) for name in named[kind.key]] for kind in SHARED}
    file["meeting"] = drawing.item(MEETING, named["meeting"][0])
    action = draw(st.sampled_from(named["actions"]))
    source = f"meeting:{named['meeting'][0]}"
    return file | {"links": [{"source": source, "relation": "gave_action", "target": f"action:{action}"}]}


def every_named() -> list[Kind]:
    return [kind for kind in kinds.every_kind() if kind.identity == "uuid" and kind is not SECTIONS]


class Drawing:
    def __init__(self, draw, named: dict, uuid, numbers):
        self.draw, self.named, self.uuid, self.numbers = draw, named, uuid, numbers

    def item(self, kind: Kind, identity: str = "") -> dict:
        item = {field.name: self.value(field) for field in kind.plain}
        item |= {link.name: self.link(link) for link in kind.links}
        item |= dict.fromkeys(kind.references, "")
        for cited in kind.cited:
            target = self.named[BY_MODEL[cited.target].key]
            item[cited.key] = self.draw(st.lists(st.sampled_from(target), unique=True, max_size=2))
        if kind.identity:
            item[kind.identity] = identity or self.uuid()
        for part in kind.parts:
            item[part.key] = self.parts(part)
        SETTLED.get(kind.key, lambda item, drawing: None)(item, self)
        return item

    def parts(self, part: Kind) -> list[dict]:
        if part.key in ("sections", "approvals"):
            return []
        if part.key in self.named:
            return [self.item(part, identity) for identity in self.named[part.key]]
        return [self.item(part) for _ in range(self.draw(st.integers(0, 1)))]

    def link(self, link) -> str | None:
        target = st.sampled_from(self.named[BY_MODEL[link.related_model].key])
        return self.draw(target if not link.null else target | st.none())

    def value(self, field: models.Field):
        if isinstance(field, ValueField):
            return to_json(field, self.draw(st.sampled_from(FUZZY)))
        if isinstance(field, models.JSONField):
            return []
        if field.choices:
            return self.draw(st.sampled_from([value for value, _ in field.choices]))
        if isinstance(field, models.EmailField):
            return self.draw(st.sampled_from(["", "odile@association.example"]))
        drawn = self.of_type(field)
        return to_json(field, self.draw(drawn | st.none() if field.null else drawn))

    def of_type(self, field: models.Field):
        formats = {"date": st.dates(), "time": st.times(), "uuid": st.uuids()}
        if isinstance(field, models.BooleanField):
            return st.booleans()
        if isinstance(field, models.IntegerField):
            return st.integers(0, 32767)
        if format_of(field) == "date-time":
            return st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
        if format_of(field) in formats:
            return formats[format_of(field)]
        return TEXTS.map(lambda text: text[: field.max_length])


def settle_file(item, drawing):
    content = PNG + drawing.draw(st.binary(max_size=20))
    item |= {
        "name": f"plan {next(drawing.numbers)}.png",
        "content_type": "image/png",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": b64encode(content).decode(),
    }


def unique(*names):
    def settle(item, drawing):
        for name in names:
            item[name] = f"{item[name]}{next(drawing.numbers)}"

    return settle


def in_order(first: str, last: str):
    """The two bounds of a row, in their order and apart; the last one is dropped when they are the same."""

    def settle(item, drawing):
        if item[first] and item[last]:
            item[first], item[last] = sorted((item[first], item[last]))
            item[last] = item[last] if item[first] < item[last] else None

    return settle


def settle_site(item, drawing):
    unique("name")(item, drawing)
    item["good_friday"] = item["good_friday"] and item["zone"] == "alsace_moselle"


def settle_committee(item, drawing):
    unique("name")(item, drawing)
    item["service"] = item["service"] if item["site"] is None else None
    if item["merged_into"] in (None, item["uuid"]) or item["merged_on"] is None:
        item["merged_into"] = item["merged_on"] = item["merged_by"] = None


def settle_rules(item, drawing):
    bounds = sorted((item["quorum_numerator"] + 1, item["quorum_denominator"] + 1))
    item["quorum_numerator"], item["quorum_denominator"] = min(bounds[0], 32767), min(bounds[1], 32767)


def settle_act(item, drawing):
    unique("number")(item, drawing)
    item["amends"] = None if item["amends"] == item["uuid"] else item["amends"]


def settle_mandate(item, drawing):
    """Each on a seat or on days of its own: one a century."""
    century = 1000 + 100 * drawing.named["mandates"].index(item["uuid"])
    item["starts_on"] = f"{century}{item['starts_on'][4:]}".replace("-02-29", "-02-28")
    item["ends_on"] = f"{century + 90}-01-01"


def settle_action(item, drawing):
    if not item["owner"] and not item["owner_service"]:
        item["state"] = "proposed"


def settle_meeting(item, drawing):
    in_order("starts_at", "ends_at")(item, drawing)
    in_order("opened_at", "closed_at")(item, drawing)
    item["closed_at"] = item["closed_at"] if item["opened_at"] else None


def settle_agenda_item(item, drawing):
    item["parent"] = None if item["parent"] == item["uuid"] else item["parent"]


def settle_attendance(item, drawing):
    in_order("arrived_at", "left_at")(item, drawing)
    item["proxy_to"] = None if item["proxy_to"] == item["uuid"] else item["proxy_to"]


def settle_invitation(item, drawing):
    item["wording"] = item["wording"] or "Le maire"
    item["person"] = None
    item["seat"] = None


def settle_minutes(item, drawing):
    """A draft, or a text in review: sealed minutes are in test_sealed.py, with a real seal."""
    agenda = [{"label": label, "title": f"Point {label}"} for label in ("1.", "2.")]
    tree = [*new_minutes(agenda, ["Pour le préfet,"]), *map(normalise, drawing.draw(prose_sections))]
    item["sections"] = [{"uuid": node["attrs"]["id"], "version": 3, "content": node} for node in tree]
    item["section_order"] = [section["uuid"] for section in item["sections"]]
    facts = {"agenda": agenda, "attendance": []}
    in_review = drawing.draw(st.booleans())
    item |= {
        "state": MinutesState.IN_REVIEW.value if in_review else MinutesState.DRAFTING.value,
        "facts": facts if in_review else None,
        "layout": None,
        "text_hash": hash_of(tree, facts) if in_review else "",
        "submitted_at": (item["submitted_at"] or "2026-03-20T13:30:00+00:00") if in_review else None,
        "sealed_at": None,
        "sealed_file": None,
        "replaced_at": None,
        "order_version": item["order_version"] + 1,
    }


SETTLED = {
    "sites": settle_site,
    "services": unique("name"),
    "organisations": unique("name"),
    "files": settle_file,
    "committees": settle_committee,
    "rules": settle_rules,
    "composition_acts": settle_act,
    "colleges": unique("label"),
    "seats": in_order("starts_on", "ends_on"),
    "mandates": settle_mandate,
    "actions": settle_action,
    "meeting": settle_meeting,
    "agenda_items": settle_agenda_item,
    "attendances": settle_attendance,
    "invitations": settle_invitation,
    "minutes": settle_minutes,
}
