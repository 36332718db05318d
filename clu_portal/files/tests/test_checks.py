"""F01, F02: what a file says it is, everywhere it says it, must agree."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from clu_portal.files.checks import FORMATS, check_file

OPEN_DOCUMENT = ["odt", "ods", "odp"]
OPEN_XML = ["docx", "xlsx", "pptx"]
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def archive(*entries: tuple[str, str, int]) -> bytes:
    """A ZIP of (name, text, compression)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text, compression in entries:
            file.writestr(name, text, compress_type=compression)
    return made.getvalue()


def open_document(type_: str, *, compression: int = STORED, before: str = "") -> bytes:
    first = [(before, "<x/>", DEFLATED)] if before else []
    return archive(*first, ("mimetype", type_, compression), ("content.xml", "<x/>", DEFLATED))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        check_file(name, content)
    return refused.value.code


@pytest.mark.parametrize("extension", OPEN_DOCUMENT)
def test_F01_open_document_that_says_its_own_type_is_accepted(extension):
    type_ = FORMATS[extension].content_type
    assert check_file(f"Rapport.{extension.upper()}", open_document(type_)).content_type == type_


@pytest.mark.parametrize("extension", OPEN_DOCUMENT)
@pytest.mark.parametrize("other", OPEN_DOCUMENT)
def test_F01_open_document_under_the_name_of_another_is_refused(extension, other):
    if extension == other:
        return
    assert refusal(f"a.{extension}", open_document(FORMATS[other].content_type)) == "wrong_content"


ODT = FORMATS["odt"].content_type


@pytest.mark.parametrize(
    "content",
    [
        open_document(ODT + "-template"),
        open_document(ODT[:-1]),
        open_document(""),
        open_document("application/zip"),
        open_document(ODT, compression=DEFLATED),
        open_document(ODT, before="content2.xml"),
        archive(("content.xml", "<x/>", DEFLATED)),
        b"PK\x03\x04" + open_document(ODT),
    ],
    ids=["longer", "shorter", "empty", "other", "deflated", "not_first", "absent", "behind_another_beginning"],
)
def test_F01_open_document_whose_type_is_not_said_first_and_plainly_is_refused(content):
    assert refusal("a.odt", content) == "wrong_content"


@pytest.mark.parametrize("extension", OPEN_XML)
def test_F01_open_xml_is_known_by_its_main_part(extension):
    right = archive((FORMATS[extension].inside, "<x/>", DEFLATED))
    assert check_file(f"a.{extension}", right) == FORMATS[extension]
    assert refusal(f"a.{extension}", open_document(ODT)) == "wrong_content"


def test_F02_archive_that_unpacks_into_too_much_is_refused():
    bomb = archive(("mimetype", ODT, STORED), ("content.xml", "0" * 5_000_000, DEFLATED))
    assert refusal("a.odt", bomb) == "bomb"
