"""E03: three clients type, save, lose answers, repeat, go offline, lose their session, while the text is frozen or
restored. The invariants are those of security.md §5.3; the clients speak HTTP to the save API, as the editor does."""

import json
from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from committees.minutes import acts, freezing
from committees.minutes.models import Minutes, OrderRevision, Section, SectionRevision
from committees.minutes.tests.test_api import address, section
from committees.minutes.text import contents, frozen_hash
from committees.tests.factories import drafted_minutes, referent, secretary_general

WRITERS = st.sampled_from([0, 1, 2])
PLACES = st.sampled_from([0, 1])
WORDS = st.text("abcdeé –", min_size=1, max_size=12).map(str.strip).filter(bool)

ANSWERS = {200, "repeated", 401, 409, 412}
MET: Counter = Counter()


@dataclass
class Sent:
    """One operation, as it goes on the wire each time it is sent."""

    key: str
    tags: str
    body: str
    words: dict[str, str]
    bases: dict[str, int]


@dataclass
class Writer:
    """What one page of the editor knows: what was acknowledged, what is typed, the operation without an answer."""

    user: object
    client: Client = field(default_factory=Client)
    versions: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    pending: Sent | None = None
    is_online: bool = True
    is_signed_in: bool = True


def words_of(content: dict | None) -> str:
    if content is None:
        return ""
    return "".join(node.get("text", "") for block in content["content"] for node in block.get("content", []))


class ThreeClients(RuleBasedStateMachine):
    """The model keeps what was acknowledged; the database must agree with it at each step."""

    @initialize()
    def begin(self):
        self.by = referent()
        self.approver = secretary_general()
        self.minutes = drafted_minutes(by=self.by)
        self.ids = self.minutes.section_order[:2]
        self.writers = [Writer(referent()) for _ in range(3)]
        self.history: dict[str, list[str]] = {}
        self.answers: dict[str, dict] = {}
        self.frozen: str | None = None
        self.is_paused = False
        for writer in self.writers:
            writer.client.force_login(writer.user)
            self.read(writer)
        for uuid in self.ids:
            self.history[uuid] = [self.writers[0].acknowledged[uuid]]

    def read(self, writer: Writer) -> None:
        """Open the page, or look again after a conflict: what the server holds is what this client starts from."""
        for held in writer.client.get(address(self.minutes)).json()["sections"]:
            writer.versions[held["id"]] = held["version"]
            writer.acknowledged[held["id"]] = words_of(held["content"])

    def type(self, who: int, where: int, words: str) -> None:
        self.writers[who].typed[self.ids[where]] = words

    @rule(who=WRITERS, where=PLACES, words=WORDS, answer_is_lost=st.booleans())
    def type_and_pause(self, who, where, words, answer_is_lost):
        """The most frequent case by far: the autosave sends what was just typed."""
        self.type(who, where, words)
        self.save(who, answer_is_lost)

    @rule(who=WRITERS, answer_is_lost=st.booleans())
    def save(self, who, answer_is_lost):
        writer = self.writers[who]
        writer.pending = writer.pending or self.operation(writer)
        if writer.pending and writer.is_online:
            self.send(writer, writer.pending, answer_is_lost=answer_is_lost)

    @rule(who=WRITERS)
    @precondition(lambda self: self.answers)
    def duplicate(self, who):
        """A request that was already applied arrives again, from any client of the same person: same answer."""
        key = sorted(self.answers)[who % len(self.answers)]
        sent, status, answer, owner = self.answers[key]
        if owner.is_signed_in:
            again = self.patch(owner, sent)
            MET["repeated"] += 1
            assert (again.status_code, again.json()) == (status, answer)

    @rule(who=WRITERS)
    def go_offline_or_come_back(self, who):
        self.writers[who].is_online = not self.writers[who].is_online

    @rule(who=WRITERS)
    def session_expires_or_sign_in_again(self, who):
        writer = self.writers[who]
        writer.is_signed_in = not writer.is_signed_in
        if writer.is_signed_in:
            writer.client.force_login(writer.user)
        else:
            writer.client.logout()

    @rule()
    def pause_or_open_again(self):
        """A draft frozen for a while refuses every save, and takes what waited once it is opened again."""
        if self.frozen is not None:
            return
        if self.is_paused:
            self.minutes = freezing.unfreeze_minutes(minutes=self.minutes, by=self.approver)
        else:
            self.minutes = freezing.freeze_minutes(minutes=self.minutes, reason="Relecture", by=self.by)
        self.is_paused = not self.is_paused

    @rule()
    def freeze_or_give_back(self):
        self.is_paused = False
        if self.frozen is None:
            self.minutes = acts.submit_minutes(minutes=self.minutes, by=self.by)
            self.frozen = self.held()
        else:
            self.minutes = acts.return_minutes(minutes=self.minutes, reason="À reprendre.", by=self.approver)
            self.frozen = None

    @rule(who=WRITERS, where=PLACES, data=st.data())
    def restore(self, who, where, data):
        """An old revision is typed again: it becomes a new version, never a step back."""
        uuid = self.ids[where]
        self.writers[who].typed[uuid] = data.draw(st.sampled_from(self.history[uuid])) or "vide"
        self.save(who, answer_is_lost=False)

    def operation(self, writer: Writer) -> Sent | None:
        if not writer.typed:
            return None
        words, bases = dict(writer.typed), {uuid: writer.versions[uuid] for uuid in writer.typed}
        body = [{"id": uuid, "base": bases[uuid], "content": section(uuid, text)} for uuid, text in words.items()]
        tags = ", ".join(f'"{uuid}-{base}"' for uuid, base in bases.items())
        return Sent(f"client-{uuid4()}", tags, json.dumps({"sections": body}), words, bases)

    def patch(self, writer: Writer, sent: Sent):
        headers = {"If-Match": sent.tags, "Idempotency-Key": sent.key}
        path = address(self.minutes)
        return writer.client.patch(path, sent.body, content_type="application/json", headers=headers)

    def send(self, writer: Writer, sent: Sent, *, answer_is_lost: bool) -> None:
        was_applied = sent.key in self.answers
        stale = any(base != len(self.history[uuid]) for uuid, base in sent.bases.items())
        answer = self.patch(writer, sent)
        MET["repeated" if was_applied and answer.status_code == 200 else answer.status_code] += 1
        assert answer.status_code == self.expected(writer, was_applied=was_applied, stale=stale), answer.content
        if answer.status_code == 200 and not was_applied:
            for uuid, words in sent.words.items():
                self.history[uuid].append(words)
            self.answers[sent.key] = (sent, 200, answer.json(), writer)
        if not answer_is_lost:
            self.hear(writer, sent, answer)

    def expected(self, writer: Writer, *, was_applied: bool, stale: bool) -> int:
        """Nothing new is written for a stale version, a frozen text or somebody unknown (invariants c and d)."""
        if not writer.is_signed_in:
            return 401
        if was_applied:
            return 200
        if self.frozen is not None or self.is_paused:
            return 409
        return 412 if stale else 200

    def hear(self, writer: Writer, sent: Sent, answer) -> None:
        if answer.status_code == 200:
            writer.pending = None
            for saved in answer.json()["sections"]:
                writer.versions[saved["id"]] = saved["version"]
                writer.acknowledged[saved["id"]] = sent.words[saved["id"]]
            writer.typed = {uuid: words for uuid, words in writer.typed.items() if words != sent.words.get(uuid)}
        elif answer.status_code == 412:
            writer.pending = None
            for conflict in answer.json()["conflicts"]:
                assert words_of(conflict["content"]) == self.history[conflict["id"]][-1]
            self.read(writer)
        elif answer.status_code == 409:
            writer.pending = None

    def held(self) -> str:
        minutes = Minutes.objects.get(pk=self.minutes.pk)
        return "" if minutes.is_drafting else frozen_hash(minutes, minutes.facts)

    @invariant()
    def every_acknowledged_text_is_in_the_revisions(self):
        if not hasattr(self, "history"):
            return
        for uuid, texts in self.history.items():
            revisions = SectionRevision.objects.filter(section__minutes=self.minutes, section__uuid=uuid)
            assert [words_of(revision.content) for revision in revisions] == texts

    @invariant()
    def the_version_is_the_number_of_revisions(self):
        if not hasattr(self, "history"):
            return
        for held in Section.objects.filter(minutes=self.minutes):
            assert held.version == held.revisions.count()
            assert held.content == held.revisions.get(version=held.version).content
        assert OrderRevision.objects.filter(minutes=self.minutes).count() == 1

    @invariant()
    def nothing_changes_after_the_freeze(self):
        if getattr(self, "frozen", None) is not None:
            minutes = Minutes.objects.get(pk=self.minutes.pk)
            assert (minutes.text_hash, self.held()) == (self.frozen, self.frozen)
            assert contents(minutes)

    @invariant()
    def what_a_client_calls_saved_is_what_the_server_stored(self):
        for writer in getattr(self, "writers", []):
            for uuid in self.ids:
                version, words = writer.versions[uuid], writer.acknowledged[uuid]
                assert self.history[uuid][version - 1] == words


@pytest.mark.long
@pytest.mark.usefixtures("prefecture")
def test_E03_three_clients_lose_nothing_and_overwrite_nothing():
    MET.clear()
    run_state_machine_as_test(
        ThreeClients,
        settings=settings(
            max_examples=30,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {answer for answer, count in MET.items() if count >= 3} == ANSWERS, MET
