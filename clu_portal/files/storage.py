"""Keeping a file, and giving it back."""

import hashlib

from django.http import HttpResponse

from clu_portal.files.checks import check_file
from clu_portal.files.models import FileContent, StoredFile
from clu_portal.lib.text import content_disposition, safe_file_name


def store_upload(*, name: str, content: bytes, by) -> StoredFile:
    """Keep a file somebody sent, once checked. Raises ValidationError."""
    format_ = check_file(name, content)
    return store_bytes(name=name, content=content, content_type=format_.content_type, by=by)


def store_bytes(*, name: str, content: bytes, content_type: str, by=None) -> StoredFile:
    """Keep bytes the portal made itself."""
    file = StoredFile.objects.create(
        name=safe_file_name(name),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_by=by,
    )
    FileContent.objects.create(file=file, content=content)
    return file


def file_response(file: StoredFile, *, inline: bool = False) -> HttpResponse:
    """Answer with a stored file, never executed by the browser (F07). The view has checked the right to it."""
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition(file.name, inline=inline)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{file.sha256}"'
    return response
