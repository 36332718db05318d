"""Files large and small, kept and given back byte for byte."""

import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from clu_portal.files import models
from clu_portal.files.checks import check_upload
from clu_portal.files.models import FileContent, FilePart
from clu_portal.files.storage import file_response, store_file

MO = 1024 * 1024


def pdf(size: int) -> SimpleUploadedFile:
    content = b"%PDF-1.7\n" + bytes(range(256)) * (size // 256 + 1)
    return SimpleUploadedFile("diaporama.pdf", content[:size])


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(models, "PART_SIZE", 1000)
    monkeypatch.setattr("clu_portal.files.storage.PART_SIZE", 1000)


@pytest.mark.parametrize(("size", "parts"), [(999, 0), (1000, 0), (1001, 2), (2000, 2), (2001, 3)])
def test_large_file_is_kept_in_parts_and_given_back_whole(prefecture, size, parts):
    upload = pdf(size)
    content = upload.read()
    file = store_file(upload, by=None)
    assert (FilePart.objects.count(), FileContent.objects.count()) == (parts, int(not parts))
    assert max((len(part) for part in file.read_parts()), default=0) <= 1000
    assert (file.content, file.size, file.sha256) == (content, size, hashlib.sha256(content).hexdigest())
    response = file_response(file)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    assert body == content
    assert response["Content-Security-Policy"].startswith("sandbox")


def check(size: int) -> None:
    check_upload("a.pdf", io.BytesIO(b"%PDF-1.7"), size, largest=60 * MO)


@pytest.mark.parametrize(("size", "code"), [(60 * MO + 1, "too_large"), (0, "empty")])
def test_document_too_large_or_empty_is_refused(size, code):
    check(60 * MO)
    with pytest.raises(ValidationError) as refusal:
        check(size)
    assert refusal.value.code == code
    assert ("60 Mo" in refusal.value.message) is (code == "too_large")


def test_open_document_is_checked_from_an_open_file(prefecture):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
        archive.writestr("content.xml", "x" * 5000)
    file = store_file(SimpleUploadedFile("a.odp", made.getvalue()), by=None)
    assert file.content == made.getvalue()
