"""R06, R09: the seal is put on exactly the approved bytes, the file stays accessible, the key stays in its file."""

import dataclasses
import io
import logging
import stat
import subprocess
import threading
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from clu_portal.lib import pdf, seal
from clu_portal.lib.seal.demonstration import MENTION
from clu_portal.lib.tests.papers import WHEN, authority, findings, put_seal, rendered, sealed, sealer, twice_sealed
from clu_portal.lib.tests.stamping import StampAuthority
from clu_portal.lib.verify.inspecting import inspect_pdf

ROOT = Path(__file__).parents[3]


@pytest.fixture
def stamp_authority():
    with StampAuthority(WHEN + timedelta(seconds=1)) as authority:
        yield authority


def test_seal_pdf_keeps_pdf_ua_and_pdf_a():
    assert findings(rendered()) == []
    assert findings(sealed()) == []


def test_seal_pdf_second_seal_keeps_pdf_ua_but_not_every_rule_of_pdf_a():
    """PDF/A-3 wants each signature to cover the whole file, which a first one cannot once there is a second."""
    assert [rule for rule, _ in findings(twice_sealed())] == ["PDFA3A-SIGNATURE-BYTERANGE-001"]


def test_seal_pdf_qpdf_finds_no_error(tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(sealed())
    subprocess.run(["qpdf", "--check", tmp_path / "sealed.pdf"], check=True, capture_output=True)


def test_seal_pdf_another_program_finds_the_signature_valid(tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(sealed())
    command = ["pdfsig", "-nocert", tmp_path / "sealed.pdf"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Signature Validation: Signature is Valid." in told
    assert "Total document signed" in told
    assert "Signature Type: ETSI.CAdES.detached" in told


def test_R06_sealed_file_begins_with_the_bytes_approved():
    assert sealed()[: len(rendered())] == rendered()
    assert len(sealed()) > len(rendered())


def test_R06_text_and_pages_are_those_approved():
    assert pdf.pdf_text(sealed()) == pdf.pdf_text(rendered())
    assert pdf.page_images(sealed(), dpi=20) == pdf.page_images(rendered(), dpi=20)


def test_R06_file_that_would_not_begin_with_them_is_not_given(monkeypatch):
    shifted = b" " + sealed()
    monkeypatch.setattr("clu_portal.lib.seal.sealing._sign", lambda content, signer: shifted)
    with pytest.raises(seal.SealingFailed, match="ne commence pas"):
        put_seal(rendered())


def test_R06_seal_that_does_not_verify_is_not_given():
    distrustful = dataclasses.replace(sealer(), trust_roots=sealer("other").trust_roots)
    with pytest.raises(seal.SealingFailed, match="vérification"):
        seal.seal_pdf(rendered(), distrustful, field_name="C", reason="R", location="L", sealed_at=WHEN)


def test_seal_pdf_field_is_named_outside_the_page_and_certifies():
    with pikepdf.open(io.BytesIO(sealed())) as document:
        (field,) = document.Root.AcroForm.Fields
        assert (str(field.T), str(field.TU)) == ("Cachet de la préfecture",) * 2
        assert all(coordinate < 0 for coordinate in field.Rect)
        assert (str(field.V.Reason), str(field.V.Location)) == ("Approuvé et scellé", "Valmarche")
        assert str(field.V.M) == "D:20261122143205Z"
        assert field.V.Reference[0].TransformParams.P == 2  # later signatures may be added, nothing else


def test_seal_pdf_leaves_the_metadata_alone():
    packets = []
    for content in (rendered(), sealed()):
        with pikepdf.open(io.BytesIO(content)) as document:
            packets.append((document.Root.Metadata.objgen, document.Root.Metadata.read_bytes()))
    assert packets[0] == packets[1]


def test_seal_pdf_says_when_and_who():
    (facts,) = inspect_pdf(sealed(), sealer().trust_roots, WHEN).seals
    assert (facts.holder, facts.claimed_at) == (f"{MENTION} (cachet)", WHEN.isoformat())


@pytest.mark.parametrize("content", [b"", b"text", b"%PDF-1.7\n%%EOF"])
def test_seal_pdf_of_another_file_fails(content):
    with pytest.raises(seal.SealingFailed) as failure:
        put_seal(content)
    assert not failure.value.transient


def test_seal_pdf_with_a_certificate_no_longer_valid_fails():
    with pytest.raises(seal.SealingFailed):
        seal.seal_pdf(
            rendered(), sealer(), field_name="C", reason="R", location="L", sealed_at=WHEN + timedelta(days=5000)
        )


def test_seal_pdf_with_a_time_stamp_is_b_t_and_stays_accessible(stamp_authority):
    trust_roots = (*sealer().trust_roots, stamp_authority.root)
    trusting = dataclasses.replace(sealer(), trust_roots=trust_roots)
    stamped = seal.seal_pdf(
        rendered(), trusting, field_name="C", reason="R", location="L", sealed_at=WHEN, tsa_url=stamp_authority.url
    )
    (facts,) = inspect_pdf(stamped, trust_roots, WHEN).seals
    assert facts.bottom_line
    assert facts.time_stamped_at == stamp_authority.stamped_at.isoformat()
    assert findings(stamped) == []


def test_seal_pdf_time_stamp_of_a_stranger_is_refused(stamp_authority):
    with pytest.raises(seal.SealingFailed, match="vérification"):
        put_seal(rendered(), tsa_url=stamp_authority.url)


@pytest.mark.parametrize("answer", [b"<html>", b"0" * 200_000])
def test_seal_pdf_answer_that_is_no_time_stamp_fails_for_now(stamp_authority, answer):
    stamp_authority.forged = answer
    with pytest.raises(seal.SealingFailed) as failure:
        put_seal(rendered(), tsa_url=stamp_authority.url)
    assert failure.value.transient


def test_seal_pdf_without_answer_of_the_authority_fails_for_now():
    with pytest.raises(seal.SealingFailed) as failure:
        put_seal(rendered(), tsa_url="http://127.0.0.1:9/")
    assert failure.value.transient


def test_seal_pdf_address_of_the_authority_is_http():
    with pytest.raises(ValueError, match="https://"):
        put_seal(rendered(), tsa_url="file:///etc/passwd")


def test_make_demonstration_authority_files_are_private():
    paths = authority()
    assert stat.S_IMODE(paths.pkcs12.parent.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in (paths.pkcs12, paths.password, paths.root)] == [0o600] * 3
    assert sorted(path.name for path in paths.pkcs12.parent.iterdir()) == ["root.pem", "seal.p12", "seal.password"]


def test_make_demonstration_authority_says_it_is_worth_nothing():
    (root,) = seal.load_trust_roots(authority().root)
    assert sealer().name == "DÉMONSTRATION – sans valeur (cachet)"
    assert root.subject.native["organization_name"] == "DÉMONSTRATION – sans valeur"


def test_make_demonstration_authority_twice_or_at_once_makes_one(tmp_path):
    made = []
    threads = [
        threading.Thread(target=lambda: made.append(seal.make_demonstration_authority(tmp_path / "seal")))
        for _ in "123"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    content = made[0].pkcs12.read_bytes()
    assert seal.make_demonstration_authority(tmp_path / "seal") == made[0] == made[1] == made[2]
    assert made[0].pkcs12.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["seal"]
    seal.load_sealer(made[0].pkcs12, made[0].password.read_text())


def test_R09_wrong_password_is_refused_without_saying_it():
    with pytest.raises(ValueError, match="PKCS#12") as failure:
        seal.load_sealer(authority().pkcs12, "a-wrong-password")
    assert "a-wrong-password" not in str(failure.value)


def test_R09_nothing_of_the_key_is_told_by_the_sealer_or_the_logs(caplog):
    password = authority().password.read_text()
    with caplog.at_level(logging.DEBUG):
        sealer_ = seal.load_sealer(authority().pkcs12, password)
        put_seal(rendered())
    private = sealer_.signer.signing_key.native["private_key"]["private_exponent"]
    told = caplog.text + repr(sealer_) + str(sealer_) + repr(authority())
    assert sealer_.name in told
    assert password not in told
    assert str(private) not in told
    assert f"{private:x}" not in told.lower()


def test_R09_no_key_in_the_repository():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    assert "clu_portal/lib/seal/sealing.py" in tracked
    assert [name for name in tracked if Path(name).suffix in {".p12", ".pfx", ".pem", ".key", ".der", ".jks"}] == []
    header = "-----BEGIN " + "PRIVATE KEY"
    for name in tracked:
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        assert header.encode() not in content.replace(b"ENCRYPTED ", b"").replace(b"RSA ", b"").replace(b"EC ", b"")
