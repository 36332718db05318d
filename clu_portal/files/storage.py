"""Keeping a file, and giving it back. A large one is kept in parts, and never whole in memory."""

import hashlib
import tempfile
from collections.abc import Iterator

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from clu_portal.files.checks import MAX_SIZE, check_file, check_upload
from clu_portal.files.models import PART_SIZE, FileContent, FilePart, StoredFile
from clu_portal.lib.text import content_disposition, safe_file_name


def store_upload(*, name: str, content: bytes, by) -> StoredFile:
    """Keep a file somebody sent, once checked. Raises ValidationError."""
    format_ = check_file(name, content)
    return store_bytes(name=name, content=content, content_type=format_.content_type, by=by)


def store_file(upload, *, by, largest: int = MAX_SIZE, **identity) -> StoredFile:
    """Keep an uploaded file read part by part, once checked; `largest` in bytes. Raises ValidationError.

    `identity`: the `id` and the `uuid` of a file that has them already, since it comes from another portal.
    """
    format_ = check_upload(upload.name, upload, upload.size, largest=largest)
    if upload.size <= PART_SIZE:
        upload.seek(0)
        read = upload.read()
        return store_bytes(name=upload.name, content=read, content_type=format_.content_type, by=by, **identity)
    digest = hashlib.sha256()
    for part in parts_of(upload):
        digest.update(part)
    file = StoredFile.objects.create(
        name=safe_file_name(upload.name),
        content_type=format_.content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        stored_by=by,
        **identity,
    )
    for number, part in enumerate(parts_of(upload)):
        FilePart.objects.create(file=file, number=number, content=part)
    return file


def parts_of(upload) -> Iterator[bytes]:
    upload.seek(0)
    while part := upload.read(PART_SIZE):
        yield part


def store_bytes(*, name: str, content: bytes, content_type: str, by=None, **identity) -> StoredFile:
    """Keep bytes the portal made itself."""
    file = StoredFile.objects.create(
        name=safe_file_name(name),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_by=by,
        **identity,
    )
    FileContent.objects.create(file=file, content=content)
    return file


def file_response(file: StoredFile, *, inline: bool = False) -> HttpResponseBase:
    """Answer with a stored file, never executed by the browser (F07). The view has checked the right to it."""
    response = parts_response(file) if file.is_in_parts else HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition(file.name, inline=inline)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{file.sha256}"'
    return response


def parts_response(file: StoredFile) -> FileResponse:
    """Copy the parts to a nameless file and send that one: the rows are read before their scope closes."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    for part in file.read_parts():
        copy.write(part)
    copy.seek(0)
    response = FileResponse(copy, content_type=file.content_type)
    response["Content-Length"] = str(file.size)
    return response
