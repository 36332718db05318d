"""Merged cells: WeasyPrint alone fails PDF/UA-1 there, the finisher mends it."""

from datetime import UTC, datetime

import page
import pytest
import weasyprint

from clu_portal.lib.pdf import render_pdf

TABLE = (
    "<table><thead><tr><th rowspan=2>Service</th><th colspan=2>Réponses</th></tr>"
    "<tr><th>mai</th><th>juin</th></tr></thead>"
    "<tbody><tr><td>Accueil</td><td>90 %</td><td>92 %</td></tr></tbody></table>"
)
HTML = f'<!doctype html><html lang="fr"><head><title>T</title></head><body><h1>T</h1>{TABLE}</body></html>'


def failures(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [failure.message for failure in report.failures]


def test_render_pdf_merged_header_cells_are_accessible():
    assert failures(render_pdf(HTML, created_at=datetime(2026, 1, 1, tzinfo=UTC))) == []


@pytest.mark.filterwarnings("ignore")
def test_merged_header_cells_fail_without_the_finisher():
    assert failures(weasyprint.HTML(string=HTML).write_pdf(pdf_variant="pdf/ua-1"))
