"""Pages as pictures and text, from files that may be hostile."""

import io

import pikepdf
import pytest
from PIL import Image

from clu_portal.lib import pdf
from clu_portal.lib.tests.papers import rendered


def test_page_images_are_one_picture_per_page():
    pictures = [Image.open(io.BytesIO(content)) for content in pdf.page_images(rendered(), dpi=72)]
    assert len(pictures) == len(pdf.pdf_text(rendered()).split("\f"))
    assert {(picture.format, picture.size) for picture in pictures} == {("PNG", (596, 842))}
    assert all(len(picture.getcolors(maxcolors=100_000)) > 10 for picture in pictures[:1])


def test_page_images_stops_at_the_number_asked():
    assert len(pdf.page_images(rendered(), max_pages=1)) == 1


@pytest.mark.parametrize("content", [b"", b"text", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF"])
def test_page_images_of_another_file_is_refused(content):
    with pytest.raises(pdf.RenderingRefused):
        pdf.page_images(content)


def test_page_images_of_an_immense_page_is_refused():
    document = pikepdf.new()
    document.add_blank_page(page_size=(14_400, 14_400))
    file = io.BytesIO()
    document.save(file)
    with pytest.raises(pdf.RenderingRefused, match="trop grande"):
        pdf.page_images(file.getvalue(), dpi=96)


def test_pdf_text_reads_in_order():
    text = pdf.pdf_text(rendered())
    words = [
        "Compte-rendu du comité",
        "1) Ouverture",
        "ouverte",
        "➔",
        "✓",
        "12°)",
        "Attente aux guichets",
        "Claude Exemple",
    ]
    positions = [text.index(word) for word in words]
    assert positions == sorted(positions)
