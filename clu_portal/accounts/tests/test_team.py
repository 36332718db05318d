"""Pages of the team: roles, invitations, departure, by role and by préfecture."""

import html

import pytest
from django.test import Client

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Invitation, Role, User
from clu_portal.accounts.tests.helpers import mails_to, sign_in, token_in
from clu_portal.organisations.models import Service
from clu_portal.tenancy import scope
from clu_portal.tests.factories import (
    PASSWORD,
    PrefectureFactory,
    RoleFactory,
    ServiceFactory,
    UserFactory,
    user_with_role,
)

PAGES = ["", "inviter/", "roles/{role}/", "roles/{role}/retirer/", "{user}/depart/"]
STATUSES = {
    RoleKind.REFERENT: [200, 200, 200, 200, 200],
    RoleKind.SECRETARY_GENERAL: [200, 403, 403, 403, 403],
    RoleKind.AGENT: [200, 403, 403, 403, 403],
    RoleKind.MEMBER: [403, 403, 404, 404, 404],
    RoleKind.AUDITOR: [403, 403, 404, 404, 404],
    RoleKind.NATIONAL_ADMIN: [404, 404, 404, 404, 404],
}
POSTS = ["inviter/", "invitations/{invitation}/renvoyer/", "invitations/{invitation}/retirer/", *PAGES[2:]]


@pytest.fixture
def referent(prefecture):
    return user_with_role(RoleKind.REFERENT, title="Référente")


@pytest.fixture
def things(referent):
    """What the pages are about: a role, its account, an invitation."""
    role = RoleFactory(kind=RoleKind.AGENT)
    invitation = Invitation.objects.create(
        name="Colette Ravel",
        email="colette@valmarche.example",
        kind="agent",
        invited_by=referent,
        expires_at="2099-01-01T00:00Z",
    )
    return {"role": role.pk, "user": role.user_id, "invitation": invitation.pk}


def account(kind: str) -> User:
    """An account of this role; the national administrator's is held in the national administration."""
    from clu_portal.organisations.models import Prefecture

    where = {"prefecture_id": Prefecture.national().pk} if kind == RoleKind.NATIONAL_ADMIN else {}
    return user_with_role(kind, **where)


def addresses(prefecture, paths: list[str], things: dict) -> list[str]:
    return [f"/{prefecture.slug}/equipe/{path.format(**things)}" for path in paths]


@pytest.mark.parametrize("kind", list(RoleKind))
def test_T01_pages_by_role(client, prefecture, things, kind):
    sign_in(client, account(kind))
    assert [client.get(address).status_code for address in addresses(prefecture, PAGES, things)] == STATUSES[kind]


@pytest.mark.parametrize("kind", sorted(set(RoleKind) - {RoleKind.REFERENT}))
def test_T01_posts_of_others_change_nothing(client, prefecture, things, kind):
    sign_in(client, account(kind))
    answers = {client.post(address).status_code for address in addresses(prefecture, POSTS, things)}
    assert answers <= {403, 404}
    assert Role.objects.get(pk=things["role"]).closed_at is None
    assert Invitation.objects.open().exists()


def test_T01_anonymous_is_sent_to_the_sign_in(client, prefecture, things):
    locations = {client.get(address)["Location"].partition("?")[0] for address in addresses(prefecture, PAGES, things)}
    assert locations == {"/compte/connexion/"}


@pytest.mark.parametrize("foreign_referent", [True, False])
def test_T02_things_of_another_prefecture_do_not_exist(client, prefecture, things, foreign_referent):
    elsewhere = PrefectureFactory()
    referent = user_with_role(RoleKind.REFERENT, prefecture_id=elsewhere.pk)
    sign_in(client, referent)
    where = elsewhere if foreign_referent else prefecture
    gets = [client.get(address).status_code for address in addresses(where, PAGES[2:], things)]
    posts = [client.post(address).status_code for address in addresses(where, POSTS[1:], things)]
    assert set(gets + posts) == {404}
    assert Role.objects.get(pk=things["role"]).closed_at is None
    assert Invitation.objects.open().exists()


def test_team_lists_roles_and_invitations(client, prefecture, referent, things):
    RoleFactory(kind=RoleKind.MEMBER, user=UserFactory(name="Membre Discret"))
    sign_in(client, referent)
    page = client.get(f"/{prefecture.slug}/equipe/").content.decode()
    assert "Référente" in page
    assert "colette@valmarche.example" in page
    assert "Membre Discret" not in page


def test_team_hides_invitations_from_an_agent(client, prefecture, things):
    sign_in(client, user_with_role(RoleKind.AGENT))
    page = client.get(f"/{prefecture.slug}/equipe/").content.decode()
    assert "Référente" in page
    assert "colette@valmarche.example" not in page


def test_team_costs_the_same_queries_for_one_and_three(client, prefecture, referent, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, referent)
    client.get(f"/{prefecture.slug}/equipe/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/{prefecture.slug}/equipe/")
        counts.append(len(queries))
        for _ in range(2):
            RoleFactory(kind=RoleKind.AGENT, service=ServiceFactory())
    assert counts[0] == counts[1]


def test_A11_managing_asks_for_a_fresh_verification(client, prefecture, referent, things):
    sign_in(client, referent, seconds_ago=301)
    managing = addresses(prefecture, PAGES[1:], things)
    answers = [client.get(address)["Location"] for address in managing]
    answers += [client.post(address)["Location"] for address in addresses(prefecture, POSTS, things)]
    assert {answer.partition("?")[0] for answer in answers} == {"/compte/confirmer/"}
    assert Invitation.objects.open().exists()
    response = client.post(answers[0], {"password": PASSWORD})
    assert response["Location"] == managing[0]
    assert client.get(managing[0]).status_code == 200


def invite(client, where, /, **fields):
    data = {"name": "Colette Ravel", "email": "colette@valmarche.example", "kind": "agent", "title": "", "service": ""}
    return client.post(f"/{where.slug}/equipe/inviter/", data | fields)


def test_invite_then_accept_then_sign_in(client, prefecture, referent):
    sign_in(client, referent)
    assert invite(client, prefecture)["Location"] == f"/{prefecture.slug}/equipe/"
    guest = Client()
    guest.get(f"/acces/{token_in(mails_to('colette@valmarche.example')[0])}/")
    page = guest.get("/acces/").content.decode()
    assert "Accepter l'invitation" in page
    assert "Colette Ravel" in page
    data = {"name": "Colette Ravel", "password": PASSWORD, "password_again": PASSWORD}
    assert guest.post("/acces/", data)["Location"] == "/compte/connexion/"
    guest.post("/compte/connexion/", {"login": "colette@valmarche.example", "password": PASSWORD})
    assert guest.get(f"/{prefecture.slug}/equipe/").status_code == 200


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"password_again": "autre chose"}, "diffèrent"),
        ({"password": "court", "password_again": "court"}, "12"),
        ({"name": ""}, "obligatoire"),
    ],
)
def test_accept_says_what_is_wrong_and_keeps_the_link(client, prefecture, referent, data, words):
    sign_in(client, referent)
    invite(client, prefecture)
    guest = Client()
    guest.get(f"/acces/{token_in(mails_to('colette@valmarche.example')[0])}/")
    page = guest.post("/acces/", {"name": "C", "password": PASSWORD, "password_again": PASSWORD} | data)
    assert words in page.content.decode()
    assert not User.objects.filter(email="colette@valmarche.example").exists()
    assert guest.get("/acces/").status_code == 200


def test_known_account_signs_in_then_accepts(client, prefecture, referent):
    user = UserFactory(email="colette@valmarche.example")
    sign_in(client, referent)
    invite(client, prefecture)
    guest = Client()
    guest.get(f"/acces/{token_in(mails_to(user.email)[0])}/")
    assert "/compte/connexion/?next=/acces/" in guest.get("/acces/").content.decode()
    answer = guest.post("/compte/connexion/", {"login": user.email, "password": PASSWORD, "next": "/acces/"})
    assert answer["Location"] == "/acces/"
    assert guest.post("/acces/")["Location"] == f"/{prefecture.slug}/"
    assert user.roles.get().kind == RoleKind.AGENT


def test_A07_invitation_of_somebody_else_is_refused_to_another_account(client, prefecture, referent):
    UserFactory(email="colette@valmarche.example")
    sign_in(client, referent)
    invite(client, prefecture)
    client.get(f"/acces/{token_in(mails_to('colette@valmarche.example')[0])}/")
    response = client.post("/acces/")
    assert response.status_code == 403
    assert "pour une autre adresse" in response.content.decode()
    assert not Role.objects.filter(kind=RoleKind.AGENT).exists()


def test_A07_expired_invitation_is_not_revived_by_a_reset(client, prefecture, referent):
    sign_in(client, referent)
    invite(client, prefecture)
    Invitation.objects.update(expires_at="2020-01-01T00:00Z")
    from clu_portal.accounts.models import AccessToken

    AccessToken.objects.update(expires_at="2020-01-01T00:00Z")
    guest = Client()
    guest.post("/compte/mot-de-passe/oublie/", {"email": "colette@valmarche.example"})
    (message,) = mails_to("colette@valmarche.example")
    guest.get(f"/acces/{token_in(message)}/")
    assert guest.post("/acces/nouveau/").status_code == 200
    assert guest.get("/acces/").status_code == 410
    assert "Recevoir un nouveau lien" not in guest.get("/acces/").content.decode()
    assert len(mails_to("colette@valmarche.example")) == 1


@pytest.mark.parametrize("kind", ["member", "national_admin", "superuser"])
def test_T12_role_not_offered_is_refused(client, prefecture, referent, kind):
    sign_in(client, referent)
    assert invite(client, prefecture, kind=kind).status_code == 200
    assert not Invitation.objects.exists()


def test_T12_invitation_ignores_what_the_form_does_not_offer(client, prefecture, referent):
    elsewhere = PrefectureFactory()
    sign_in(client, referent)
    posted = {"prefecture": elsewhere.pk, "accepted_at": "2026-01-01", "invited_by": 1, "expires_at": "2099-01-01"}
    invite(client, prefecture, **posted)
    invitation = Invitation.objects.get()
    assert (invitation.prefecture_id, invitation.accepted_at, invitation.invited_by) == (prefecture.pk, None, referent)
    assert invitation.expires_at.year < 2099


def test_T02_service_of_another_prefecture_is_no_choice(client, prefecture, referent):
    with scope(PrefectureFactory().pk):
        foreign = ServiceFactory()
    sign_in(client, referent)
    assert invite(client, prefecture, service=foreign.pk).status_code == 200
    assert not Invitation.objects.exists()
    invite(client, prefecture, service=ServiceFactory().pk)
    assert Invitation.objects.get().service == Service.objects.get()


def test_T12_accepting_ignores_what_the_form_does_not_offer(client, prefecture, referent):
    sign_in(client, referent)
    invite(client, prefecture)
    guest = Client()
    guest.get(f"/acces/{token_in(mails_to('colette@valmarche.example')[0])}/")
    posted = {"kind": "referent", "email": "thief@evil.example", "is_active": "", "prefecture": 1, "is_staff": 1}
    guest.post("/acces/", {"name": "Colette", "password": PASSWORD, "password_again": PASSWORD} | posted)
    assert User.objects.get(email="colette@valmarche.example").roles.get().kind == RoleKind.AGENT


def test_T12_role_form_changes_only_title_service_and_end(client, prefecture, referent, things):
    sign_in(client, referent)
    posted = {
        "title": "Renfort",
        "service": "",
        "ends_on": "",
        "kind": "referent",
        "user": referent.pk,
        "prefecture": 9,
    }
    client.post(f"/{prefecture.slug}/equipe/roles/{things['role']}/", posted)
    role = Role.objects.get(pk=things["role"])
    assert (role.title, role.kind, role.user_id, role.prefecture_id) == (
        "Renfort",
        "agent",
        things["user"],
        prefecture.pk,
    )


def test_T11_role_closed_acts_at_the_next_page_of_an_open_session(client, prefecture, referent, things):
    agent = Client()
    sign_in(agent, User.objects.get(pk=things["user"]))
    assert agent.get(f"/{prefecture.slug}/equipe/").status_code == 200
    sign_in(client, referent)
    client.post(f"/{prefecture.slug}/equipe/roles/{things['role']}/retirer/")
    assert agent.get(f"/{prefecture.slug}/equipe/").status_code == 404


def test_last_referent_is_told_so(client, prefecture, referent):
    sign_in(client, referent)
    own = referent.roles.get().pk
    page = client.post(f"/{prefecture.slug}/equipe/roles/{own}/retirer/", follow=True)
    assert "nommez d'abord une autre personne" in html.unescape(page.content.decode())
    page = client.post(f"/{prefecture.slug}/equipe/{referent.pk}/depart/", {"successor": ""})
    assert "nommez d'abord une autre personne" in html.unescape(page.content.decode())


@pytest.mark.parametrize(("act", "open_after", "mails"), [("renvoyer", True, 1), ("retirer", False, 0)])
def test_invitation_buttons(client, prefecture, referent, things, act, open_after, mails):
    sign_in(client, referent)
    client.post(f"/{prefecture.slug}/equipe/invitations/{things['invitation']}/{act}/")
    assert Invitation.objects.open().exists() == open_after
    assert len(mails_to("colette@valmarche.example")) == mails


def test_departure_lists_what_is_held_and_confirms_it(client, prefecture, referent, things):
    sign_in(client, referent)
    address = f"/{prefecture.slug}/equipe/{things['user']}/depart/"
    User.objects.filter(pk=things["user"]).update(name="Ibrahim Lestrange")
    page = client.get(address).content.decode()
    assert "agent, correspondant qualité" in page
    assert "<h1>Départ d&#x27;Ibrahim Lestrange</h1>" in page
    assert client.post(address, {"successor": referent.pk})["Location"] == f"/{prefecture.slug}/"
    assert Role.objects.get(pk=things["role"]).closed_at


def test_B04_get_changes_nothing(client, prefecture, referent, things):
    sign_in(client, referent)
    for address in addresses(prefecture, PAGES, things):
        client.get(address)
    assert {client.get(a).status_code for a in addresses(prefecture, POSTS[1:3], things)} == {405}
    assert Role.objects.get(pk=things["role"]).closed_at is None


def test_B04_post_without_csrf_token_is_refused(prefecture, referent, things):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, referent)
    assert {client.post(address).status_code for address in addresses(prefecture, POSTS, things)} == {403}
    assert Role.objects.get(pk=things["role"]).closed_at is None
