"""Documents, sealed or not, shared by the tests of rendering, sealing and verification."""

import atexit
import functools
import hashlib
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import page
from django.template import engines

from clu_portal.lib import pdf, seal

WHEN = datetime(2026, 11, 22, 14, 32, 5, tzinfo=UTC)
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
ROWS = "".join(f"<tr><th scope='row'>Guichet {row}</th><td class='number'>{row} %</td></tr>" for row in range(50))
STREAM_LENGTH = "PDFA3A-STREAM-LENGTH-001"
STREAM = re.compile(rb"/Length (\d+)\b(?! \d+ R)[^>]*>>\s*?stream\r?\n")
END_OF_STREAM = re.compile(rb"\r?\nendstream\b")
CONTENT = f"""
<h1>Compte-rendu du comité</h1>
<section data-section="ouverture"><h2>1) Ouverture</h2>
<p>La séance est <b>ouverte</b> à 14 h 30, au 1<sup>er</sup> étage. <a href="https://example.org/">Le dossier</a></p>
<ul class="marked-list"><li><span class="marker">➔</span>Un point
  <ul class="marked-list"><li><span class="marker">✓</span>réglé</li></ul></li>
  <li><span class="marker">12°)</span>Un autre</li></ul></section>
<section data-section="mesures"><h2>2) Mesures</h2>
<table><caption>Attente aux guichets</caption><thead><tr><td></td><th scope="col">2026</th></tr></thead>
<tbody>{ROWS}</tbody></table>
<svg width="90" height="12"><title>Une barre</title><rect width="50" height="12" fill="#000091"></rect></svg>
<img alt="Un point bleu" width="20" src="{PIXEL}"></section>
<div class="signature"><p>La secrétaire générale,</p><div class="signature-space"></div><p>Claude Exemple</p></div>
"""


def html(content: str = CONTENT, **context) -> str:
    source = '{% extends "pdf/base.html" %}{% block content %}' + content + "{% endblock %}"
    return engines["django"].from_string(source).render({"title": "Compte-rendu du comité", **context})


@functools.cache
def rendered(content: str = CONTENT, **context) -> bytes:
    return pdf.render_pdf(html(content, **context), created_at=WHEN)


@functools.cache
def authority(name: str = "seal") -> seal.DemonstrationAuthority:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    return seal.make_demonstration_authority(folder / name)


@functools.cache
def sealer(name: str = "seal") -> seal.Sealer:
    paths = authority(name)
    return seal.load_sealer(paths.pkcs12, paths.password.read_text())


def put_seal(document: bytes, *, by: str = "seal", field_name: str = "Cachet de la préfecture", **options) -> bytes:
    return seal.seal_pdf(
        document,
        sealer(by),
        field_name=field_name,
        reason="Approuvé et scellé",
        location="Valmarche",
        sealed_at=WHEN,
        **options,
    )


@functools.cache
def sealed(**options) -> bytes:
    return put_seal(rendered(), **options)


@functools.cache
def twice_sealed() -> bytes:
    return put_seal(sealed(), field_name="Deuxième cachet", certify=False)


def findings(document: bytes) -> list[tuple[str, str]]:
    """Return what page-validation reproaches the document, for PDF/UA-1 and PDF/A-3a."""
    reports = [page.validate_pdf_bytes(document, profile=profile) for profile in ("ua1", "3a")]
    assert all(report.rules.total > 0 for report in reports)
    found = [(failure.rule_id, failure.message) for report in reports for failure in report.failures]
    return [failure for failure in found if failure[0] != STREAM_LENGTH or not lengths_are_true(document)]


def lengths_are_true(document: bytes) -> bool:
    """Whether each /Length written leads to the end of line before « endstream » (ISO 32000-1, 7.3.8.1).

    page-validation searches « endstream » backwards: of data that end with a carriage return, one stream in 256, it
    takes that byte for a part of the end of line, and reproaches a length that is true.
    """
    streams = [(match.end(), int(match[1])) for match in STREAM.finditer(document)]
    return bool(streams) and all(END_OF_STREAM.match(document, start + length) for start, length in streams)


@dataclass(frozen=True)
class Kept:
    """A record of the portal, as `verify_pdf` receives it."""

    name: str
    sealed_at: datetime = WHEN


def register(**documents: bytes):
    """Return a lookup by SHA-256 that knows these documents."""
    return {hashlib.sha256(document).hexdigest(): Kept(name) for name, document in documents.items()}.get
