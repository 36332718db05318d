"""The public page: what it says of a PDF, told in plain French. The tamperings themselves: clu_portal/lib/tests."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from committees.tests.factories import sealed_minutes, secretary_general


def verdict(client, content: bytes, name: str = "recu.pdf"):
    return client.post(reverse("minutes_verify"), {"pdf": SimpleUploadedFile(name, content)})


def test_minutes_verify_sealed_file_says_who_approved_and_when(client, prefecture):
    approver = secretary_general()
    minutes = sealed_minutes(approver=approver)
    page = verdict(client, minutes.sealed_file.content)
    assert page.context["verdict"].outcome.value == "intact"
    text = page.content.decode()
    assert str(approver) in text
    assert "Secrétaire générale" in text
    assert prefecture.name in text
    assert minutes.sealed_file.sha256 in text


@pytest.mark.parametrize(
    ("tamper", "outcome"),
    [
        (lambda sealed, approved: sealed.replace(b"/Type /Page", b"/Type /Pagf", 1), None),
        (lambda sealed, approved: sealed + b"\nplus", "junk_added"),
        (lambda sealed, approved: approved, "seal_removed"),
        (lambda sealed, approved: b"bonjour", "not_a_pdf"),
        (lambda sealed, approved: b"", "not_a_pdf"),
        (lambda sealed, approved: sealed[: len(sealed) // 2], None),
    ],
)
def test_R07_minutes_verify_anything_else_is_told_apart_and_not_authentic(client, prefecture, tamper, outcome):
    minutes = sealed_minutes()
    content = tamper(minutes.sealed_file.content, minutes.current_approval().file.content)
    found = verdict(client, content).context["verdict"]
    assert not found.is_authentic
    assert outcome in (None, found.outcome.value)


def test_minutes_verify_without_a_file_says_so_beside_the_field(client, db):
    page = client.post(reverse("minutes_verify"), {})
    assert page.status_code == 200
    assert page.context["form"].errors["pdf"]
