"""How much a page receives: 25 Mo, 60 for a document of a meeting, refused before it is read."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from clu_portal.files.storage import store_bytes
from clu_portal.files.uploads import MAX_REQUEST, BoundedUploadHandler
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.meetings import acts
from committees.meetings.acts.documents import LARGEST_DOCUMENT
from committees.meetings.models import MeetingDocument
from committees.tests.factories import MeetingFactory, referent

BOUNDARY = "limite"
ROOM = 1024 * 1024


def body(size: int) -> bytes:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\nDiaporama\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nprojected\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="visibility"\r\n\r\nmembers\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="upload"; filename="d.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n%PDF-1.7\n"
    )
    return head.encode() + bytes(size - 9) + f"\r\n--{BOUNDARY}--\r\n".encode()


def post(client, address: str, size: int, declared: int | None = None):
    content = body(size) if declared is None else b"never read"
    return client.generic(
        "POST",
        address,
        content,
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        CONTENT_LENGTH=str(declared or len(content)),
    )


@pytest.fixture
def add_page(prefecture, client):
    meeting = MeetingFactory()
    client.force_login(referent())
    return reverse("committees:document_add", args=[prefecture.slug, meeting.pk])


def test_document_larger_than_the_usual_limit_is_kept_and_downloaded(prefecture, client, add_page):
    size = MAX_REQUEST + 1
    assert post(client, add_page, size).status_code == 302
    document = MeetingDocument.objects.get()
    assert (document.file.size, document.file.parts.count()) == (size, 7)
    answer = client.get(reverse("committees:document_download", args=[prefecture.slug, document.pk]))
    received = sum(len(chunk) for chunk in answer.streaming_content)
    answer.close()
    assert received == size == int(answer["Content-Length"])


@pytest.mark.parametrize(
    ("declared", "is_refused"), [(LARGEST_DOCUMENT + ROOM, False), (LARGEST_DOCUMENT + ROOM + 1, True)]
)
def test_request_above_the_limit_of_the_page_is_refused_unread(client, add_page, declared, is_refused):
    """Below it, the body is read: the test's own, shorter than declared, is then an error of its own."""
    client.raise_request_exception = False
    answer = post(client, add_page, 0, declared)
    assert (answer.status_code == 413) is is_refused
    assert ("Le fichier est trop lourd" in answer.content.decode()) is is_refused
    assert ("61 Mo" in answer.content.decode()) is is_refused


def test_other_pages_keep_the_usual_limit(prefecture, client, add_page):
    client.raise_request_exception = False
    other = reverse("committees:meeting_create", args=[prefecture.slug])
    refused = [post(client, other, 0, declared).status_code == 413 for declared in (MAX_REQUEST, MAX_REQUEST + 1)]
    assert refused == [False, True]


def test_nothing_is_received_from_whoever_has_not_signed_in(add_page, monkeypatch):
    """The middleware reads what is sent before the views and the check of the form (CSRF) can refuse it."""
    received, new_file = [], BoundedUploadHandler.new_file
    monkeypatch.setattr(
        BoundedUploadHandler, "new_file", lambda *args, **more: received.append(args) or new_file(*args, **more)
    )
    stranger = Client(enforce_csrf_checks=True)
    assert post(stranger, add_page, 1000).status_code == 403
    assert received == []
    member = Client()
    member.force_login(referent())
    assert post(member, add_page, 1000).status_code == 302
    assert len(received) == 1


@pytest.mark.django_db(transaction=True)
def test_files_are_received_before_a_transaction_begins(client, monkeypatch):
    """PostgreSQL ends a session idle in its transaction for thirty seconds: less than 60 Mo take on a slow line."""
    prefecture, open_transactions = PrefectureFactory(), []
    with scope(prefecture.pk):
        meeting, user = MeetingFactory(), referent()
    client.force_login(user)
    received = BoundedUploadHandler.new_file

    def new_file(handler, *args, **kwargs):
        open_transactions.append(connection.in_atomic_block)
        return received(handler, *args, **kwargs)

    monkeypatch.setattr(BoundedUploadHandler, "new_file", new_file)
    address = reverse("committees:document_add", args=[prefecture.slug, meeting.pk])
    assert post(client, address, 1000).status_code == 302
    assert open_transactions == [False]


def test_file_above_the_limit_comes_back_on_the_form(client, add_page, monkeypatch):
    monkeypatch.setattr("committees.meetings.acts.documents.LARGEST_DOCUMENT", 1024 * 1024)
    answer = post(client, add_page, 1024 * 1024 + 1)
    assert answer.status_code == 200
    assert "Ce fichier dépasse 1 Mo" in answer.content.decode()
    assert "Diaporama" in answer.content.decode()
    assert not MeetingDocument.objects.exists()


@pytest.mark.parametrize(
    ("visibility", "state", "status"),
    [("public", "held", 200), ("public", "prepared", 404), ("members", "held", 404), ("internal", "held", 404)],
)
def test_only_public_documents_of_announced_meetings_are_open_to_everybody(
    prefecture, client, visibility, state, status
):
    document = MeetingDocument.objects.create(
        meeting=MeetingFactory(state=state),
        title="Note",
        visibility=visibility,
        file=store_bytes(name="note.pdf", content=b"%PDF-1.7", content_type="application/pdf"),
    )
    address = reverse("committees:document_public", args=[prefecture.slug, document.uuid])
    assert client.get(address).status_code == status


@pytest.mark.parametrize("end", ["cancelled", "postponed"])
@pytest.mark.parametrize(("is_convened", "status"), [(True, 200), (False, 404)])
def test_document_of_a_meeting_given_up_is_open_if_it_was_announced(prefecture, client, end, is_convened, status):
    meeting, by = MeetingFactory(state="prepared"), referent()
    if is_convened:
        acts.record_convocation(meeting=meeting, by=by)
    give_up = acts.cancel_meeting if end == "cancelled" else acts.postpone_meeting
    give_up(meeting=meeting, reason="Neige", by=by)
    file = store_bytes(name="note.pdf", content=b"%PDF-1.7", content_type="application/pdf")
    document = MeetingDocument.objects.create(meeting=meeting, title="Note", visibility="public", file=file)
    address = reverse("committees:document_public", args=[prefecture.slug, document.uuid])
    assert client.get(address).status_code == status


def test_document_changes_its_title_kind_and_visibility(prefecture, client):
    file = store_bytes(name="note.pdf", content=b"%PDF-1.7", content_type="application/pdf")
    document = MeetingDocument.objects.create(meeting=MeetingFactory(), title="Note", file=file)
    client.force_login(referent())
    page = reverse("committees:document_update", args=[prefecture.slug, document.pk])
    client.post(page, {"title": "Note relue", "kind": "handed_out", "visibility": "internal"})
    document.refresh_from_db()
    assert (document.title, document.kind, document.visibility) == ("Note relue", "handed_out", "internal")
