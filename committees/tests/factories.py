"""The least that is valid. A row takes the préfecture of the open scope."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User
from clu_portal.files.rendering import latest_rendering, run_rendering
from clu_portal.tests.factories import PersonFactory, user_with_role
from committees.composition.models import (
    College,
    Committee,
    CommitteeType,
    CompositionAct,
    Mandate,
    Seat,
)
from committees.meetings.enums import MeetingState
from committees.meetings.models import AgendaItem, Meeting
from committees.minutes import acts
from committees.minutes.models import Minutes


class CommitteeTypeFactory(DjangoModelFactory):
    class Meta:
        model = CommitteeType

    name = factory.Sequence(lambda n: f"Comité local {n}")


class CommitteeFactory(DjangoModelFactory):
    class Meta:
        model = Committee

    name = factory.Sequence(lambda n: f"Comité local des usagers {n}")


class CompositionActFactory(DjangoModelFactory):
    class Meta:
        model = CompositionAct

    committee = factory.SubFactory(CommitteeFactory)
    title = "Arrêté portant composition"
    effective_on = date(2026, 1, 1)


class CollegeFactory(DjangoModelFactory):
    class Meta:
        model = College

    committee = factory.SubFactory(CommitteeFactory)
    label = factory.Sequence(lambda n: f"Collège {n}")


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    committee = factory.SubFactory(CommitteeFactory)
    wording = factory.Sequence(lambda n: f"Association des usagers {n}")


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    seat = factory.SubFactory(SeatFactory)
    person = factory.SubFactory(PersonFactory)
    starts_on = date(2025, 1, 1)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    committee = factory.SubFactory(CommitteeFactory)
    held_on = date(2026, 3, 20)
    state = MeetingState.HELD


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    printed_label = "1."
    title = "Accueil du public"


def referent() -> User:
    return user_with_role(RoleKind.REFERENT)


def secretary_general() -> User:
    return user_with_role(RoleKind.SECRETARY_GENERAL, title="Secrétaire générale")


def member_of(committee: Committee, **mandate) -> User:
    """An account of a member: no address, a person with a mandate in force."""
    user = user_with_role(RoleKind.MEMBER, user__email=None)
    person = PersonFactory(user=user)
    MandateFactory(seat=SeatFactory(committee=committee), person=person, **mandate)
    return user


def drafted_minutes(meeting: Meeting | None = None, by: User | None = None) -> Minutes:
    return acts.begin_minutes(meeting=meeting or MeetingFactory(), by=by or referent())


def submitted_minutes(meeting: Meeting | None = None, by: User | None = None) -> Minutes:
    by = by or referent()
    return acts.submit_minutes(minutes=drafted_minutes(meeting, by), by=by)


def render(minutes: Minutes, kind: str):
    """Run the renderer of a document that was asked for, as a worker does; return the rendering."""
    assert run_rendering(latest_rendering(kind, minutes).ticket_id)
    return latest_rendering(kind, minutes)


def sealed_minutes(meeting: Meeting | None = None, approver: User | None = None) -> Minutes:
    """Minutes taken through submission, rendering, approval and seal, with the real renderers."""
    minutes = submitted_minutes(meeting)
    file = render(minutes, acts.APPROVAL_PDF).file
    by = approver or secretary_general()
    acts.approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=by)
    render(minutes, acts.SEAL)
    return Minutes.objects.get(pk=minutes.pk)
