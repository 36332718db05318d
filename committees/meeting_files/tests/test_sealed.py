"""Sealed minutes come in sealed, with their bytes, or do not come in."""

import hashlib
import json
from base64 import b64decode, b64encode

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clu_portal.files import sealing
from clu_portal.files.models import SealedFingerprint
from clu_portal.lib.seal import make_demonstration_authority
from clu_portal.lib.verify import Outcome
from clu_portal.tenancy import scope
from committees.distribution.verification import verify_minutes
from committees.meeting_files.exporting import meeting_file, written
from committees.meeting_files.tests.conftest import MADE, rows_of
from committees.meeting_files.tests.test_round_trip import unnamed
from committees.meetings.models import Meeting
from committees.minutes.acts import approve_minutes, pages_to_approve
from committees.minutes.corrections import correct_minutes
from committees.minutes.models import Minutes, Section
from committees.tests.factories import referent, render, sealed_minutes, secretary_general, submitted_minutes


@pytest.fixture
def sealed(prefecture) -> dict:
    """The file of a meeting whose minutes are sealed, and a correction begun."""
    if "sealed" not in MADE:
        minutes = sealed_minutes()
        correct_minutes(minutes=minutes, by=referent())
        MADE["sealed"] = written(meeting_file(minutes.meeting))
    return json.loads(MADE["sealed"])


def sealed_item(file: dict) -> dict:
    uuid = file["meeting"]["minutes"][0]["sealed_file"]
    return next(item for item in file["files"] if item["uuid"] == uuid)


def with_bytes(item: dict, content: bytes) -> None:
    item |= {
        "content": b64encode(content).decode(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }


def test_sealed_minutes_come_in_with_their_bytes_and_verify(sealed, receiver, bring_in):
    content = b64decode(sealed_item(sealed)["content"])
    assert bring_in(sealed)
    with scope(receiver.pk, receiver):
        first, second = Minutes.objects.order_by("version_number")
        assert (first.state, second.state) == ("sealed", "drafting")
        assert first.sealed_file.content == content
        assert unnamed(meeting_file(Meeting.objects.get())) == unnamed(sealed)
        fingerprints = SealedFingerprint.objects.filter(document=f"minutes:{first.pk}", prefecture=receiver)
        assert sorted(fingerprints.values_list("kind", flat=True)) == ["approved", "sealed"]
    assert verify_minutes(content).outcome is Outcome.INTACT


def test_the_approval_keeps_the_name_and_no_account(sealed, receiver, bring_in):
    bring_in(sealed)
    name = sealed["meeting"]["minutes"][0]["approvals"][0]["approver_name"]
    with scope(receiver.pk, receiver):
        approval = Minutes.objects.get(version_number=1).current_approval()
        assert (approval.approved_by, approval.approver, approval.title) == (None, name, "Secrétaire générale")


def test_minutes_that_came_in_sealed_never_change(sealed, receiver, bring_in):
    bring_in(sealed)
    with scope(receiver.pk, receiver):
        minutes = Minutes.objects.get(version_number=1)
        for change in (
            lambda: Minutes.objects.filter(pk=minutes.pk).update(place="Ailleurs"),
            lambda: Section.objects.filter(minutes=minutes).update(version=9),
        ):
            with pytest.raises(IntegrityError, match=r"never change|frozen"), transaction.atomic():
                change()


def break_bytes(file: dict) -> str:
    content = bytearray(b64decode(sealed_item(file)["content"]))
    content[len(content) // 3] ^= 1
    with_bytes(sealed_item(file), bytes(content))
    return "not_approved"


def break_seal(file: dict) -> str:
    with_bytes(sealed_item(file), b64decode(sealed_item(file)["content"]) + b"\n% ajout")
    return "wrong_seal"


def remove_seal(file: dict) -> str:
    approved = file["meeting"]["minutes"][0]["approvals"][0]["file"]
    file["meeting"]["minutes"][0]["sealed_file"] = approved
    return "wrong_seal"


def change_text(file: dict) -> str:
    first = file["meeting"]["minutes"][0]["sections"][0]["content"]
    first["content"].append({"type": "paragraph", "content": [{"type": "text", "text": "ajout"}]})
    return "wrong_sha256"


def change_facts(file: dict) -> str:
    file["meeting"]["minutes"][0]["facts"]["agenda"].append({"label": "9.", "title": "ajout"})
    return "wrong_sha256"


def forget_approval(file: dict) -> str:
    file["meeting"]["minutes"][0]["approvals"] = []
    return "not_approved"


def approve_before_submission(file: dict) -> str:
    file["meeting"]["minutes"][0]["approvals"][0]["at"] = "2020-01-01T00:00:00+00:00"
    return "not_approved"


def forget_seal(file: dict) -> str:
    file["meeting"]["minutes"][0]["sealed_file"] = None
    return "missing_value"


@pytest.mark.parametrize(
    "falsify",
    [
        break_bytes, break_seal, remove_seal, change_text, change_facts, forget_approval, approve_before_submission,
        forget_seal,
    ],
)  # fmt: skip
def test_falsified_minutes_are_refused_and_nothing_is_written(sealed, receiver, bring_in, falsify):
    code = falsify(sealed)
    with pytest.raises(ValidationError) as refusal:
        bring_in(sealed)
    assert [error.code for error in refusal.value.error_list] == [code]
    assert rows_of(receiver) == {}


def test_a_seal_of_an_unknown_authority_is_refused(sealed, receiver, bring_in, settings, tmp_path):
    settings.SEAL_TRUST_ROOTS = [str(make_demonstration_authority(tmp_path / "other").root)]
    sealing.trust_roots.cache_clear()
    try:
        with pytest.raises(ValidationError, match="certificat que ce portail ne reconnaît pas"):
            bring_in(sealed)
    finally:
        sealing.trust_roots.cache_clear()
    assert rows_of(receiver) == {}


def test_minutes_approved_and_not_yet_sealed_are_not_exported(prefecture):
    minutes = submitted_minutes()
    render(minutes, "minutes_pdf")
    file = pages_to_approve(minutes)
    approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=secretary_general())
    with pytest.raises(ValidationError) as refusal:
        meeting_file(minutes.meeting)
    assert [error.code for error in refusal.value.error_list] == ["not_yet_sealed"]


def test_minutes_in_review_come_in_to_be_drawn_and_approved_again(prefecture, receiver, bring_in):
    file = meeting_file(submitted_minutes().meeting)
    bring_in(file)
    with scope(receiver.pk, receiver):
        minutes = Minutes.objects.get()
        render(minutes, "minutes_pdf")
        pages = pages_to_approve(minutes)
        approve_minutes(minutes=minutes, file=pages, shown_sha256=pages.sha256, by=secretary_general())
        render(minutes, "minutes_seal")
        assert Minutes.objects.get().state == "sealed"
