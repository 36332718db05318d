"""Texts as hard as the real ones: every word of theirs is in the PDF, in the same order, and no other."""

import pytest
from django.utils import timezone

from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings, put_seal
from clu_portal.lib.tests.pdf_structure import outline
from committees.minutes.documents import minutes_html
from committees.minutes.models import Minutes
from committees.minutes.text import OrderChange, SectionChange, save_text
from committees.tests.factories import drafted_minutes, referent

from .difficult_texts import TEXTS
from .reading_texts import tree_of, words_of

TITLE = "COMPTE-RENDU"


def typed(text: str) -> Minutes:
    """Minutes that hold this text alone, saved as the editor saves it."""
    minutes, by = drafted_minutes(), referent()
    sections = tree_of(text)
    changes = [SectionChange(section["attrs"]["id"], 0, section) for section in sections]
    removed = [SectionChange(uuid, 1, None) for uuid in minutes.section_order]
    order = OrderChange(minutes.order_version, [change.uuid for change in changes])
    save_text(minutes=minutes, changes=changes + removed, order=order, operation_id="typed", by=by)
    Minutes.objects.filter(pk=minutes.pk).update(title_lines=TITLE)
    return Minutes.objects.select_related("meeting__committee").get(pk=minutes.pk)


def told(pdf: bytes) -> list[str]:
    """The words that the structure of the PDF tells after its title: page furniture is no part of it."""
    lines = [line.strip().partition(" ") for line in outline(pdf)]
    words = [word for tag, _, text in lines if tag != "Link" for word in text.split()]
    return words[words.index(TITLE) + 1 :]


def is_within(wanted: list[str], found: list[str]) -> bool:
    """Whether the first words are among the second, in the same order."""
    rest = iter(found)
    return all(word in rest for word in wanted)


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_of_a_difficult_text_is_printed_in_its_order_and_no_other(prefecture, name):
    wanted = words_of(TEXTS[name])
    assert len(wanted) > 60
    pdf = render_pdf(minutes_html(typed(TEXTS[name]), draft=False), created_at=timezone.now())
    assert told(pdf) == wanted
    assert is_within(wanted, pdf_text(pdf).split())
    sealed = put_seal(pdf)
    assert told(sealed) == wanted
    assert findings(sealed) == []


def test_a_word_lost_or_moved_is_seen():
    assert is_within(["a", "b"], ["a", "x", "b"])
    assert not is_within(["a", "b"], ["b", "a"])
