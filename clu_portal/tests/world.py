"""A whole préfecture for the tests that walk everything: one of each thing, made by the acts that make it for real.

`own` is a thing its reader may see, where somebody may; `sibling` one of the same préfecture that fewer may see.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from clu_portal.accounts import invitations
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User
from clu_portal.accounts.tests.helpers import sign_in
from clu_portal.action_plan.acts import save_action
from clu_portal.action_plan.models import Action
from clu_portal.audit.acts import reference
from clu_portal.audit.models import AuditEntry
from clu_portal.files.rendering import latest_rendering, request_rendering
from clu_portal.mail.models import OutgoingMessage
from clu_portal.organisations.imports.models import ImportRun
from clu_portal.organisations.models import (
    ClosingDay,
    DocumentLayout,
    Prefecture,
    PrefectureSettings,
    StandardSentence,
)
from clu_portal.tenancy import scope
from clu_portal.tests.databases import empty_tables
from clu_portal.tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PrefectureFactory,
    RoleFactory,
    ServiceFactory,
    SiteFactory,
    user_with_role,
)
from clu_portal.tests.marking import TEXT_OF_MINUTES, Mark, marked
from committees.composition.acts import save_composition_act
from committees.composition.models import CommitteeFormerName, SentWarning
from committees.distribution.acts import distribute_minutes
from committees.meetings import acts as meeting_acts
from committees.meetings.models import CommitteeRules, Invitation, Vote
from committees.minutes import acts, history
from committees.minutes.models import Minutes
from committees.minutes.previewed import Preview
from committees.minutes.tests.trees import answer, heading, node, paragraph, remark, section
from committees.minutes.text import SectionChange, save_text, sections_in_order
from committees.papers.renderers import PAPERS
from committees.tests.factories import (
    AgendaItemFactory,
    CollegeFactory,
    CommitteeFactory,
    CommitteeTypeFactory,
    CompositionActFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    member_of,
    render,
)

ROLES = ("referent", "secretary_general", "agent", "member", "auditor", "national_admin", "anonymous")


@dataclass
class World:
    mark: Mark
    prefecture: Prefecture = None
    users: dict[str, User] = field(default_factory=dict)
    own: dict[str, object] = field(default_factory=dict)
    sibling: dict[str, object] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser of somebody of this préfecture who signed in just now."""
        client = Client()
        client.raise_request_exception = False
        if role != "anonymous":
            sign_in(client, self.users[role])
        return client


def make_world(owner: str, department: str = "9V") -> World:
    """Make a préfecture and everything in it. Renders four documents and seals one."""
    world = World(Mark(owner))
    with marked(world.mark):
        world.prefecture = PrefectureFactory(slug=f"valmarche-{owner.lower()}", department_code=department)
        world.own["prefecture"] = world.prefecture
        with scope(world.prefecture.pk):
            add_registries(world)
            add_people(world)
            add_meetings(world)
            add_minutes(world)
            add_actions(world)
            add_messages(world)
    return world


def add_registries(world: World) -> None:
    PrefectureSettings.objects.create()
    DocumentLayout.objects.create()
    world.own |= {
        "site": SiteFactory(),
        "service": ServiceFactory(),
        "organisation": OrganisationFactory(),
        "closing_day": ClosingDay.objects.create(
            starts_on=date(2026, 5, 15), ends_on=date(2026, 5, 15), reason="pont"
        ),
        "sentence": StandardSentence.objects.create(title="Ouverture", text="La séance est ouverte."),
        "committee": CommitteeFactory(name="Comité", type=CommitteeTypeFactory()),
    }
    world.own["committee_type"] = world.own["committee"].type
    world.sibling["committee"] = CommitteeFactory(name="Autre comité")


def add_people(world: World) -> None:
    committee = world.own["committee"]
    for kind in ("referent", "secretary_general", "agent", "auditor"):
        world.users[kind] = user_with_role(
            kind, title="Titre", user__email=f"{kind}@{world.mark.owner}.example".lower()
        )
    world.users["member"] = member_of(committee)
    world.users["member"].set_unusable_password()
    world.users["member"].save()
    national = Prefecture.national()
    world.users["national_admin"] = RoleFactory(kind=RoleKind.NATIONAL_ADMIN, prefecture_id=national.pk).user
    service = world.own["service"]
    world.own["role"] = RoleFactory(kind=RoleKind.AGENT, service=service)
    world.own["user"] = world.own["role"].user
    world.own["person"] = PersonFactory(organisation=world.own["organisation"], phone="01 00 00 00 00")
    for kind, where in (("own", committee), ("sibling", world.sibling["committee"])):
        add_acts(world, kind, where)
        seat = SeatFactory(committee=where, organisation=world.own["organisation"])
        things = getattr(world, kind)
        things |= {"seat": seat, "mandate": MandateFactory(seat=seat, person=PersonFactory(), kind="substitute")}
    PersonFactory(user=world.users["agent"])
    world.own |= {"organisation_twin": OrganisationFactory(), "person_twin": PersonFactory()}
    world.own["trashed"] = OrganisationFactory(trashed_at=timezone.now(), trashed_by=world.users["referent"])
    line = [2, [world.mark.on("Organisme ", "organisations.ImportRun.file_name"), "", ""]]
    world.own["import_run"] = ImportRun.objects.create(
        kind="organismes", file_name="liste.csv", lines=[line], line_count=1, sent_by=world.users["referent"]
    )
    world.own["invitation"] = invitations.invite(
        by=world.users["referent"],
        name="Invité",
        email=f"invitee@{world.mark.owner}.example".lower(),
        kind="agent",
        title="Chef de bureau",
        service=service,
    )


def add_acts(world: World, kind: str, committee) -> None:
    """Our own arrêté is signed, with a file, and gave the committee its name; the sibling is a draft."""
    college = CollegeFactory(committee=committee)
    act = CompositionActFactory(committee=committee, signed_on=date(2026, 1, 1) if kind == "own" else None)
    upload = SimpleUploadedFile("arrete.pdf", b"%PDF-1.7\n%%EOF\n")
    save_composition_act(composition_act=act, upload=upload, by=world.users["referent"])
    getattr(world, kind).update(college=college, composition_act=act)
    former = {"committee": committee, "last_day": date(2025, 12, 31), "act": act}
    CommitteeFormerName.objects.create(name="Ancien nom", **former)
    SentWarning.objects.create(key=f"seat_vacant:{kind}")


def add_meetings(world: World) -> None:
    """Our own meetings are held and attended by the agent; the sibling is prepared, in the other committee."""
    by = world.users["referent"]
    for kind, state in (("own", "held"), ("sibling", "prepared")):
        things = getattr(world, kind)
        meeting = MeetingFactory(committee=things["committee"], state=state)
        things["meeting"] = meeting
        things["agenda_item"] = AgendaItemFactory(meeting=meeting)
        attending = world.users["agent"].persons.get() if kind == "own" else None
        things["attendance"] = meeting_acts.save_attendance(
            attendance=meeting.attendances.model(meeting=meeting, printed_line="Présente", person=attending), by=by
        )
    add_rules(world, by)
    world.own["public_document"] = add_document(world.own["meeting"], "public", by)
    world.own["document"] = add_document(world.own["meeting"], "members", by)
    world.sibling["document"] = add_document(world.own["meeting"], "internal", by)


def add_rules(world: World, by) -> None:
    """Both committees vote: our own meeting has a vote, somebody invited, and joins the other committee once."""
    for things in (world.own, world.sibling):
        rules = CommitteeRules(committee=things["committee"], has_votes=True, rule_text="Règle")
        meeting_acts.save_rules(rules=rules, by=by)
        things["vote"] = meeting_acts.save_vote(
            vote=Vote(meeting=things["meeting"], subject="Avis", method="consensus"), by=by
        )
        invitation = Invitation(meeting=things["meeting"], wording="Invitée")
        meeting_acts.add_invitation(invitation=invitation, by=by)


def add_document(meeting, visibility: str, by):
    upload = SimpleUploadedFile("note.pdf", b"%PDF-1.7\n%%EOF\n")
    return meeting_acts.add_document(
        meeting=meeting, title="Note", kind="annexed", visibility=visibility, upload=upload, by=by
    )


def add_minutes(world: World) -> None:
    """One of each state in the committee of the member; the sibling is drafted, in the other committee."""
    own = world.own
    own["draft"] = write(world, held(world, attended=True))
    own["draft_revision"] = history.revisions_of(own["draft"]).first()
    own["draft_rendering"] = draft_pdf(own["draft"], world.users["referent"])
    pages = own["draft_rendering"].file.content
    Preview.objects.create(minutes=own["draft"], content=pages, content_hash="0" * 64, page_count=1)
    own["paper"] = paper_of(own["draft"].meeting, world.users["referent"])
    own["review"] = submit(world, write(world, held(world, attended=True)))
    own["sealed"] = seal(world, submit(world, write(world, own["meeting"])))
    world.sibling["draft"] = write(world, held(world, committee=world.sibling["committee"]))
    world.sibling["draft_revision"] = history.revisions_of(world.sibling["draft"]).first()
    world.sibling["draft_rendering"] = request_rendering(
        kind=acts.DRAFT_PDF, subject=world.sibling["draft"], input_hash="0" * 64, by=world.users["referent"]
    )


def held(world: World, *, attended: bool = False, committee=None):
    meeting = MeetingFactory(committee=committee or world.own["committee"])
    AgendaItemFactory(meeting=meeting)
    if attended:
        person = world.users["agent"].persons.get()
        meeting.attendances.create(printed_line="Chef de bureau", person=person)
    return meeting


def write(world: World, meeting) -> Minutes:
    """Begin the minutes of a meeting and type one section, an exchange and a decision, with the mark in each."""
    by = world.users["referent"]
    minutes = acts.begin_minutes(meeting=meeting, by=by)
    first = sections_in_order(minutes)[0]
    words = world.mark.on("Texte ", TEXT_OF_MINUTES)
    said = node("exchange", remark(words, speaker=words), answer(words, speaker=words), opening=words)
    decided = node("decision", words, decided_by=words)
    content = section(heading(words, level=2), paragraph(words), said, decided, id=str(first.uuid))
    change = SectionChange(str(first.uuid), first.version, content)
    save_text(minutes=minutes, changes=[change], order=None, operation_id=uuid4().hex, by=by)
    minutes.refresh_from_db()
    return minutes


def submit(world: World, minutes: Minutes) -> Minutes:
    minutes = acts.submit_minutes(minutes=minutes, by=world.users["referent"])
    render(minutes, acts.APPROVAL_PDF)
    return minutes


def seal(world: World, minutes: Minutes) -> Minutes:
    file = latest_rendering(acts.APPROVAL_PDF, minutes).file
    by = world.users["secretary_general"]
    acts.approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=by)
    world.own["seal"] = render(minutes, acts.SEAL)
    minutes = Minutes.objects.get(pk=minutes.pk)
    distribute_minutes(minutes=minutes, by=world.users["referent"])
    return minutes


def paper_of(meeting, by) -> SimpleNamespace:
    """A paper of the meeting, made: its address names the meeting and the document."""
    paper = PAPERS["ordre-du-jour"]
    request_rendering(kind=paper.kind, subject=meeting, input_hash=paper.input_hash(meeting, ""), by=by)
    rendering = render(meeting, paper.kind)
    assert rendering.is_done, rendering.error
    return SimpleNamespace(pk=meeting.pk, uuid=rendering.uuid)


def draft_pdf(minutes: Minutes, by):
    request_rendering(kind=acts.DRAFT_PDF, subject=minutes, input_hash=acts.draft_hash(minutes), by=by)
    rendering = render(minutes, acts.DRAFT_PDF)
    assert rendering.is_done, rendering.error
    return rendering


def add_actions(world: World) -> None:
    """Our own action is the agent's; the sibling belongs to somebody else."""
    by, agent = world.users["referent"], world.users["agent"].persons.get()
    owners = {"own": agent, "sibling": world.own["person"]}
    for kind, owner in owners.items():
        action = Action(title="Action", owner=owner, origin=reference(world.own["meeting"]), state="in_progress")
        getattr(world, kind)["action"] = save_action(action=action, by=by)


def add_messages(world: World) -> None:
    world.own["message"] = OutgoingMessage.objects.filter(kind="minutes_available").first()
    OutgoingMessage.objects.filter(pk=world.own["message"].pk).update(
        last_error=world.mark.on("", "mail.OutgoingMessage.last_error"),
        relay_reply=world.mark.on("", "mail.OutgoingMessage.relay_reply"),
    )
    world.own["audit"] = AuditEntry.objects.first()


@contextmanager
def two_worlds(blocker) -> Iterator[tuple[World, World]]:
    """Two préfectures, committed for the tests of one file, and a queue that nobody reads."""
    with blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("clu_portal.hints.Hint.__call__", lambda hint: None)
        Prefecture.national()
        yield make_world("A"), make_world("B")
        empty_tables(connection.settings_dict["NAME"])
