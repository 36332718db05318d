"""The address each open editor asks every two seconds (docs/editor.md), on a real Valkey."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clu_portal.accounts.middleware import SEEN
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from clu_portal.tests.processes import Broker
from committees.minutes import freezing
from committees.minutes.tests.test_api import address as text_address
from committees.minutes.tests.test_api import change, patch
from committees.tests.factories import drafted_minutes, member_of, referent, secretary_general, submitted_minutes


@pytest.fixture(scope="module")
def valkey(tmp_path_factory):
    broker = Broker(tmp_path_factory.mktemp("v"))
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def reachable(valkey, settings, prefecture):
    settings.REDIS_URL = valkey.url
    with valkey.client() as client:
        client.flushall()
    return valkey


def address(minutes) -> str:
    return reverse("committees:minutes_presence", args=[minutes.prefecture.slug, minutes.pk])


class Page:
    """An editor opened by somebody on some minutes."""

    def __init__(self, minutes, user=None):
        self.minutes, self.id, self.user, self.http = minutes, str(uuid4()), user or referent(), Client()
        self.http.force_login(self.user)

    def ask(self, doing: str = "here", section: str = "-", **headers):
        headers |= {"X-Presence": f"{self.id} {section} {doing}"}
        return self.http.get(address(self.minutes), headers=headers)


@pytest.fixture
def minutes(reachable):
    return drafted_minutes()


def test_presence_says_the_versions_and_the_order(minutes):
    answer = Page(minutes).ask().json()
    assert answer == {
        "state": "drafting",
        "frozen": None,
        "order": 1,
        "versions": dict.fromkeys(minutes.section_order, 1),
        "people": [],
        "hands": {},
    }


def test_presence_unchanged_is_304_and_a_save_elsewhere_is_not(minutes):
    page, sent = Page(minutes), change("ailleurs")
    etag = page.ask().headers["ETag"]
    assert page.ask(**{"If-None-Match": etag}).status_code == 304
    patch(Page(minutes).http, minutes, [sent])
    answer = page.ask(**{"If-None-Match": etag})
    assert (answer.status_code, answer.json()["versions"][sent["id"]]) == (200, 1)


def test_presence_of_a_removed_section_is_not_told(minutes):
    page, gone = Page(minutes), minutes.section_order[0]
    assert patch(page.http, minutes, [{"id": gone, "base": 1, "content": None}]).status_code == 200
    assert set(page.ask().json()["versions"]) == set(minutes.section_order) - {gone}


def test_presence_says_who_is_where_and_who_writes(minutes):
    section, anne, paul = minutes.section_order[0], Page(minutes), Page(minutes)
    anne.ask("writes", section)
    seen = paul.ask("here", section).json()
    assert seen["people"] == [{"name": anne.user.name, "section": section}]
    hand = seen["hands"][section]
    assert (hand["name"], hand["mine"], hand["asked_by"]) == (anne.user.name, False, None)
    assert anne.ask("writes", section).json()["hands"][section]["mine"]


def test_presence_hand_asked_is_told_then_given(minutes):
    section, anne, paul = minutes.section_order[0], Page(minutes), Page(minutes)
    anne.ask("writes", section)
    assert not paul.ask("takes", section).json()["hands"][section]["mine"]
    assert anne.ask("writes", section).json()["hands"][section]["asked_by"] == paul.user.name
    assert anne.ask("here", section).json()["hands"][section]["name"] == paul.user.name
    assert paul.ask("takes", section).json()["hands"][section]["mine"]


def test_presence_ends_when_the_page_goes(minutes):
    section, anne, paul = minutes.section_order[0], Page(minutes), Page(minutes)
    anne.ask("writes", section)
    anne.ask("gone")
    seen = paul.ask().json()
    assert (seen["people"], seen["hands"]) == ([], {})


def test_presence_two_pages_of_one_person_are_told_apart(minutes):
    section, first = minutes.section_order[0], Page(minutes)
    first.ask("writes", section)
    assert Page(minutes, first.user).ask().json()["hands"][section]["name"] == "Votre autre page"


def test_presence_without_valkey_still_says_the_versions(minutes, settings):
    settings.REDIS_URL = "redis+socket:///nowhere/at/all.sock"
    page = Page(minutes)
    answer = page.ask("writes", minutes.section_order[0])
    assert (answer.status_code, answer.json()["people"]) == (200, [])
    assert set(answer.json()["versions"]) == set(minutes.section_order)


def test_presence_is_noted_in_the_database_that_the_broker_address_chooses(minutes, settings, reachable):
    settings.REDIS_URL = f"{reachable.url}?virtual_host=3"
    Page(minutes).ask("writes", minutes.section_order[0])
    with reachable.client() as client:
        kept = {name: client.info("keyspace")[name]["keys"] for name in client.info("keyspace")}
    assert kept == {"db3": 1}


def test_presence_wiped_comes_back_by_itself(minutes, reachable):
    section, anne, paul = minutes.section_order[0], Page(minutes), Page(minutes)
    anne.ask("writes", section)
    with reachable.client() as client:
        client.flushall()
    assert paul.ask().json()["hands"] == {}
    anne.ask("writes", section)
    assert section in paul.ask().json()["hands"]


@pytest.mark.parametrize("sections", [1, 20])
def test_presence_reads_the_minutes_in_one_query(minutes, sections):
    page = Page(minutes)
    for number in range(sections):
        patch(page.http, minutes, [change(f"section {number}")])
    with CaptureQueriesContext(connection) as queries:
        page.ask()
    assert len([query for query in queries if '"committees_' in query["sql"]]) == 1


def test_presence_does_not_keep_a_session_alive_and_the_text_does(minutes):
    page = Page(minutes)
    page.ask()

    def seen_after(ask) -> float:
        session = page.http.session
        session[SEEN] = 0.0 + session["session_started_at"] - 600
        session.save()
        before = session[SEEN]
        ask()
        return page.http.session[SEEN] - before

    assert seen_after(page.ask) == 0
    assert seen_after(lambda: page.http.get(text_address(minutes))) > 0


def test_presence_asks_the_right_again_each_time(minutes):
    page = Page(minutes)
    assert page.ask().status_code == 200
    page.user.roles.all().delete()
    assert page.ask().status_code == 404


def test_presence_of_who_may_not_write(minutes):
    assert Page(minutes, secretary_general()).ask().status_code == 403
    assert Page(minutes, member_of(minutes.meeting.committee)).ask().status_code == 404


def test_presence_without_a_session_is_401(minutes):
    answer = Client().get(address(minutes), headers={"X-Presence": f"{uuid4()} - here"})
    assert (answer.status_code, answer.json()) == (401, {"error": "session"})


@pytest.mark.parametrize("says", ["x", "- -", f"{'a' * 36} - dances", f"{'a' * 36} section here"])
def test_presence_outside_the_contract_is_400(minutes, says):
    page = Page(minutes)
    assert page.http.get(address(minutes), headers={"X-Presence": says}).status_code == 400


def test_presence_asked_by_nobody_is_answered_and_noted_nowhere(minutes, reachable):
    page = Page(minutes)
    assert page.http.get(address(minutes)).json()["people"] == []
    with reachable.client() as client:
        assert client.keys() == []


def test_T02_presence_of_another_prefecture_is_404_and_notes_nothing(minutes, reachable):
    page, other = Page(minutes), PrefectureFactory()
    with scope(other.pk):
        foreign = drafted_minutes()
    there = reverse("committees:minutes_presence", args=[other.slug, foreign.pk])
    for where in (there, address(minutes).replace(f"/{minutes.pk}/", f"/{foreign.pk}/")):
        assert page.http.get(where, headers={"X-Presence": f"{page.id} - here"}).status_code == 404
    with reachable.client() as client:
        assert client.keys() == []


def test_presence_says_who_froze_the_draft_and_when_it_is_in_review(minutes):
    by = referent()
    freezing.freeze_minutes(minutes=minutes, reason="Relecture par le préfet", by=by)
    frozen = Page(minutes).ask().json()["frozen"]
    assert (frozen["by"], frozen["reason"]) == (by.name, "Relecture par le préfet")
    assert Page(submitted_minutes()).ask().json()["state"] == "in_review"


def test_text_some_sections_only_with_the_order(minutes):
    page, wanted = Page(minutes), minutes.section_order[1]
    answer = page.http.get(f"{text_address(minutes)}?sections={wanted},x").json()
    assert [section["id"] for section in answer["sections"]] == [wanted]
    assert answer["order"] == {"version": 1, "ids": minutes.section_order}
    assert json.dumps(answer).count('"type": "section"') == 1
