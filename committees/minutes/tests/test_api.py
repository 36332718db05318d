"""The address the editor talks to (contract in docs/editor.md)."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.minutes import acts
from committees.tests.factories import drafted_minutes, member_of, referent, secretary_general, submitted_minutes


def address(minutes) -> str:
    return reverse("committees:minutes_text", args=[minutes.prefecture.slug, minutes.pk])


def section(uuid: str, words: str) -> dict:
    content = [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]
    return {"type": "section", "attrs": {"id": uuid}, "content": content}


def patch(client, minutes, sections, *, tags=None, key=None, order=None, **headers):
    tags = tags if tags is not None else ", ".join(f'"{s["id"]}-{s["base"]}"' for s in sections)
    body = {"sections": sections} | ({"order": order} if order else {})
    headers = {"If-Match": tags, "Idempotency-Key": key or f"client-{uuid4()}"} | headers
    headers = {name: value for name, value in headers.items() if value}
    return client.patch(address(minutes), json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def writer(client, prefecture):
    user = referent()
    client.force_login(user)
    client.user = user
    return client


def change(words: str, uuid: str | None = None, base: int = 0) -> dict:
    uuid = uuid or str(uuid4())
    return {"id": uuid, "base": base, "content": section(uuid, words)}


def test_text_get_answers_the_sections_the_order_and_the_facts(writer):
    minutes = drafted_minutes()
    state = writer.get(address(minutes)).json()
    assert (state["minutes"], state["state"], state["order"]["version"]) == (minutes.pk, "drafting", 1)
    assert [s["id"] for s in state["sections"]] == minutes.section_order
    assert set(state) == {
        "account",
        "minutes",
        "state",
        "state_label",
        "frozen",
        "csrf",
        "order",
        "sections",
        "facts",
        "changes",
    }


def test_text_patch_saves_and_says_when(writer):
    minutes, sent = drafted_minutes(), change("bonjour")
    answer = patch(writer, minutes, [sent])
    assert answer.status_code == 200
    assert answer.json()["sections"] == [{"id": sent["id"], "version": 1}]
    assert "bonjour" in json.dumps(writer.get(address(minutes)).json()["sections"])


def test_E01_patch_without_if_match_is_428(writer):
    assert patch(writer, drafted_minutes(), [change("x")], **{"If-Match": ""}).status_code == 428


def test_E01_stale_patch_is_412_with_the_other_text_its_author_and_its_time(writer):
    minutes, sent = drafted_minutes(), change("le mien")
    patch(writer, minutes, [sent])
    answer = patch(writer, minutes, [change("encore le mien", sent["id"], 0)])
    [conflict] = answer.json()["conflicts"]
    assert answer.status_code == 412
    assert (conflict["version"], conflict["author"]) == (1, str(writer.user))
    assert conflict["content"] == sent["content"]
    assert "T" in conflict["at"]


def test_E02_same_key_again_answers_the_same_version(writer):
    minutes, sent = drafted_minutes(), change("une fois")
    first = patch(writer, minutes, [sent], key="client-0001")
    second = patch(writer, minutes, [sent], key="client-0001")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()


def test_text_patch_frozen_is_409(writer):
    assert patch(writer, submitted_minutes(by=writer.user), [change("x")]).status_code == 409


def test_text_patch_outside_the_schema_is_422_naming_the_section(writer):
    sent = change("x")
    sent["content"]["content"].append({"type": "iframe"})
    answer = patch(writer, drafted_minutes(), [sent])
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["section"] == sent["id"]


@pytest.mark.parametrize(
    "broken",
    [
        {"tags": '"autre-0"'},
        {"key": "x"},
        {"sections": [{"id": "1", "base": 0, "content": None}]},
        {"sections": [{"id": str(uuid4()), "base": "un", "content": None}]},
        {"sections": "texte"},
    ],
)
def test_text_patch_outside_the_contract_is_400_and_saves_nothing(writer, broken):
    minutes = drafted_minutes()
    before = minutes.sections.count()
    sections = broken.pop("sections", [change("x")])
    tags = broken.pop("tags", None) or '"x-0"' if sections == "texte" else broken.pop("tags", None)
    assert patch(writer, minutes, sections, tags=tags, **broken).status_code == 400
    assert minutes.sections.count() == before


def test_E04_text_without_a_session_is_401_and_no_page(prefecture, client):
    minutes = drafted_minutes()
    answer = client.get(address(minutes))
    assert (answer.status_code, answer.json()) == (401, {"error": "session"})
    assert patch(client, minutes, [change("x")]).status_code == 401


def test_B04_patch_without_csrf_token_is_refused(prefecture):
    client = Client(enforce_csrf_checks=True)
    client.force_login(referent())
    minutes = drafted_minutes()
    before = minutes.sections.count()
    assert patch(client, minutes, [change("x")]).status_code == 403
    assert minutes.sections.count() == before


def test_text_roles_who_may_not_write_are_told_apart_from_who_may_not_see(prefecture, client):
    minutes = submitted_minutes()
    client.force_login(secretary_general())
    assert client.get(address(minutes)).status_code == 403
    client.force_login(member_of(minutes.meeting.committee))
    assert client.get(address(minutes)).status_code == 403
    acts.return_minutes(minutes=minutes, reason="x", by=referent())
    assert client.get(address(minutes)).status_code == 404


def test_T02_text_of_another_prefecture_is_404(prefecture, writer):
    other = PrefectureFactory()
    with scope(other.pk):
        foreign = drafted_minutes()
    assert writer.get(address(foreign)).status_code == 404
    here = reverse("committees:minutes_text", args=[prefecture.slug, foreign.pk])
    assert writer.get(here).status_code == 404
