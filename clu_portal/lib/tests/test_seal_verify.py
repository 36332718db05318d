"""R07: a file is authentic when pyHanko's judgment, the coverage, the chain and the stored SHA-256 all agree."""

import hashlib
import io
import random
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from clu_portal.lib import confined, verify
from clu_portal.lib.seal import sealing
from clu_portal.lib.tests.papers import CONTENT, WHEN, put_seal, register, rendered, sealed, sealer, twice_sealed
from clu_portal.lib.verify import Outcome, verifying

NOW = WHEN + timedelta(days=400)


def plain() -> bytes:
    """Return a file sealed without certification, as another program would."""
    return sealed(certify=False)


def other_document() -> bytes:
    return put_seal(rendered(CONTENT.replace("ouverte", "close")))


def verdict(document: bytes, **options) -> verify.Verdict:
    defaults = {
        "trust_roots": sealer().trust_roots,
        "known": register(certified=sealed(), plain=plain(), twice=twice_sealed()),
        "known_approved": register(approved=rendered()),
        "now": NOW,
    }
    return verify.verify_pdf(document, **defaults | options)


def updated(document: bytes, change) -> bytes:
    """Return the document with an incremental update, as a PDF editor adds one."""
    writer = sealing._KeepsMetadata(io.BytesIO(document))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    assert target.getvalue().startswith(document)
    return target.getvalue()


def replace_content(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def add_annotation(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Text"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 90, 90))),
            generic.pdf_name("/Contents"): generic.pdf_string("Faux"),
        }
    )
    annotations = [*page.get("/Annots", []), writer.add_object(note)]
    page["/Annots"] = generic.ArrayObject(annotations)
    writer.update_container(page)


def change_title(writer: IncrementalPdfFileWriter) -> None:
    information = writer.trailer["/Info"]
    information[generic.pdf_name("/Title")] = generic.pdf_string("Un autre titre")
    writer.update_container(information)


def remove_fields(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/AcroForm"] = generic.DictionaryObject({generic.pdf_name("/Fields"): generic.ArrayObject()})
    writer.update_root()


def flip_byte(document: bytes) -> bytes:
    position = document.index(b"stream\n") + 40
    return document[:position] + bytes([document[position] ^ 1]) + document[position + 1 :]


def rewrite(document: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as opened:
        opened.save(target)
    return target.getvalue()


def encrypted(document: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as opened:
        opened.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


TAMPERINGS = {
    "byte flipped, plain": (lambda: flip_byte(plain()), Outcome.BYTES_CHANGED),
    "byte flipped, certified": (lambda: flip_byte(sealed()), Outcome.BYTES_CHANGED),
    "byte flipped, twice": (lambda: flip_byte(twice_sealed()), Outcome.BYTES_CHANGED),
    "content, plain": (lambda: updated(plain(), replace_content), Outcome.CONTENT_ADDED),
    "content, certified": (lambda: updated(sealed(), replace_content), Outcome.CONTENT_ADDED),
    "content, twice": (lambda: updated(twice_sealed(), replace_content), Outcome.CONTENT_ADDED),
    "annotation, plain": (lambda: updated(plain(), add_annotation), Outcome.CONTENT_ADDED),
    "annotation, certified": (lambda: updated(sealed(), add_annotation), Outcome.CONTENT_ADDED),
    "annotation, twice": (lambda: updated(twice_sealed(), add_annotation), Outcome.CONTENT_ADDED),
    "content between two seals": (
        lambda: put_unchecked_seal(updated(sealed(), replace_content)), Outcome.CONTENT_ADDED,
    ),
    "title, plain": (lambda: updated(plain(), change_title), Outcome.METADATA_CHANGED),
    "title, certified": (lambda: updated(sealed(), change_title), Outcome.METADATA_CHANGED),
    "title, twice": (lambda: updated(twice_sealed(), change_title), Outcome.METADATA_CHANGED),
    "junk, plain": (lambda: plain() + b"\n% junk", Outcome.JUNK_ADDED),
    "junk, certified": (lambda: sealed() + b"<script>", Outcome.JUNK_ADDED),
    "junk, twice": (lambda: twice_sealed() + b"\0" * 99, Outcome.JUNK_ADDED),
    "rewritten": (lambda: rewrite(sealed()), Outcome.REWRITTEN),
    "other certificate of the same name": (lambda: put_seal(rendered(), by="other"), Outcome.OTHER_CERTIFICATE),
    "another seal over ours": (
        lambda: put_seal(sealed(), by="other", field_name="Autre", certify=False), Outcome.OTHER_CERTIFICATE,
    ),
    "seal cut off": (rendered, Outcome.SEAL_REMOVED),
    "seal emptied": (lambda: updated(sealed(), remove_fields), Outcome.SEAL_REMOVED),
    "seal removed by rewriting": (lambda: rewrite(rendered()), Outcome.NOT_SEALED),
    "sealed by us, never kept": (lambda: put_seal(rendered(), field_name="Inconnu"), Outcome.UNKNOWN),
    "locked": (lambda: encrypted(sealed()), Outcome.UNREADABLE),
    "cut short": (lambda: sealed()[:-3000], None),
    "not a PDF": (lambda: b"<html>", Outcome.NOT_A_PDF),
    "empty": (lambda: b"", Outcome.NOT_A_PDF),
    "broken": (lambda: b"%PDF-1.7\n%%EOF\n", Outcome.UNREADABLE),
}  # fmt: skip


def put_unchecked_seal(document: bytes) -> bytes:
    """Seal a file that was tampered with: our own check after sealing would only look at the new seal."""
    return put_seal(document, field_name="Deuxième cachet", certify=False)


@pytest.mark.parametrize(("document", "name"), [(sealed, "certified"), (plain, "plain"), (twice_sealed, "twice")])
def test_R07_stored_file_is_authentic(document, name):
    given = verdict(document())
    assert (given.outcome, given.is_authentic, given.record.name) == (Outcome.INTACT, True, name)
    assert given.sha256 == hashlib.sha256(document()).hexdigest()
    assert all(seal.bottom_line for seal in given.seals)


@pytest.mark.parametrize(("make", "outcome"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_R07_tampering_is_rejected_and_told_apart(make, outcome):
    given = verdict(make())
    assert not given.is_authentic
    assert given.outcome is (outcome or given.outcome)


def test_R07_swapped_file_is_not_the_one_expected():
    expected = hashlib.sha256(sealed()).hexdigest()
    assert verdict(sealed(), expected_sha256=expected).outcome is Outcome.INTACT
    other = other_document()
    given = verdict(other, known=register(certified=sealed(), other=other), expected_sha256=expected)
    assert (given.outcome, given.record.name) == (Outcome.OTHER_DOCUMENT, "other")


def test_R07_stored_hash_alone_is_not_enough():
    """A file slipped in the database beside its hash still needs its seal."""
    forged = put_seal(rendered(), by="other")
    slipped = register(forged=forged)
    assert verdict(forged, known=slipped).outcome is Outcome.OTHER_CERTIFICATE
    assert verdict(rendered(), known=slipped, known_approved=slipped).outcome is Outcome.NOT_SEALED


@pytest.mark.parametrize("name", ["content, certified", "title, twice", "junk, plain", "seal emptied"])
def test_R07_altered_copy_names_the_document_it_comes_from(name):
    make, _ = TAMPERINGS[name]
    expected = {"content, certified": "certified", "title, twice": "twice", "junk, plain": "plain"}
    assert verdict(make()).record.name == expected.get(name, "certified")


def test_R07_random_changes_are_never_authentic_and_never_raise():
    chance = random.Random(7)
    for _ in range(25):
        content = bytearray(sealed())
        for _ in range(chance.choice([1, 3, 200])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert bytes(content) != sealed()
        assert not verdict(bytes(content)).is_authentic


def test_verify_pdf_years_later_judges_as_of_the_sealing():
    after_the_certificate = WHEN + timedelta(days=6000)
    assert verdict(sealed(), now=after_the_certificate).outcome is Outcome.INTACT
    unknown = TAMPERINGS["sealed by us, never kept"][0]()
    assert verdict(unknown, now=WHEN, known_approved=register()).outcome is Outcome.UNKNOWN
    assert verdict(unknown, now=after_the_certificate, known_approved=register()).outcome is Outcome.OTHER_CERTIFICATE


def test_verify_pdf_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(confined, "run", None)
    assert verdict(sealed() + b" " * verifying.MAX_BYTES).outcome is Outcome.TOO_LARGE


def test_verify_pdf_too_long_is_stopped(monkeypatch):
    def spin(*_):
        while True:
            pass

    monkeypatch.setattr(verifying, "inspect_pdf", spin)
    limits = confined.Limits(cpu_seconds=1, wall_seconds=3)
    assert verdict(sealed(), limits=limits).outcome is Outcome.TOO_COMPLEX


def test_verify_pdf_child_that_lies_cannot_make_a_file_authentic(monkeypatch):
    honest = verifying.inspect_pdf(sealed(), sealer().trust_roots, WHEN)
    monkeypatch.setattr(verifying, "inspect_pdf", lambda *_: honest)
    assert verdict(flip_byte(sealed())).outcome is Outcome.UNKNOWN


def test_wording_tells_every_outcome_apart_in_plain_words():
    assert set(verify.WORDING) == set(Outcome)
    assert len({wording.meaning for wording in verify.WORDING.values()}) == len(Outcome)
    assert all(text.endswith(".") for wording in verify.WORDING.values() for text in wording)
    told = verdict(sealed())
    assert (told.meaning, told.advice) == tuple(verify.WORDING[Outcome.INTACT])
