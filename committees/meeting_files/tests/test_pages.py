"""What came in is seen and worked on as what was typed here."""

from base64 import b64decode

import pytest
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.tenancy import scope
from clu_portal.tests.factories import user_with_role
from committees.meeting_files.tests.test_sealed import sealed, sealed_item
from committees.meetings.models import Meeting
from committees.minutes.models import Minutes

__all__ = ["sealed"]


@pytest.fixture
def address(receiver):
    def address(name: str, pk: int) -> str:
        return reverse(f"committees:{name}", args=[receiver.slug, pk])

    return address


@pytest.fixture
def by_referent(client, receiver):
    with scope(receiver.pk, receiver):
        client.force_login(user_with_role(RoleKind.REFERENT))
    return client


def test_sealed_minutes_are_read_downloaded_and_corrected(by_referent, receiver, bring_in, address, sealed):
    bring_in(sealed)
    with scope(receiver.pk, receiver):
        first, second = Minutes.objects.order_by("version_number")
    name = sealed["meeting"]["minutes"][0]["approvals"][0]["approver_name"]
    assert f"Approuvé par {name}, Secrétaire générale" in by_referent.get(address("minutes_detail", first.pk)).text
    pdf = by_referent.get(address("minutes_pdf", first.pk))
    assert b"".join(pdf) == b64decode(sealed_item(sealed)["content"])
    assert by_referent.get(address("minutes_edit", second.pk)).status_code == 200


@pytest.mark.parametrize("name", ["meeting_detail", "meeting_participants"])
def test_a_meeting_that_came_in_is_shown(by_referent, receiver, bring_in, address, file, name):
    bring_in(file)
    with scope(receiver.pk, receiver):
        meeting = Meeting.objects.get()
    assert by_referent.get(address(name, meeting.pk)).status_code == 200


def test_a_text_that_came_in_is_typed_on(by_referent, receiver, bring_in, address, file):
    bring_in(file)
    with scope(receiver.pk, receiver):
        minutes = Minutes.objects.get()
        section = minutes.sections.first()
    path = address("minutes_text", minutes.pk)
    content = section.content | {"content": [{"type": "paragraph", "content": [{"type": "text", "text": "Suite"}]}]}
    answer = by_referent.patch(
        path,
        {"sections": [{"id": str(section.uuid), "base": section.version, "content": content}]},
        content_type="application/json",
        headers={"If-Match": f'"{section.uuid}-{section.version}"', "Idempotency-Key": f"{section.uuid}-1"},
    )
    assert answer.status_code == 200, answer.text
    stale = by_referent.patch(
        path,
        {"sections": [{"id": str(section.uuid), "base": section.version, "content": content}]},
        content_type="application/json",
        headers={"If-Match": f'"{section.uuid}-{section.version}"', "Idempotency-Key": f"{section.uuid}-2"},
    )
    assert stale.status_code == 412
    assert stale.json()["conflicts"][0]["base_content"] == section.content
