"""The attendance list of 40 lines in each layout, as printed: PDF/UA-1 and PDF/A-3a, headers, reading order."""

import io

import pikepdf
import pytest
from django.utils import timezone

from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings, html
from committees.minutes.tree.draw import draw

from .test_tree_pdf import tags
from .trees import heading, node, section

NAMES = [f"Mme Personne{number:02}" for number in range(40)]
ROWS = [
    {
        "line": f"Organisme {index} : {name}, présidente",
        "name": name,
        "function": "présidente",
        "body": f"Organisme {index}",
        "college": "Collège des usagers" if index < 25 else "Collège de l'administration",
        "state": "présente",
    }
    for index, name in enumerate(NAMES)
]
FACTS = {
    "chair": "M. Diaz, sous-préfet",
    "attendance": [
        {"heading": "Présentes", "lines": [row["line"] for row in ROWS[:25]], "rows": ROWS[:25]},
        {"heading": "Excusées", "lines": [row["line"] for row in ROWS[25:]], "rows": ROWS[25:]},
    ],
}
IS_TABLE = {
    "grouped": False,
    "side_by_side": False,
    "two_columns": True,
    "three_columns": True,
    "college_table": True,
    "header_table": True,
}


def printed(layout) -> bytes:
    body = draw([section(heading("Liste"), node("attendance", layout=layout))], FACTS, "pdf")
    return render_pdf(html(f"<h1>Compte-rendu</h1>{body}"), created_at=timezone.now())


@pytest.mark.parametrize("layout", IS_TABLE)
def test_layout_is_valid_and_read_in_its_order(layout):
    pdf = printed(layout)
    assert findings(pdf) == []
    text = " ".join(pdf_text(pdf).split())
    assert sorted(NAMES, key=text.index) == NAMES
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = list(tags(document.Root.StructTreeRoot))
    assert ("Table" in names, "TH" in names) == (IS_TABLE[layout], IS_TABLE[layout])
