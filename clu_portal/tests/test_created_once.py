"""A creation form sent twice, or twice at once, makes one row, and leads to one page both times (design §9)."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.action_plan.models import Action
from clu_portal.audit import once
from clu_portal.audit.models import AuditEntry, Operation
from clu_portal.organisations.models import ClosingDay, Organisation, Person, Service, Site, StandardSentence
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PersonFactory, PrefectureFactory, user_with_role
from committees.composition.models import College, Committee, CommitteeType, CompositionAct, Mandate, Seat
from committees.meetings.models import (
    AgendaItem,
    Attendance,
    CommitteeRules,
    Invitation,
    Meeting,
    MeetingDocument,
    Vote,
)
from committees.minutes.models import Minutes
from committees.tests.factories import CommitteeFactory, MeetingFactory, SeatFactory, sealed_minutes

PRESENT = {"status": "present", "capacity": "member"}


def a_pdf():
    return SimpleUploadedFile("diaporama.pdf", b"%PDF-1.7\n%%EOF\n")


def meeting_that_votes() -> Meeting:
    meeting = MeetingFactory()
    CommitteeRules.objects.create(committee=meeting.committee, has_votes=True)
    return meeting


# View name -> the row made, the row its address names, and what is typed.
CREATIONS = {
    "committees:committee_create": (Committee, None, lambda: {"name": "CLU"}),
    "committees:seat_create": (
        Seat,
        CommitteeFactory,
        lambda: {"wording": "Association des maires", "basis": "designated"},
    ),
    "committees:person_appoint": (
        Mandate,
        SeatFactory,
        lambda: {"person": PersonFactory().pk, "kind": "full_member", "starts_on": date(2026, 1, 1)},
    ),
    "committees:committee_type_create": (CommitteeType, None, lambda: {"name": "Comité de site"}),
    "committees:college_create": (College, CommitteeFactory, lambda: {"label": "Usagers", "side": "users"}),
    "committees:composition_act_create": (
        CompositionAct,
        CommitteeFactory,
        lambda: {"title": "Arrêté portant composition", "effective_on": date(2026, 1, 1)},
    ),
    "committees:meeting_repeat": (Meeting, MeetingFactory, lambda: {"committee": Committee.objects.get().pk}),
    "committees:guest_invite": (Invitation, MeetingFactory, lambda: {"wording": "Le maire", "capacity": "guest"}),
    "committees:meeting_votes": (Vote, meeting_that_votes, lambda: {"subject": "Horaires", "method": "consensus"}),
    "committees:minutes_correct": (Minutes, sealed_minutes, lambda: {"reason": "Un nom était mal écrit."}),
    "committees:meeting_create": (Meeting, None, lambda: {"committee": CommitteeFactory().pk}),
    "committees:agenda_edit": (AgendaItem, MeetingFactory, lambda: {"title": "Accueil", "kind": "information"}),
    "committees:attendance_edit": (Attendance, MeetingFactory, lambda: {"lines": "Mme A, maire"} | PRESENT),
    "committees:document_add": (
        MeetingDocument,
        MeetingFactory,
        lambda: {"title": "Diaporama", "kind": "projected", "visibility": "members"},
    ),
    "action_plan:action_create": (Action, None, lambda: {"title": "Afficher les horaires", "state": "proposed"}),
    "organisations:site_create": (Site, None, lambda: {"name": "Sous-préfecture", "zone": "metropole"}),
    "organisations:service_create": (Service, None, lambda: {"name": "Accueil"}),
    "organisations:organisation_create": (Organisation, None, lambda: {"name": "Union", "family": "families"}),
    "organisations:person_create": (Person, None, lambda: {"given_name": "Odile", "surname": "Ferrandier"}),
    "organisations:closing_day_create": (
        ClosingDay,
        None,
        lambda: {"starts_on": date(2026, 12, 24), "ends_on": date(2026, 12, 24), "reason": "Pont"},
    ),
    "organisations:sentence_create": (StandardSentence, None, lambda: {"title": "Ouverture", "text": "Bonjour."}),
}


# Files taken in, whose journeys are in clu_portal/organisations/tests/test_imports.py.
IMPORTS = {
    "organisations:import_apply",
    "organisations:organisation_import",
    "organisations:person_import",
    "committees:composition_import",
}


def views_done_once(patterns=None, spaces: tuple[str, ...] = ()) -> set[str]:
    """The names of the addresses whose view is under `done_once`, found by the file its wrapper is written in."""
    found = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            found |= views_done_once(pattern.url_patterns, inner)
        elif any(view.__code__.co_filename == once.__file__ for view in wrapped(pattern.callback)):
            found.add(":".join([*spaces, pattern.name]))
    return found


def wrapped(view):
    while view is not None:
        if hasattr(view, "__code__"):
            yield view
        view = getattr(view, "__wrapped__", None)


def test_every_page_that_creates_is_tried_here():
    assert views_done_once() == set(CREATIONS) | IMPORTS


def operation_id(page) -> str:
    (found,) = re.findall(r'name="operation_id" value="(.+?)"', page.content.decode())
    return found


def send(client: Client, address: str, typed: dict, operation: str):
    files = {"upload": a_pdf()} if "documents" in address else {}
    return client.post(address, typed | files | {"operation_id": operation})


@pytest.mark.parametrize("name", CREATIONS)
def test_creation_form_sent_twice_makes_one_row(client, prefecture, name):
    model, about, typed = CREATIONS[name]
    pk = [about().pk] if about else []
    typed = typed()
    address = reverse(name, args=[prefecture.slug, *pk])
    before = model.objects.count()
    client.force_login(user_with_role(RoleKind.REFERENT))
    operation = operation_id(client.get(address))
    first, entries = send(client, address, typed, operation), AuditEntry.objects.count()
    second = send(client, address, typed, operation)
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert (model.objects.count() - before, AuditEntry.objects.count()) == (1, entries)
    assert entries


@pytest.fixture
def create(client, prefecture):
    """A function that sends the form of a new service, and returns the status."""
    client.force_login(user_with_role(RoleKind.REFERENT))
    address = reverse("organisations:service_create", args=[prefecture.slug])
    operation = operation_id(client.get(address))
    return lambda name: send(client, address, {"name": name}, operation).status_code


def services() -> list[str]:
    return sorted(Service.objects.values_list("name", flat=True))


def test_creation_form_come_back_to_and_filled_otherwise_makes_another_row(create):
    assert [create("Accueil"), create("Étrangers")] == [302, 302]
    assert services() == ["Accueil", "Étrangers"]


def test_creation_form_refused_may_be_sent_again(create):
    assert create("") == 200
    assert not Operation.objects.exists()
    assert create("Accueil") == 302
    assert services() == ["Accueil"]


def test_creation_form_of_somebody_else_is_another_form(client, prefecture, create):
    create("Accueil")
    assert create("Accueil") == 302
    client.force_login(user_with_role(RoleKind.REFERENT))
    assert create("Accueil") == 200  # the name is taken


@pytest.mark.django_db(transaction=True)
def test_creation_form_sent_twice_at_once_makes_one_row():
    prefecture, together = PrefectureFactory(), Barrier(2)
    with scope(prefecture.pk):
        user = user_with_role(RoleKind.REFERENT)
    address = reverse("committees:committee_create", args=[prefecture.slug])
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)

    def ask(client: Client):
        try:
            together.wait(timeout=20)
            return send(client, address, {"name": "CLU", "kind": "clu"}, "a-form")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ask, clients)
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    with scope(prefecture.pk):
        assert (Committee.objects.count(), AuditEntry.objects.count()) == (1, 1)


def test_seat_saved_and_another_asked_for_leads_once_to_the_form_of_the_next(client, prefecture):
    client.force_login(user_with_role(RoleKind.REFERENT))
    address = reverse("committees:seat_create", args=[prefecture.slug, CommitteeFactory().pk])
    page = client.get(address)
    assert "Ajouter le siège et un autre" in page.content.decode()
    typed = {"wording": "Association des maires", "basis": "designated"}
    answers = [send(client, address, typed | {"again": "oui"}, operation_id(page)) for _ in "12"]
    assert [answer.url for answer in answers] == [f"{address}?apres={Seat.objects.get().pk}"] * 2
    send(client, address, typed, operation_id(page))
    assert Seat.objects.count() == 1
