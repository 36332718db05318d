"""T03: everything that shows one thing gives the same verdict to the same person."""

import logging

import pytest
from django.urls import reverse

from clu_portal import offers
from clu_portal.accounts.models import User
from clu_portal.files.rendering import latest_rendering
from clu_portal.mail.models import OutgoingMessage
from clu_portal.tenancy import scope
from clu_portal.tests.asking import People
from clu_portal.tests.world import ROLES, two_worlds
from committees.minutes.acts import APPROVAL_PDF, DRAFT_PDF, SEAL

# Who sees minutes (design §2, « who sees what »). The sibling draft is of a meeting the agent did not attend.
READERS = {
    "draft": {"referent", "secretary_general", "agent"},
    "sibling draft": {"referent", "secretary_general"},
    "review": {"referent", "secretary_general", "agent", "member"},
    "sealed": {"referent", "secretary_general", "agent", "member"},
}
PREPARERS = {"referent", "secretary_general"}
WRITERS = {"referent"}
DOCUMENT_READERS = {
    "shared": {"referent", "secretary_general", "agent", "member"},
    "internal": {"referent", "secretary_general", "agent"},
}
SIGNED_IN = ROLES[:-1]


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    logging.disable(logging.CRITICAL)
    with two_worlds(django_db_blocker) as made:
        yield made
    logging.disable(logging.NOTSET)


@pytest.fixture
def mine(worlds, db):
    return worlds[0]


def minutes_of(world, which: str):
    return world.sibling["draft"] if which == "sibling draft" else world.own[which]


def roles_that(test) -> set[str]:
    return {role for role in SIGNED_IN if test(role)}


def page(world, name: str, *arguments) -> str:
    return reverse(f"committees:{name}", args=[world.prefecture.slug, *arguments])


def statuses(people, address: str) -> dict[str, int]:
    return {role: people.ask(role, "GET", address).status_code for role in SIGNED_IN}


def showing(people, address: str, link: str) -> set[str]:
    """The roles to whom a page shows a link."""
    return roles_that(lambda role: f'href="{link}"' in people.ask(role, "GET", address).content.decode())


@pytest.mark.parametrize("which", READERS)
def test_T03_minutes_are_shown_to_the_same_people_everywhere(mine, which):
    minutes, people = minutes_of(mine, which), People(mine)
    link = page(mine, "minutes_detail", minutes.pk)
    home = reverse("prefecture_home", args=[mine.prefecture.slug])
    found = {
        "page": roles_that(lambda role: people.ask(role, "GET", link).status_code == 200),
        "list": showing(people, page(mine, "minutes_list"), link),
        "meeting": showing(people, page(mine, "meeting_detail", minutes.meeting_id), link),
        "home": showing(people, home, link),
        "reference": roles_that(lambda role: reference(mine, role, f"minutes:{minutes.pk}") is not None),
    }
    assert found == dict.fromkeys(found, READERS[which])


def reference(world, role: str, name: str):
    user = User.objects.get(pk=world.users[role].pk)
    with scope(world.prefecture.pk):
        return offers.find_references(user, {name}).get(name)


@pytest.mark.parametrize(
    ("which", "name", "arguments", "allowed"),
    [
        ("sealed", "minutes_pdf", [], READERS["sealed"]),
        ("sealed", "minutes_readings", [], PREPARERS),
        ("draft", "minutes_draft_pdf", [], PREPARERS),
        ("draft", "minutes_text", [], WRITERS),
        ("draft", "minutes_edit", [], WRITERS),
        ("draft", "minutes_preview", [], WRITERS),
        ("draft", "minutes_update", [], WRITERS),
        ("sibling draft", "minutes_text", [], WRITERS),
        ("sibling draft", "minutes_draft_pdf", [], PREPARERS),
        ("review", "minutes_text", [], WRITERS),
        ("review", "minutes_approval_pdf", [], PREPARERS),
        ("review", "minutes_page", [1], PREPARERS),
        ("review", "minutes_approve", [], {"secretary_general"}),
    ],
)
def test_T03_files_and_texts_of_minutes_open_to_some_of_their_readers(mine, which, name, arguments, allowed):
    """200 to whom it is for, 403 to the other readers of the minutes, 404 to everybody else."""
    minutes = minutes_of(mine, which)
    expected = {role: 200 if role in allowed else 403 if role in READERS[which] else 404 for role in SIGNED_IN}
    assert statuses(People(mine), page(mine, name, minutes.pk, *arguments)) == expected


@pytest.mark.parametrize(
    ("which", "kind"), [("draft", DRAFT_PDF), ("sibling draft", DRAFT_PDF), ("review", APPROVAL_PDF), ("sealed", SEAL)]
)
def test_T03_state_of_a_rendering_is_told_to_the_readers_of_its_minutes(mine, which, kind):
    with scope(mine.prefecture.pk):
        rendering = latest_rendering(kind, minutes_of(mine, which))
    address = reverse("files:rendering_state", args=[mine.prefecture.slug, rendering.uuid])
    expected = {role: 200 if role in READERS[which] else 404 for role in SIGNED_IN}
    assert statuses(People(mine), address) == expected


@pytest.mark.parametrize("which", ["draft", "sibling draft", "review"])
def test_T03_unsealed_minutes_have_no_sealed_file_and_are_sent_to_nobody(mine, which):
    minutes, people = minutes_of(mine, which), People(mine)
    answers = {people.ask(role, "GET", page(mine, "minutes_pdf", minutes.pk)).status_code for role in SIGNED_IN}
    assert answers == {404}
    people.ask("referent", "POST", page(mine, "minutes_distribute", minutes.pk))
    with scope(mine.prefecture.pk):
        assert not OutgoingMessage.objects.filter(dedup_key__startswith=f"minutes_available:{minutes.pk}:").exists()


def test_T03_sealed_minutes_are_mailed_to_their_members_and_to_whom_they_name_only(mine):
    with scope(mine.prefecture.pk):
        sent = OutgoingMessage.objects.filter(dedup_key__startswith=f"minutes_available:{mine.own['sealed'].pk}:")
        seats = mine.own["committee"].seats.values_list("mandates__person__email", flat=True)
        named = mine.own["sealed"].meeting.attendances.values_list("person__email", flat=True)
        assert set(sent.values_list("recipient", flat=True)) == {email for email in [*seats, *named] if email}
        strangers = mine.sibling["committee"].seats.values_list("mandates__person__email", flat=True)
        assert not sent.filter(recipient__in=list(strangers)).exists()


@pytest.mark.parametrize("which", DOCUMENT_READERS)
def test_T03_document_is_shown_to_the_same_people_everywhere(mine, which):
    document = mine.own["document"] if which == "shared" else mine.sibling["document"]
    people, readers = People(mine), DOCUMENT_READERS[which]
    link = page(mine, "document_download", document.pk)
    assert statuses(people, link) == {role: 200 if role in readers else 404 for role in SIGNED_IN}
    assert showing(people, page(mine, "meeting_detail", document.meeting_id), link) == readers
    removal = statuses(people, page(mine, "part_remove", "document", document.pk))
    assert removal == {r: 200 if r == "referent" else 403 if r in readers else 404 for r in SIGNED_IN}


def test_T13_json_answers_hold_the_declared_keys_only(mine):
    people = People(mine)
    text = people.ask("referent", "GET", page(mine, "minutes_text", mine.own["draft"].pk)).json()
    assert sorted(text) == [
        "account",
        "changes",
        "csrf",
        "facts",
        "frozen",
        "minutes",
        "order",
        "sections",
        "state",
        "state_label",
    ]
    assert {key for section in text["sections"] for key in section} == {"id", "version", "content"}
    facts = ["actions", "agenda", "attendance", "chair", "documents", "layouts"]
    facts += ["previous_actions", "quorum", "votes"]
    assert (sorted(text["order"]), sorted(text["facts"])) == (["ids", "version"], facts)
    assert {key for item in text["facts"]["agenda"] for key in item} == {
        "label", "title", "depth", "kind", "presenters", "added_in_session", "moved_in_session",
    }  # fmt: skip
    assert {key for group in text["facts"]["attendance"] for key in group} == {"heading", "lines", "rows", "depth"}
    changed = people.ask("referent", "GET", page(mine, "minutes_facts", mine.own["draft"].pk)).json()
    assert sorted(changed) == ["changes", "facts"]
    state = reverse("files:rendering_state", args=[mine.prefecture.slug, mine.own["draft_rendering"].uuid])
    assert sorted(people.ask("agent", "GET", state).json()) == ["progress", "stage", "step"]
    review = page(mine, "minutes_state", mine.own["review"].pk)
    assert sorted(people.ask("member", "GET", review).json()) == ["progress", "stage", "step"]
    health = people.ask("anonymous", "GET", "/healthz").json()
    assert sorted(health) == ["broker", "database", "outbox_oldest_seconds", "scheduler", "status", "worker"]
