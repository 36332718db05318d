"""What a file must be to be kept: its name, its size, its first bytes and its inside agree (F01, F02, F06)."""

import io
import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError

from clu_portal.lib.archives import TOO_LARGE, Bounds, is_bomb

MAX_SIZE = 20 * 1024 * 1024
BOUNDS = Bounds(unpacked=300 * 1024 * 1024, entries=5_000)
MIMETYPE = "mimetype"


@dataclass(frozen=True)
class Format:
    content_type: str
    signature: bytes
    inside: str = ""  # for the formats that are archives: the entry they must hold


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
FORMATS = {
    "pdf": Format("application/pdf", b"%PDF-"),
    "png": Format("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": Format("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": Format("image/jpeg", b"\xff\xd8\xff"),
    "odt": Format(_OPEN_DOCUMENT + "text", b"PK\x03\x04", MIMETYPE),
    "ods": Format(_OPEN_DOCUMENT + "spreadsheet", b"PK\x03\x04", MIMETYPE),
    "odp": Format(_OPEN_DOCUMENT + "presentation", b"PK\x03\x04", MIMETYPE),
    "docx": Format(_OPEN_XML + "wordprocessingml.document", b"PK\x03\x04", "word/document.xml"),
    "xlsx": Format(_OPEN_XML + "spreadsheetml.sheet", b"PK\x03\x04", "xl/workbook.xml"),
    "pptx": Format(_OPEN_XML + "presentationml.presentation", b"PK\x03\x04", "ppt/presentation.xml"),
}


def check_file(name: str, content: bytes) -> Format:
    """Return the format of a file. Raises ValidationError (empty, too_large, unknown_format, wrong_content, bomb)."""
    return check_upload(name, io.BytesIO(content), len(content))


def check_upload(name: str, file: BinaryIO, size: int, *, largest: int = MAX_SIZE) -> Format:
    """The same for an open file, read no further than needed; sizes in bytes."""
    if not size:
        raise ValidationError("Ce fichier est vide.", code="empty")
    if size > largest:
        limit = f"{largest // (1024 * 1024)} Mo"
        raise ValidationError(f"Ce fichier dépasse {limit} : allégez-le, puis recommencez.", code="too_large")
    format_ = FORMATS.get(name.rpartition(".")[2].lower())
    if format_ is None:
        accepted = ", ".join(sorted(FORMATS))
        raise ValidationError(
            f"Ce type de fichier n'est pas accepté. Types acceptés : {accepted}.", code="unknown_format"
        )
    file.seek(0)
    if file.read(len(format_.signature)) != format_.signature:
        raise ValidationError("Le contenu de ce fichier ne correspond pas à son nom.", code="wrong_content")
    if format_.inside:
        check_archive(file, size, format_)
    return format_


def check_archive(file: BinaryIO, size: int, format_: Format) -> None:
    """Read the directory of an office file, without opening anything in it."""
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    # NotImplementedError is what zipfile raises for a compression or a version of the format it does not know.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
        raise ValidationError("Ce fichier est abîmé : il ne s'ouvre pas.", code="wrong_content") from error
    if not holds_its_type(file, format_, entries):
        raise ValidationError("Le contenu de ce fichier ne correspond pas à son nom.", code="wrong_content")
    if is_bomb(entries, size, BOUNDS):
        raise ValidationError(TOO_LARGE, code="bomb")


def holds_its_type(file: BinaryIO, format_: Format, entries: list[zipfile.ZipInfo]) -> bool:
    """Whether an office file holds the entry of its format; an OpenDocument says its type first, as plain bytes.

    OpenDocument 1.2, part 3, §3.3 « MIME Media Type »: first in the file, stored, not encrypted, without extra field;
    the type itself is then 38 bytes from the beginning, which is what `file` and the browsers read.
    """
    by_name = {entry.filename: entry for entry in entries}
    if format_.inside != MIMETYPE:
        return format_.inside in by_name
    entry, type_ = by_name.get(MIMETYPE), format_.content_type.encode()
    is_first = entry is not None and (entry.header_offset, entry.compress_type) == (0, zipfile.ZIP_STORED)
    file.seek(30)
    beginning = file.read(len(MIMETYPE) + len(type_))
    return is_first and entry.file_size == len(type_) and beginning == MIMETYPE.encode() + type_
