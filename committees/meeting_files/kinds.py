"""What a file holds: one kind of object per model. Their fields are those of the models, less what is left out.

A new field of a model is therefore in the file from the day it exists; a new link to a model that is not here stops
the schema from being made (tests/test_schema.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models

from clu_portal.action_plan.models import Action
from clu_portal.files.models import StoredFile
from clu_portal.organisations.models import Organisation, Person, Service, Site
from committees.composition.models import (
    College,
    Committee,
    CommitteeFormerName,
    CommitteeType,
    CompositionAct,
    Mandate,
    Seat,
)
from committees.meetings.models import (
    AgendaItem,
    Attendance,
    AttendancePerson,
    CommitteeRules,
    Invitation,
    JointCommittee,
    Meeting,
    MeetingDocument,
    MissedItem,
    Vote,
)
from committees.minutes.models import Approval, Minutes, Section
from committees.minutes.text import sections_in_order

NEVER = frozenset({"id", "prefecture", "created_at", "trashed_at", "trashed_by"})


@dataclass(frozen=True)
class Cited:
    """A list of references, kept in a table of its own: `owner` → `field`."""

    key: str
    model: type[models.Model]
    owner: str
    field: str

    @property
    def target(self) -> type[models.Model]:
        return self.model._meta.get_field(self.field).related_model


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of object. `identity` names it in the file, "" for what is only a part; `owner` leads to its whole.

    `left_out` is not exported, `references` hold « action:12 » instead of a key, `printed` are read from the row by a
    function rather than from the field; `rows` gives the parts of a whole when `order` does not say it all.
    """

    key: str
    model: type[models.Model]
    left_out: frozenset[str] = frozenset()
    owner: str = ""
    identity: str = "uuid"
    order: tuple[str, ...] = ("uuid",)
    parts: tuple["Kind", ...] = ()
    cited: tuple[Cited, ...] = ()
    references: frozenset[str] = frozenset()
    printed: dict[str, Callable] = field(default_factory=dict)
    rows: Callable | None = None
    single: bool = False

    @cached_property
    def fields(self) -> list[models.Field]:
        hidden = NEVER | self.left_out | {self.owner}
        return [each for each in self.model._meta.concrete_fields if each.name not in hidden]

    @cached_property
    def plain(self) -> list[models.Field]:
        return [each for each in self.fields if not each.is_relation]

    @cached_property
    def links(self) -> list[models.ForeignKey]:
        return [each for each in self.fields if each.is_relation]

    @property
    def name(self) -> str:
        """The name of its model in references: « meeting », « agendaitem »."""
        return self.model._meta.model_name


def part(key: str, model: type[models.Model], owner: str, **more) -> Kind:
    return Kind(key, model, owner=owner, **{"order": ("position", "pk"), **more})


TYPES = Kind("types", CommitteeType, left_out=frozenset({"position"}), identity="name", order=("name",))
COMMITTEES = Kind(
    "committees",
    Committee,
    parts=(
        part("former_names", CommitteeFormerName, "committee", identity="", order=("last_day",)),
        part("rules", CommitteeRules, "committee", identity="", order=("pk",), single=True),
    ),
)
FILES = Kind("files", StoredFile, left_out=frozenset({"stored_by"}))
# Whatever is shared by several meetings: found again in the préfecture when it is already there, and the same.
SHARED = (
    TYPES,
    Kind("sites", Site),
    Kind("services", Service),
    Kind("organisations", Organisation),
    Kind("persons", Person, left_out=frozenset({"user"})),
    FILES,
    COMMITTEES,
    Kind("composition_acts", CompositionAct),
    Kind("colleges", College, order=("position", "uuid")),
    Kind("seats", Seat, order=("position", "uuid")),
    Kind("mandates", Mandate),
    Kind("actions", Action, references=frozenset({"origin"})),
)
SECTIONS = part(
    "sections", Section, "minutes", rows=sections_in_order, left_out=frozenset({"updated_by", "updated_at"})
)
APPROVALS = part(
    "approvals",
    Approval,
    "minutes",
    identity="",
    order=("at", "pk"),
    left_out=frozenset({"approved_by"}),
    printed={"approver_name": lambda approval: approval.approver},
)
MINUTES = part(
    "minutes",
    Minutes,
    "meeting",
    order=("version_number", "uuid"),
    parts=(SECTIONS, APPROVALS),
    left_out=frozenset({"frozen_at", "frozen_by", "freeze_reason"}),  # held for a while, by somebody of this portal
)
MEETING = Kind(
    "meeting",
    Meeting,
    parts=(
        part("agenda_items", AgendaItem, "meeting"),
        part(
            "attendances",
            Attendance,
            "meeting",
            cited=(
                Cited("others", AttendancePerson, "attendance", "person"),
                Cited("missed_items", MissedItem, "attendance", "agenda_item"),
            ),
        ),
        part("invitations", Invitation, "meeting"),
        part("votes", Vote, "meeting"),
        part("documents", MeetingDocument, "meeting"),
        MINUTES,
    ),
    cited=(Cited("joint_committees", JointCommittee, "meeting", "committee"),),
)


def every_kind(kinds: tuple[Kind, ...] = (*SHARED, MEETING)) -> list[Kind]:
    """The kinds of the file, each followed by those of its parts."""
    return [found for kind in kinds for found in (kind, *every_kind(kind.parts))]


BY_MODEL = {kind.model: kind for kind in every_kind()}
# A section has its place in its own minutes only: nothing refers to it.
REFERABLE = {kind.name: kind for kind in every_kind() if kind.identity == "uuid" and kind is not SECTIONS}
