"""Minutes as long as one likes, in our own words: a section is a printed page, with prose, a list, an exchange."""

from random import Random
from uuid import UUID

from django.utils import timezone

from clu_portal.accounts.models import User
from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.minutes.documents import minutes_html
from committees.minutes.models import Minutes
from committees.minutes.text import OrderChange, SectionChange, save_text
from committees.tests.factories import drafted_minutes, referent

LEXICON = """
    le la les un une des accueil guichet usager délai courrier dossier rendez-vous réponse service préfecture agent
    enquête mesure horaire affichage hall téléphone site formulaire attente médiateur numérique association membre
    demande propose rappelle précise souligne observe regrette approuve suit vérifie pour avec dans sur depuis entre
"""
WORDS = LEXICON.split()
PARAGRAPHS, ITEMS = 3, 4


def load(pages: int) -> tuple[Minutes, User]:
    """Return minutes being written of so many sections, in a préfecture of their own, and who writes them."""
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        by = referent()
        minutes = drafted_minutes(by=by)
        sections = [page_of_text(number) for number in range(pages)]
        changes = [SectionChange(section["attrs"]["id"], 0, section) for section in sections]
        order = OrderChange(minutes.order_version, [change.uuid for change in changes])
        removed = [SectionChange(uuid, 1, None) for uuid in minutes.section_order]
        save_text(minutes=minutes, changes=changes + removed, order=order, operation_id=f"bench-{pages}", by=by)
        return Minutes.objects.select_related("meeting__committee").get(pk=minutes.pk), by


def printed_pages(minutes: Minutes) -> int:
    with scope(minutes.prefecture_id):
        html = minutes_html(minutes, draft=True)
    return pdf_text(render_pdf(html, created_at=timezone.now())).count("\f") + 1


def page_of_text(number: int) -> dict:
    said = Random(number)
    blocks = [
        {"type": "heading", "attrs": {"label": f"{number + 1})"}, "content": text(said, 5)},
        *(paragraph(said) for _ in range(PARAGRAPHS)),
        {"type": "list", "content": [{"type": "list_item", "content": [paragraph(said, 18)]} for _ in range(ITEMS)]},
        exchange(said, number),
        paragraph(said),
    ]
    return {"type": "section", "attrs": {"id": identifier(number, 0)}, "content": blocks}


def exchange(said: Random, number: int) -> dict:
    first, second = identifier(number, 1), identifier(number, 2)
    turns = [
        *({"type": "remark", "attrs": {"id": id}, "content": [paragraph(said, 20)]} for id in (first, second)),
        {"type": "answer", "attrs": {"answers": [first]}, "content": [paragraph(said, 25)]},
        {"type": "answer", "attrs": {"speaker": "La secrétaire générale"}, "content": [paragraph(said, 25)]},
    ]
    return {"type": "exchange", "attrs": {"opening": "Une association observe :"}, "content": turns}


def identifier(number: int, part: int) -> str:
    return str(UUID(int=number * 10 + part + (4 << 76) + (8 << 60)))


def paragraph(said: Random, words: int = 50) -> dict:
    return {"type": "paragraph", "content": text(said, words)}


def text(said: Random, words: int) -> list[dict]:
    return [{"type": "text", "text": " ".join(said.choices(WORDS, k=words)).capitalize() + "."}]


def lines_of(node: dict) -> list[str]:
    """The texts of the paragraphs and headings of a tree, one by one: what the bare page shows."""
    children = node.get("content", [])
    if any(child["type"] == "text" for child in children):
        return ["".join(child["text"] for child in children)]
    return [line for child in children for line in lines_of(child)]
