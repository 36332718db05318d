"""R01: seventeen ways to make the renderer fetch something, against a canary server and a canary file.

Each is tried in this very process, where a request could leave (the confined child has no network to begin with), then
through `render_pdf`. A control first shows that WeasyPrint, left alone, does take the bait.
"""

import inspect
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import pikepdf
import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from clu_portal.lib import confined, pdf
from clu_portal.lib.pdf.fetching import OwnNamesOnly, static_path
from clu_portal.lib.pdf.rendering import _draw_or_refuse
from clu_portal.lib.tests.papers import WHEN

pytestmark = [  # WeasyPrint leaves its colour profile open, in the process that draws
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CANARY = b"le-canari-est-sorti-de-sa-cage"
VECTORS = {
    "img": "<img alt='a' src='URL'>",
    "stylesheet": "<link rel='stylesheet' href='URL'>",
    "import": "<style>@import 'URL';</style>",
    "background": "<style>p { background: url('URL') }</style><p>x</p>",
    "font": "<style>@font-face { font-family: F; src: url('URL') } p { font-family: F }</style><p>x</p>",
    "svg image": "<svg width='9' height='9'><title>x</title><image width='9' height='9' href='URL'/></svg>",
    "object": "<object data='URL'>x</object>",
    "embed": "<embed src='URL'>",
    "list bullet": "<ul style=\"list-style-image: url('URL')\"><li>x</li></ul>",
    "content": "<style>p::before { content: url('URL') }</style><p>x</p>",
    "border image": "<style>p { border: 9px solid; border-image: url('URL') 1 }</style><p>x</p>",
    "base": "<base href='URL'><img alt='a' src='canary'>",
    "link attachment": "<link rel='attachment' href='URL'>",
    "a attachment": "<a rel='attachment' href='URL'>x</a>",
    "redirect": "<img alt='a' src='REDIRECTION'>",
    "nested svg": "<img alt='a' src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    "<image width='9' height='9' href='URL'/></svg>\">",
    "page margin": "<style>@page { @top-left { content: url('URL') } }</style><p>x</p>",
}


class Canary(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), CanaryHandler)
        self.requests = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class CanaryHandler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        redirected = self.path == "/redirection"
        self.send_response(302 if redirected else 200)
        self.send_header("Location", "/canary") if redirected else self.send_header("Content-Type", "text/css")
        self.end_headers()
        self.wfile.write(b"" if redirected else CANARY)

    def log_message(self, *_) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def canary():
    with Canary() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def canary_file(tmp_path):
    path = tmp_path / "canary"
    path.write_bytes(CANARY)
    return path.as_uri()


def page(vector: str, address: str) -> str:
    body = VECTORS[vector].replace("REDIRECTION", address + "redirection").replace("URL", address)
    return f"<html lang='fr'><title>x</title><h1>Titre</h1>{body}"


def holds_canary(document: bytes) -> bool:
    with pikepdf.open(io.BytesIO(document)) as opened:
        streams = [item.read_bytes() for item in opened.objects if isinstance(item, pikepdf.Stream) and is_plain(item)]
    return any(CANARY in content for content in [document, *streams])


def is_plain(stream: pikepdf.Stream) -> bool:
    return str(stream.get("/Filter", "")) in ("", "/FlateDecode")


def attempt(draw) -> bytes:
    """Return the document, or nothing when it was refused."""
    try:
        return draw()
    except (pdf.RenderingRefused, confined.Refused):
        return b""


def test_R01_control_weasyprint_alone_takes_the_bait(canary, canary_file):
    for vector in VECTORS:
        HTML(string=page(vector, canary.address)).write_pdf()
    assert len(canary.requests) >= 17  # one each, and the redirection followed; an attached link may ask twice
    assert "/canary" in canary.requests
    attached = HTML(string=page("link attachment", canary_file)).write_pdf()
    assert holds_canary(attached)


@pytest.mark.parametrize("vector", VECTORS)
def test_R01_nothing_is_fetched_from_the_network(vector, canary):
    html = page(vector, canary.address)
    drawn = attempt(lambda: _draw_or_refuse(html, WHEN, ()))
    confined_drawn = attempt(lambda: pdf.render_pdf(html, created_at=WHEN))
    assert (drawn, confined_drawn, canary.requests) == (b"", b"", [])
    with urlopen(canary.address) as answer:  # the canary was awake
        assert answer.read() == CANARY


@pytest.mark.parametrize("vector", VECTORS)
def test_R01_no_byte_of_a_file_enters_the_document(vector, canary_file):
    drawn = attempt(lambda: _draw_or_refuse(page(vector, canary_file), WHEN, ()))
    assert drawn == b""


@pytest.mark.parametrize(
    "options",
    [{"stylesheets": ["URL"]}, {"attachments": ["URL"]}, {"xmp_metadata": ["URL"]}],
    ids=lambda o: next(iter(o)),
)
def test_R01_options_of_write_pdf_go_through_our_fetcher(options, canary):
    given = {name: [canary.address] for name in options}
    with pytest.raises(FatalURLFetchingError):
        HTML(string="<title>x</title>", url_fetcher=OwnNamesOnly()).write_pdf(**given)
    assert canary.requests == []


def test_R01_render_pdf_offers_none_of_these_options():
    assert list(inspect.signature(pdf.render_pdf).parameters) == ["html", "created_at", "embedded", "limits"]


def test_R01_refusal_names_the_address():
    with pytest.raises(pdf.RenderingRefused, match=r"adresse refusée : http://169\.254\.169\.254/latest"):
        pdf.render_pdf(page("img", "http://169.254.169.254/latest"), created_at=WHEN)


def test_R01_relative_address_is_refused():
    with pytest.raises(pdf.RenderingRefused, match=r"adresse refusée : photo\.png"):
        pdf.render_pdf(page("img", "photo.png"), created_at=WHEN)


@pytest.mark.parametrize(
    "address",
    [
        "static:../manage.py",
        "static:css/../../manage.py",
        "static:/etc/passwd",
        "static:css",
        "static:css/none.css",
        "static:css/%2e%2e/%2e%2e/manage.py",
        "static:css//pdf.css",
        "static:css/pdf.css?x",
        "STATIC:css/pdf.css",
        "static:css/pdf.css\n",
        "static:.env",
        "file:///etc/passwd",
        "css/pdf.css",
    ],
)
def test_R01_static_names_cannot_leave_static(address):
    assert static_path("static:css/pdf.css").name == "pdf.css"
    assert static_path(address) is None


def test_R01_static_link_that_leads_outside_is_refused(tmp_path, monkeypatch):
    static = tmp_path / "static"
    static.mkdir()
    (tmp_path / "secret.css").write_text("secret")
    (static / "own.css").write_text("own")
    (static / "link.css").symlink_to(tmp_path / "secret.css")
    monkeypatch.setattr("clu_portal.lib.pdf.fetching.STATIC", static)
    assert static_path("static:own.css") == static / "own.css"
    assert static_path("static:link.css") is None
