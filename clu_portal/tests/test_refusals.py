"""L01: refusals are written, one line each. L02: a check that fails refuses."""

import io
import logging
import re

import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User
from clu_portal.logs import OneLineFormatter, ReferenceFilter
from clu_portal.tests.factories import user_with_role
from committees.composition.models import Committee
from committees.tests.factories import CommitteeFactory

LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (\w+) (\S+) \[([0-9a-f]{12}|-)\] (.*)$")


@pytest.fixture
def written():
    """What the portal's own handler writes: its formatter and its filter, on a stream of the test."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLineFormatter())
    handler.addFilter(ReferenceFilter())
    logging.getLogger().addHandler(handler)
    yield lambda: stream.getvalue().splitlines()
    logging.getLogger().removeHandler(handler)


def refusals(lines: list[str]) -> list[tuple[str, str]]:
    found = [LINE.match(line) for line in lines]
    return [(m[3], m[4]) for m in found if m and m[2] == "clu_portal.security" and m[4].startswith("refused")]


@pytest.mark.parametrize(
    ("page", "status", "name"),
    [("comites/nouveau/", 403, "committee_create"), ("comites/987654321/", 404, "committee_detail")],
)
def test_L01_refusal_is_one_line_with_account_prefecture_and_reference(
    client, prefecture, written, page, status, name
):
    agent = user_with_role(RoleKind.AGENT)
    client.force_login(agent)
    answer = client.get(f"/{prefecture.slug}/{page}")
    assert answer.status_code == status
    words = f"account={agent.pk} prefecture={prefecture.pk} status={status} page=committees:{name} method=GET"
    assert refusals(written()) == [(answer.wsgi_request.reference, f"refused {words}")]


def test_L01_refusal_of_the_text_of_minutes_is_written_too(client, prefecture, written):
    from committees.tests.factories import drafted_minutes

    minutes = drafted_minutes()
    client.force_login(user_with_role(RoleKind.SECRETARY_GENERAL))
    assert client.get(f"/{prefecture.slug}/comptes-rendus/{minutes.pk}/texte/").status_code == 403
    assert len(refusals(written())) == 1


def test_L01_line_breaks_in_values_and_in_failures_make_no_line_of_log(written):
    forged = "x\n2026-01-01 00:00:00,000 INFO clu_portal.security [-] signed_in account=1\r\nfin"
    logging.getLogger("clu_portal.tests").warning("file %s", forged)
    try:
        raise ValueError(forged)
    except ValueError:
        logging.getLogger("clu_portal.tests").exception("failed")
    lines = [LINE.match(line) for line in written()]
    assert [match[2] for match in lines if match] == ["clu_portal.tests"] * 2


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["referent", "secretary_general", "agent", "member"])
def test_L02_check_that_throws_denies(client, prefecture, monkeypatch, role, method):
    """Rights cannot be read: nobody passes, nothing is shown, nothing is written."""
    committee = CommitteeFactory(name="Comité que personne ne doit lire")
    client.force_login(user_with_role(role))
    client.raise_request_exception = False
    pages = [f"/{prefecture.slug}/{page}" for page in ("", "comites/", f"comites/{committee.pk}/", "comites/nouveau/")]

    def fail(*args):
        raise RuntimeError("la base ne répond pas, mot de passe secret")

    monkeypatch.setattr(User, "roles_in", fail)
    answers = [getattr(client, method)(page, {"name": "Glissé", "kind": "clu"}) for page in pages]
    assert {answer.status_code for answer in answers} <= {405, 500}
    assert 500 in {answer.status_code for answer in answers}
    text = "".join(answer.content.decode() for answer in answers)
    assert "personne ne doit lire" not in text
    assert "secret" not in text
    assert list(Committee.objects.values_list("name", flat=True)) == [committee.name]
