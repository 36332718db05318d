"""R04: what would take a machine down ends as a failure, and the next document is drawn."""

import time

import pytest

from clu_portal.lib import pdf
from clu_portal.lib.pdf import Limits
from clu_portal.lib.tests.papers import WHEN, html, rendered

LIMITS = Limits(cpu_seconds=2, wall_seconds=4, memory_bytes=512 << 20)
BOMBS = {
    "colspan": "<table><tr><td colspan='1000000'>x</td></tr></table>",
    "flex": "<div style='display:flex'>" * 14 + "x" + "</div>" * 14,
    "nesting": "<div>" * 3000 + "x",
    "font": "<p style='font-size:1e9px'>x</p>",
    "text": "<p>Une phrase de plus, qui ne dit rien.</p>" * 50_000,
}


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    pdf.warm_up()


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_R04_bomb_fails_in_time_and_the_next_document_is_drawn(bomb):
    began = time.monotonic()
    with pytest.raises(pdf.RenderingError):
        pdf.render_pdf(html(f"<h1>Titre</h1>{bomb}"), created_at=WHEN, limits=LIMITS)
    assert time.monotonic() - began < LIMITS.wall_seconds + 1
    assert pdf.render_pdf(html(), created_at=WHEN, limits=LIMITS) == rendered()


@pytest.mark.parametrize("bomb", ["nesting", "font"])
def test_R04_impossible_content_is_poison(bomb):
    with pytest.raises(pdf.RenderingRefused) as refusal:
        pdf.render_pdf(html(f"<h1>Titre</h1>{BOMBS[bomb]}"), created_at=WHEN)
    assert refusal.value.poison


@pytest.mark.long
def test_R04_memory_is_bounded():
    """The child has what its parent had freed, besides its limit: the document asks for ten times the limit."""
    limits = Limits(memory_bytes=64 << 20, cpu_seconds=60, wall_seconds=90)
    with pytest.raises(pdf.RenderingOutOfMemory) as failure:
        pdf.render_pdf(html(BOMBS["text"]), created_at=WHEN, limits=limits)
    assert not failure.value.poison


@pytest.mark.parametrize("bomb", ["colspan", "nesting", "font"])
def test_R04_author_is_told_the_section(bomb):
    sections = [("un", "<p>Bien</p>"), ("deux", BOMBS[bomb]), ("trois", "<p>Bien</p>")]
    content = "".join(f'<section data-section="{name}">{inner}</section>' for name, inner in sections)
    assert pdf.culprit_section(html(content), limits=LIMITS) == "deux"


def test_R04_no_section_is_blamed_when_each_can_be_drawn():
    assert pdf.culprit_section(html()) is None
