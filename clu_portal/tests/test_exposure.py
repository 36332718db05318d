"""What each page, mail, file, line of log lets out: whose words, of which field, and whether escaped.

T04: nothing of another préfecture. T14: to the public, what is published only. I01: never a word as HTML.
"""

import logging
from base64 import b64decode
from collections import defaultdict

import pytest
from django.db import connection
from django.urls import reverse

from clu_portal.audit.models import AuditEntry
from clu_portal.files.models import StoredFile
from clu_portal.lib.pdf import pdf_text
from clu_portal.mail.models import OutgoingMessage
from clu_portal.tenancy import scope
from clu_portal.tests.addresses import pages
from clu_portal.tests.asking import People
from clu_portal.tests.marking import HOSTILE, TEXT_OF_MINUTES, UNESCAPED, fields_never_marked, marks_in
from clu_portal.tests.world import ROLES, two_worlds

PUBLISHED = {
    "organisations.PrefectureSettings.accessibility_contact",
    "organisations.PrefectureSettings.legal_notice",
    "organisations.PrefectureSettings.privacy_notice",
}
CONTACTS = {
    "accounts.Invitation.email",
    "committees.DistributionRecipient.email",
    "organisations.Person.email",
    "organisations.Person.phone",
}
INTERNAL = {
    "committees.Minutes.freeze_reason",
    "committees.Minutes.return_reason",
    "mail.OutgoingMessage.last_error",
    "files.Rendering.error",
}


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    with two_worlds(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def crawl(worlds, django_db_blocker):
    """Everything the people of A get from every GET address, with the lines of log written meanwhile."""
    lines, handler = [], logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    logging.getLogger().addHandler(handler)
    with django_db_blocker.unblock():
        people, answers = People(worlds[0]), {}
        for page in pages():
            for address in {page.own(worlds[0]), page.sibling(worlds[0]) or page.own(worlds[0])}:
                for role in ROLES:
                    answers[page.name, role, address] = people.ask(role, "GET", address)
    logging.getLogger().removeHandler(handler)
    return answers, lines


def is_html(answer) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def shown(answers) -> dict[str, set[str]]:
    """Role -> fields of A whose words it read somewhere."""
    found = defaultdict(set)
    for (_, role, _), answer in answers.items():
        if answer.headers.get("Content-Type", "").startswith(("text/", "application/json")):
            found[role] |= marks_in(answer.content.decode(), "A")
    return found


def test_marks_are_in_every_word_of_every_model(worlds, db):
    for world in worlds:
        with scope(world.prefecture.pk):
            assert fields_never_marked(world.mark) == set()


def test_T04_no_page_of_a_prefecture_holds_a_word_of_another(crawl):
    answers, _ = crawl
    leaks = {
        key: found for key, answer in answers.items() if (found := marks_in(answer.content.decode("latin-1"), "B"))
    }
    assert leaks == {}
    assert len(shown(answers)["referent"]) > 40


def test_I01_no_page_shows_a_word_as_html(crawl):
    answers, _ = crawl
    html = {key: answer.content.decode() for key, answer in answers.items() if is_html(answer)}
    assert [key for key, text in html.items() if UNESCAPED.search(text)] == []
    assert sum("&lt;img src=x" in text for text in html.values()) > 100


def test_I01_names_of_files_are_harmless_in_headers(crawl):
    answers, _ = crawl
    names = {answer["Content-Disposition"] for answer in answers.values() if "Content-Disposition" in answer.headers}
    assert len(names) >= 4
    assert [name for name in names if set("<>\r\n") & set(name)] == []


@pytest.mark.django_db
def test_I01_T04_messages_shown_by_the_demonstration_are_escaped(worlds, settings):
    settings.DEMONSTRATION = True
    people = People(worlds[0])
    shown_pages = [page for page in pages() if page.name in {"mail:message_list", "mail:message_detail"}]
    for page in shown_pages:
        answer = people.ask("referent", "GET", page.own(worlds[0]))
        text = answer.content.decode()
        assert (answer.status_code, bool(marks_in(text, "A")), marks_in(text, "B")) == (200, True, set())
        assert not UNESCAPED.search(text)


def test_T14_public_sees_what_is_published_and_nothing_else(crawl):
    assert shown(crawl[0])["anonymous"] == PUBLISHED


def test_T14_contacts_of_persons_reach_only_the_referent_and_the_secretary_general(crawl):
    seen = shown(crawl[0])
    assert CONTACTS & seen["referent"]
    for role in ("agent", "member", "auditor", "national_admin", "anonymous"):
        assert seen[role] & CONTACTS == set(), role


def test_T03_what_is_internal_never_reaches_a_member(crawl):
    seen = shown(crawl[0])
    assert "committees.Minutes.return_reason" in seen["referent"]
    assert seen["member"] & INTERNAL == set()
    assert seen["auditor"] | seen["national_admin"] <= PUBLISHED | {"accounts.User.name", "accounts.Role.title"}


@pytest.mark.long
def test_T04_P06_lines_of_log_hold_no_word_of_anybody(crawl):
    _, lines = crawl
    assert len(lines) > 50
    assert [line for line in lines if marks_in(line, "A") | marks_in(line, "B") or UNESCAPED.search(line)] == []


def test_T04_mails_hold_words_of_their_prefecture_only_and_escaped(worlds, db):
    for world, other in (worlds, worlds[::-1]):
        with scope(world.prefecture.pk):
            messages = list(OutgoingMessage.objects.all())
        assert len(messages) >= 2
        for message in messages:
            assert marks_in(message.subject + message.text, world.mark.owner)
            assert marks_in(f"{message.subject}{message.text}{message.html}", other.mark.owner) == set()
            assert not UNESCAPED.search(message.html)
            assert "&lt;img src=x" in message.html


def test_D03_T04_journal_holds_no_word_of_anybody(worlds, db):
    with scope(worlds[0].prefecture.pk):
        rows = [" ".join(map(str, row)) for row in AuditEntry.objects.values_list()]
    assert len(rows) > 12
    assert [row for row in rows if marks_in(row, "A") or marks_in(row, "B")] == []


def test_I01_T04_words_in_the_pdf_are_text_and_of_their_prefecture(worlds, db):
    for world, other in (worlds, worlds[::-1]):
        with scope(world.prefecture.pk):
            files = StoredFile.objects.filter(content_type="application/pdf", size__gt=1000)
            files = [file for file in files if file.name.startswith("compte-rendu")]
            texts = [pdf_text(file.content) for file in files]
        assert len(texts) >= 4
        for text in texts:
            assert TEXT_OF_MINUTES in marks_in(text, world.mark.owner)
            assert marks_in(text, other.mark.owner) == set()
            assert HOSTILE[:26] in " ".join(text.split())


@pytest.mark.django_db
def test_T04_shared_cache_holds_no_word_of_anybody(worlds):
    """The counters of attempts are keyed by address: as a fingerprint."""
    mine = worlds[0]
    email = mine.own["person"].email
    assert marks_in(email, "A")
    address = reverse("accounts:member_sign_in", args=[mine.prefecture.slug])
    assert mine.client("anonymous").post(address, {"email": email}).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM portal_cache")
        rows = [f"{key} {b64decode(value).decode('latin-1')}" for key, value in cursor.fetchall()]
    assert rows
    assert [row for row in rows if marks_in(row, "A")] == []
