"""The save API of the minutes on the standard library alone: versions per section, If-Match, Idempotency-Key, refusals.

It holds real versions and really loses, delays and refuses, so that the editor is tried without Django.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

ROOT = Path(__file__).resolve().parents[2]
SAVE_URL = "/valmarche/comptes-rendus/7/texte/"
SUGGESTIONS_URL = "/valmarche/comptes-rendus/7/suggestions/"
SUGGESTIONS = {
    "sentences": [
        {"title": "Clôture", "text": "La séance est levée.\nLa prochaine se tiendra en mai."},
        {"title": "Ouverture", "text": "La présidente remercie chacun."},
    ],
    "names": [{"text": "Union des familles", "about": "organisme"}, {"text": "Mme Lebrun, maire", "about": "siège"}],
}
FACTS_URL = SAVE_URL.replace("/texte/", "/faits/")
ETAG = re.compile(r'"((?:[0-9a-f-]{36}|order))-(\d+)"')
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
CSP = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
TRUSTED_TYPES = "require-trusted-types-for 'script'"


def section(section_id: str, heading: str, *paragraphs: str, label: str = "") -> dict:
    """A section node with a heading and paragraphs of plain text."""
    content = [{"type": "heading", "attrs": {"label": label, "level": 1}, **_text(heading)}]
    content += [{"type": "paragraph", **_text(text)} for text in paragraphs]
    return {"type": "section", "attrs": {"id": section_id}, "content": content}


def _text(text: str) -> dict:
    return {"content": [{"type": "text", "text": text}]} if text else {}


@dataclass
class Faults:
    """What goes wrong on purpose. `lose_answers`: how many operations are applied without an answer."""

    offline: bool = False
    lose_answers: int = 0
    delay_seconds: float = 0
    refuse: dict[str, str] = field(default_factory=dict)


class Minutes:
    """The text on the server: each section with its version, every version ever stored, the order with its own."""

    def __init__(self, sections: list[dict]):
        self.lock = threading.Lock()
        self.sections = {node["attrs"]["id"]: [1, node] for node in sections}
        self.revisions = [(node["attrs"]["id"], 1, node, "Mme Référente", _now()) for node in sections]
        self.order = [1, [node["attrs"]["id"] for node in sections]]
        self.state = "drafting"
        self.answers: dict[str, dict] = {}
        self.requests: list[dict] = []
        self.faults = Faults()
        self.changes: list[dict] = []
        self.chosen: list[tuple[str, list[str]]] = []
        self.facts = {
            "agenda": [{"label": "1.", "title": "Accueil"}, {"label": "2.", "title": "Délais de réponse"}],
            "documents": [
                {"heading": "Documents envoyés avant la réunion", "kind": "sent_before", "lines": ["Enquête 2026"]},
                {"heading": "Annexes", "kind": "annexed", "lines": ["Diaporama"]},
            ],
            "actions": [],
            "quorum": [{"committee": "CLU", "sentence": "8 sièges présents sur 15.", "rule": "La moitié des sièges."}],
            "votes": [{"subject": "Affiche", "sentence": "7 voix pour : adopté."}],
            "attendance": [{"heading": "Présents", "lines": ["Mme Lebrun, maire", "M. Tissot, usager"]}],
        }

    def as_json(self, csrf: str) -> dict:
        return {
            "minutes": 7,
            "state": self.state,
            "state_label": "en rédaction",
            "csrf": csrf,
            "order": {"version": self.order[0], "ids": self.order[1]},
            "sections": [{"id": key, "version": v, "content": node} for key, (v, node) in self.sections.items()],
            "facts": self.facts,
            "changes": self.changes,
        }

    def choose(self, choice: str, keys: list[str]) -> tuple[int, dict]:
        """The answer to a choice among the changes of the facts."""
        with self.lock:
            known = {change["key"] for change in self.changes}
            if not known >= set(keys):
                return 409, {"message": "Ce fait a encore changé.", "facts": self.facts, "changes": self.changes}
            self.chosen.append((choice, keys))
            if choice == "prendre":
                self.changes = [change for change in self.changes if change["key"] not in keys]
            self.changes = [change | {"kept": change["kept"] or change["key"] in keys} for change in self.changes]
            return 200, {"facts": self.facts, "changes": self.changes}

    def save(self, key: str, tags: dict[str, int], body: dict, author: str) -> tuple[int, dict]:
        """The answer to a PATCH: everything is written, or nothing."""
        with self.lock:
            if key in self.answers:
                return 200, self.answers[key]
            if self.state != "drafting":
                return 409, {"error": "frozen", "message": "Ce compte-rendu a été scellé le 12 mars."}
            refusals = self._refusals(body)
            if refusals:
                return 422, {"errors": refusals}
            stale = self._stale(tags, body)
            if stale:
                return 412, stale
            self.answers[key] = self._write(body, author)
            return 200, self.answers[key]

    def _refusals(self, body: dict) -> list[dict]:
        return [
            {"section": sent["id"], "message": message}
            for sent in body["sections"]
            for needle, message in self.faults.refuse.items()
            if sent["content"] and needle in json.dumps(sent["content"], ensure_ascii=False)
        ]

    def _stale(self, tags: dict[str, int], body: dict) -> dict | None:
        sent = {item["id"]: item["base"] for item in body["sections"]}
        assert {key: base for key, base in tags.items() if key != "order"} == sent, "If-Match and the body disagree"
        wrong = [key for key, base in sent.items() if base != self.sections.get(key, [0])[0]]
        order = body.get("order")
        moved = bool(order) and order["base"] != self.order[0]
        if not wrong and not moved:
            return None
        current = {"version": self.order[0], "ids": self.order[1]}
        return {"conflicts": [self._conflict(key, sent[key]) for key in wrong], "order": current if moved else None}

    def _conflict(self, key: str, base: int) -> dict:
        version, content = self.sections.get(key, [0, None])
        _, _, _, author, at = [revision for revision in self.revisions if revision[0] == key][-1]
        old = [revision[2] for revision in self.revisions if revision[:2] == (key, base)]
        base_content = old[0] if old else None
        return {
            "id": key, "version": version, "content": content, "author": author, "at": at, "base_content": base_content,
        }  # fmt: skip

    def _write(self, body: dict, author: str) -> dict:
        written = []
        for item in body["sections"]:
            version = item["base"] + 1
            self.revisions.append((item["id"], version, item["content"], author, _now()))
            if item["content"] is None:
                self.sections.pop(item["id"])
            else:
                self.sections[item["id"]] = [version, item["content"]]
            written.append({"id": item["id"], "version": version})
        if body.get("order"):
            self.order = [self.order[0] + 1, body["order"]["ids"]]
        assert sorted(self.order[1]) == sorted(self.sections), "the order names every section, and no other"
        return {"sections": written, "order_version": self.order[0], "saved_at": "2026-03-12T14:32:05+01:00"}

    def write_elsewhere(self, node: dict, author: str = "M. Autre") -> None:
        """Another person saves this section."""
        with self.lock:
            key = node["attrs"]["id"]
            version = self.sections.get(key, [0])[0] + 1
            self.revisions.append((key, version, node, author, "2026-03-12T14:20:00+01:00"))
            if key not in self.sections:
                self.order = [self.order[0] + 1, [*self.order[1], key]]
            self.sections[key] = [version, node]

    def reorder_elsewhere(self, ids: list[str]) -> None:
        with self.lock:
            self.order = [self.order[0] + 1, ids]

    def text(self) -> str:
        """All the text held, section after section."""
        with self.lock:
            return "\n".join(_words(self.sections[key][1]) for key in self.order[1])


def _words(node: dict) -> str:
    own = node.get("text", "")
    return (
        own + (" " if node["type"] in {"paragraph", "heading"} else "") + "".join(map(_words, node.get("content", [])))
    )


def _now() -> str:
    return datetime.now(UTC).isoformat()


class Portal(ThreadingHTTPServer):
    """The page of the editor, its sign-in and sign-out, and the save API, on 127.0.0.1 and a free port."""

    daemon_threads = True

    def __init__(self, minutes: Minutes, *, drafts: str = "on", styles: str = ""):
        super().__init__(("127.0.0.1", 0), Handler)
        self.minutes = minutes
        self.drafts = drafts
        self.styles = styles
        self.sessions: dict[str, str] = {}
        self.account = "42"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def expire_sessions(self) -> None:
        self.sessions.clear()

    def rotate_tokens(self) -> None:
        self.sessions = {key: secrets.token_hex(8) for key in self.sessions}

    def handle_error(self, request, client_address):
        """A browser that goes away in the middle of an answer is not an error."""


class Handler(BaseHTTPRequestHandler):
    server: Portal
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Nothing on the screen of the tests."""

    @property
    def session(self) -> str:
        found = re.search(r"session=(\w+)", self.headers.get("Cookie", ""))
        return found[1] if found else ""

    @property
    def token(self) -> str | None:
        return self.server.sessions.get(self.session)

    def do_GET(self):
        if self.server.minutes.faults.offline:
            return self.drop()
        if self.path.startswith("/static/"):
            return self.static()
        if self.path == SAVE_URL:
            return self.json(200, self.current()) if self.token else self.json(401, {"error": "session"})
        if self.path == SUGGESTIONS_URL:
            return self.json(200, SUGGESTIONS) if self.token else self.redirect("/compte/connexion/")
        if self.path == FACTS_URL:
            return self.json(200, {"facts": self.server.minutes.facts, "changes": self.server.minutes.changes})
        if self.path.startswith("/compte/connexion/"):
            return self.html(SIGN_IN)
        if self.path == "/aide/":
            return self.html(OTHER_PAGE.format(account=self.server.account))
        return self.page() if self.token else self.redirect("/compte/connexion/")

    def do_POST(self):
        if self.server.minutes.faults.offline:
            return self.drop()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == FACTS_URL:
            sent = parse_qs(body)
            return self.json(*self.server.minutes.choose(sent["choix"][0], sent["cle"]))
        if self.path.startswith("/compte/connexion/"):
            key = secrets.token_hex(8)
            self.server.sessions[key] = secrets.token_hex(8)
            return self.redirect("/", f"session={key}; Path=/; HttpOnly; SameSite=Lax")
        self.server.sessions.pop(self.session, None)
        return self.redirect("/compte/connexion/")

    def do_PATCH(self):
        minutes = self.server.minutes
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        minutes.requests.append(
            {"key": self.headers["Idempotency-Key"], "body": raw, "tags": self.headers["If-Match"]}
        )
        if minutes.faults.offline:
            return self.drop()
        time.sleep(minutes.faults.delay_seconds)
        if not self.token:
            return self.json(401, {"error": "session"})
        if self.headers["X-CSRFToken"] != self.token:
            return self.json(403, {"error": "csrf"})
        if not self.headers["If-Match"]:
            return self.json(428, {"error": "if-match"})
        tags = {key: int(base) for key, base in ETAG.findall(self.headers["If-Match"])}
        status, answer = minutes.save(self.headers["Idempotency-Key"], tags, json.loads(raw), "Mme Référente")
        if status == 200 and minutes.faults.lose_answers:
            minutes.faults.lose_answers -= 1
            return self.cut()
        return self.json(status, answer)

    def drop(self):
        self.close_connection = True
        self.connection.close()

    def cut(self):
        """An answer that stops in the middle. (Without its first line, Chromium would repeat the request by itself.)"""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")
        self.drop()

    def current(self) -> dict:
        return self.server.minutes.as_json(self.token) | {"account": self.server.account}

    def page(self):
        nonce = secrets.token_urlsafe(12)
        known = {name: value for name, value in self.current().items() if name != "changes"}  # asked once it is open
        initial = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
        server = self.server
        body = PAGE.format(
            initial=initial,
            url=SAVE_URL,
            account=server.account,
            drafts=server.drafts,
            nonce=nonce,
            styles=server.styles,
        )
        headers = {"Content-Security-Policy": CSP.format(nonce=nonce)}
        self.html(body, headers | {"Content-Security-Policy-Report-Only": TRUSTED_TYPES})

    def static(self):
        path = (ROOT / self.path.lstrip("/").partition("?")[0]).resolve()
        if not path.is_relative_to(ROOT / "static") or not path.is_file():
            return self.answer(404, "text/plain", b"")
        return self.answer(200, TYPES.get(path.suffix, "application/octet-stream"), path.read_bytes())

    def html(self, text: str, headers: dict | None = None):
        self.answer(200, "text/html; charset=utf-8", text.encode(), headers)

    def json(self, status: int, data: dict):
        self.answer(status, "application/json", json.dumps(data).encode())

    def redirect(self, where: str, cookie: str | None = None):
        self.answer(302, "text/plain", b"", {"Location": where} | ({"Set-Cookie": cookie} if cookie else {}))

    def answer(self, status: int, kind: str, content: bytes, headers: dict | None = None):
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


SIGN_IN = """<!doctype html><html lang="fr"><head><title>Connexion</title></head><body><main><h1>Connexion</h1>
<form method="post"><button>Se connecter</button></form></main></body></html>"""

OTHER_PAGE = """<!doctype html><html lang="fr"><head><title>Aide</title></head><body><main><h1>Aide</h1>
<form method="post" action="/compte/deconnexion/" data-sign-out data-account="{account}"><button>Se déconnecter</button></form>
</main><script src="/static/js/sign-out.js" defer></script></body></html>"""

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Compte-rendu du 5 mars</title><style nonce="{nonce}">header a, footer a, header button {{ display: inline-block; padding: 8px }}</style>{styles}<link rel="stylesheet" href="/static/css/minutes-editor.css"></head>
<body><header><a href="#contenu">Contenu</a>
<form method="post" action="/compte/deconnexion/" data-sign-out><button>Se déconnecter</button></form></header>
<main id="contenu"><h1>Compte-rendu du 5 mars</h1>
<div id="minutes-editor" data-url="{url}" data-suggestions-url="/valmarche/comptes-rendus/7/suggestions/"
 data-preview-url="/valmarche/comptes-rendus/7/apercu/" data-sign-in-url="/compte/connexion/?next=/compte/revenir/" data-account="{account}"
 data-local-drafts="{drafts}"></div></main>
<footer><a id="after" href="/aide/">Aide</a></footer>
<script type="application/json" id="minutes-initial">{initial}</script>
<script nonce="{nonce}">window.nonceRan = true</script>
<script src="/static/js/minutes-editor.js" defer></script><script src="/static/js/sign-out.js" defer></script></body></html>"""
