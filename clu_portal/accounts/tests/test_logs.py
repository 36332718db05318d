"""L01: sign-ins, refusals and changes of rights are logged, with accounts and never with names."""

import logging

import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.roles import close_role
from clu_portal.tests.factories import PASSWORD, RoleFactory, user_with_role


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="clu_portal.security")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "clu_portal.security"]


def test_L01_sign_in_refusal_and_sign_out(client, prefecture, lines):
    agent = user_with_role(RoleKind.AGENT)
    client.post("/compte/connexion/", {"login": agent.email, "password": "faux mot de passe"})
    client.post("/compte/connexion/", {"login": agent.email, "password": PASSWORD})
    client.post("/compte/deconnexion/")
    assert [line.split()[:2] for line in lines()] == [
        [event, f"account={agent.pk}"] for event in ("sign_in_refused", "signed_in", "signed_out")
    ]
    assert not any(agent.email in line or agent.name in line for line in lines())


def test_L01_refused_link(client, db, lines):
    client.get("/acces/")
    assert lines() == ["link_refused account=- prefecture=- code=unknown"]


def test_L01_change_of_rights(prefecture, lines):
    referent, role = user_with_role(RoleKind.REFERENT), RoleFactory(kind=RoleKind.AGENT)
    close_role(role=role, by=referent)
    assert lines() == [f"role_closed account={referent.pk} prefecture={prefecture.pk} role={role.pk}"]
