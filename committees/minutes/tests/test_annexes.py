"""The pages of annexed PDF files after those of the text: page marks of their own, valid, or refused."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from clu_portal.files.models import StoredFile
from clu_portal.files.storage import store_bytes
from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.pdf.errors import RenderingRefused, RenderingTimeout
from clu_portal.lib.tests.papers import WHEN, findings
from committees.meetings.models import MeetingDocument
from committees.minutes import acts, annexes
from committees.minutes.documents import minutes_html
from committees.minutes.models import Minutes
from committees.minutes.text import SectionChange, save_text
from committees.tests.factories import MeetingFactory, drafted_minutes, referent, render

from .test_tree_pdf import tags
from .trees import heading, node, section

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
LANDSCAPE = "<style>@page{size:A4 landscape}</style>"


def slides(pages=3, style="") -> bytes:
    """A PDF as another program makes them: no tags."""
    import weasyprint

    texts = "".join(f"<p style='break-after:page'>Diapositive {page} : délais</p>" for page in range(1, pages))
    return weasyprint.HTML(string=f"{style}{texts}<p>Diapositive {pages} : délais").write_pdf()


def document(meeting, content, title="Diaporama", content_type="application/pdf", **more):
    file = store_bytes(name="a.pdf", content=content, content_type=content_type)
    return MeetingDocument.objects.create(meeting=meeting, title=title, kind="annexed", file=file, **more)


def minutes_with(meeting, pages="appended") -> Minutes:
    minutes = drafted_minutes(meeting)
    content = section(heading("Annexes"), node("annexes", pages=pages), id=ID)
    save_text(
        minutes=minutes, changes=[SectionChange(ID, 0, content)], order=None, operation_id="operation-1", by=referent()
    )
    return Minutes.objects.get(pk=minutes.pk)


def printed(minutes) -> bytes:
    html, embedded = annexes.with_annexes(minutes_html(minutes, draft=False), annexes.annexes_of(minutes))
    return render_pdf(html, created_at=WHEN, embedded=embedded)


def test_pages_are_appended_with_marks_of_their_own_and_the_whole_is_valid(prefecture):
    meeting = MeetingFactory()
    originals = [slides(3), slides(2, LANDSCAPE)]
    for content, title in zip(originals, ("Diaporama", "Carte"), strict=True):
        document(meeting, content, title)
    pdf = printed(minutes_with(meeting))
    assert findings(pdf) == []
    pages = pdf_text(pdf).split("\f")
    assert "Page 1 sur 1" in pages[0]
    marks = ["Annexe 1 – 1/3", "Annexe 1 – 2/3", "Annexe 1 – 3/3", "Annexe 2 – 1/2", "Annexe 2 – 2/2"]
    assert [mark for page, mark in zip(pages[1:], marks, strict=True) if mark not in page or "Page " in page] == []
    with pikepdf.open(io.BytesIO(pdf)) as read:
        names = list(tags(read.Root.StructTreeRoot))
        shapes = [page.mediabox[2] > page.mediabox[3] for page in read.pages]
        assert sorted(bytes(file.get_file().read_bytes()) for file in read.attachments.values()) == sorted(originals)
    assert (names.count("Figure"), shapes) == (5, [False] * 4 + [True] * 2)


def alternatives(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as read:
        found = [str(item["/Alt"]) for item in read.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    return " | ".join(found).encode()


def test_alternative_text_says_what_each_page_says(prefecture):
    meeting = MeetingFactory()
    document(meeting, slides(2))
    said = alternatives(printed(minutes_with(meeting))).decode()
    assert "Annexe 1, page 1 sur 2 : Diapositive 1 : délais" in said
    assert "Annexe 1, page 2 sur 2 : Diapositive 2 : délais" in said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "Page 1, sans texte."),
        (" \r\n\x00 ", "Page 1, sans texte."),
        ("a\r\nb\x07c", "Page 1 : a b c"),
        ("é" * 4000, "Page 1 : " + "é" * 4000),
        ("é" * 4001, "Page 1 : " + "é" * 4000 + "… (la suite est dans le fichier joint)"),
    ],
    ids=["nothing", "blank", "controls", "longest", "too-long"],
)
def test_alternative_is_printable_and_bounded(text, shown):
    assert annexes.alternative("Page 1", text) == shown


def test_titles_alone_append_nothing(prefecture):
    meeting = MeetingFactory()
    document(meeting, slides())
    minutes = minutes_with(meeting, "listed")
    assert annexes.annexes_of(minutes) == []
    html = minutes_html(minutes, draft=False)
    assert annexes.with_annexes(html, []) == (html, [])


def test_only_pdf_files_the_members_may_see_are_appended(prefecture):
    meeting = MeetingFactory()
    document(meeting, b"tableur", "Tableau", "application/vnd.oasis.opendocument.spreadsheet", position=1)
    document(meeting, slides(1), "Note interne", visibility="internal", position=2)
    document(meeting, slides(2), "Diaporama", position=3)
    found = annexes.annexes_of(minutes_with(meeting))
    assert [(annex.number, annex.title) for annex in found] == [(2, "Diaporama")]


def test_annex_withdrawn_from_the_dossier_is_refused_with_its_reason(prefecture):
    meeting = MeetingFactory()
    row = document(meeting, slides())
    minutes = minutes_with(meeting)
    row.delete()
    with pytest.raises(ValidationError) as refusal:
        annexes.annexes_of(minutes)
    assert refusal.value.code == "annex_gone"


def test_file_of_another_meeting_has_no_way_in(prefecture):
    meeting = MeetingFactory()
    document(meeting, slides())
    minutes = minutes_with(meeting)
    other = document(MeetingFactory(), slides(2), "Ailleurs")
    minutes.facts["documents"][0]["rows"][0]["file"] = other.file.sha256
    with pytest.raises(ValidationError):
        annexes.annexes_of(minutes)


@pytest.mark.parametrize("content", [b"%PDF-1.7 rien", b"\x00" * 100], ids=["broken", "zeros"])
def test_file_that_cannot_be_read_is_refused_and_named(prefecture, content):
    annex = annexes.Annex(1, "Diaporama", content)
    with pytest.raises(RenderingRefused, match=r"Annexe 1, « Diaporama » : ce fichier n'est pas un PDF lisible"):
        annexes.with_annexes("<p>", [annex])


@pytest.mark.parametrize(("most", "is_refused"), [(5, False), (4, True)])
def test_pages_of_all_annexes_are_bounded(monkeypatch, most, is_refused):
    monkeypatch.setattr(annexes, "MAX_PAGES", most)
    both = [annexes.Annex(1, "A", slides(3)), annexes.Annex(2, "B", slides(2))]
    if is_refused:
        with pytest.raises(RenderingRefused, match="Annexe 2, « B » : plus de 1 pages"):
            annexes.with_annexes("<html class=''><!-- annexes -->", both)
    else:
        assert annexes.with_annexes('<html class=""><!-- annexes -->', both)[0].count("<img") == 5


@pytest.fixture
def read_files(monkeypatch):
    """The files whose contents were read."""
    read, real = [], StoredFile.content.fget
    monkeypatch.setattr(StoredFile, "content", property(lambda file: read.append(file.pk) or real(file)))
    return read


@pytest.mark.parametrize(("more", "is_refused"), [(0, False), (1, True)])
def test_weight_of_all_annexes_is_bounded_before_any_is_read(prefecture, monkeypatch, read_files, more, is_refused):
    meeting, content = MeetingFactory(), slides(1)
    for title in "AB":
        document(meeting, content + title.encode(), title)
    minutes = minutes_with(meeting)
    monkeypatch.setattr(annexes, "MAX_BYTES", 2 * len(content) + 2 - more)
    if is_refused:
        with pytest.raises(ValidationError) as refusal:
            annexes.annexes_of(minutes)
        assert (refusal.value.code, read_files) == ("annex_too_large", [])
    else:
        assert len(annexes.annexes_of(minutes)) == len(read_files) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "annex_gone"), (b"%PDF-1.7 rien", "annex_unreadable"), (slides(3), "annex_unreadable")],
    ids=["gone", "broken", "too-many-pages"],
)
def test_submission_is_refused_with_an_annex_that_could_not_be_printed(prefecture, monkeypatch, content, code):
    monkeypatch.setattr(annexes, "MAX_PAGES", 2)
    meeting = MeetingFactory()
    row = document(meeting, content or slides(1))
    minutes = minutes_with(meeting)
    if content is None:
        row.delete()
    with pytest.raises(ValidationError) as refusal:
        acts.submit_minutes(minutes=minutes, by=referent())
    assert (refusal.value.code, Minutes.objects.get(pk=minutes.pk).state) == (code, "drafting")


def test_submission_is_refused_with_an_annex_that_takes_too_long_to_open(prefecture, monkeypatch):
    meeting = MeetingFactory()
    document(meeting, slides(1))

    def too_long(content):
        raise RenderingTimeout("plus de 4 s écoulées")

    monkeypatch.setattr(annexes, "anchor_pages", too_long)
    with pytest.raises(ValidationError, match=r"Annexe 1, « .* » : plus de 4 s écoulées."):
        acts.submit_minutes(minutes=minutes_with(meeting), by=referent())


def test_submission_looks_at_no_annex_whose_title_alone_is_printed(prefecture):
    meeting = MeetingFactory()
    document(meeting, b"%PDF-1.7 rien")
    assert acts.submit_minutes(minutes=minutes_with(meeting, "listed"), by=referent()).state == "in_review"


def test_approved_pages_hold_the_annexes(prefecture):
    meeting = MeetingFactory()
    document(meeting, slides(2))
    minutes = acts.submit_minutes(minutes=minutes_with(meeting), by=referent())
    rendering = render(minutes, acts.APPROVAL_PDF)
    assert "Annexe 1 – 2/2" in pdf_text(rendering.file.content)
    assert findings(rendering.file.content) == []
