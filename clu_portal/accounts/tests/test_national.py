"""Pages of the national administration, and the command that begins an installation."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Invitation, User
from clu_portal.accounts.prefectures import update_prefecture
from clu_portal.accounts.tests.helpers import mails_to, sign_in
from clu_portal.audit.models import AuditEntry
from clu_portal.organisations.models import Person, Prefecture, PrefectureSettings
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PASSWORD, PersonFactory, PrefectureFactory, RoleFactory, user_with_role

HOME = "/administration-nationale/"
PAGES = [HOME, HOME + "prefectures/", HOME + "prefectures/creer/", HOME + "prefectures/{pk}/"]
PAGES += [HOME + "prefectures/{pk}/modifier/"]
DATA = {
    "slug": "hautelande",
    "name": "Préfecture de la Hautelande",
    "department_code": "9H",
    "city": "Brumebourg",
    "authority_line": "Préfète de la Hautelande",
    "authority_gender": "feminine",
}


@pytest.fixture
def admin(db):
    return RoleFactory(kind=RoleKind.NATIONAL_ADMIN, prefecture_id=Prefecture.national().pk).user


def test_pages_are_drawn_for_the_national_admin(client, admin):
    chosen = PrefectureFactory()
    sign_in(client, admin)
    for page in PAGES:
        response = client.get(page.format(pk=chosen.pk))
        assert (response.status_code, response.content.decode().count("<h1")) == (200, 1)


@pytest.mark.parametrize("kind", sorted(set(RoleKind) - {RoleKind.NATIONAL_ADMIN}))
def test_T01_pages_are_closed_to_the_roles_of_a_prefecture(client, prefecture, kind):
    Prefecture.national()
    sign_in(client, user_with_role(kind))
    for method in (client.get, client.post):
        assert [method(page.format(pk=prefecture.pk)).status_code for page in PAGES[2:]] == [404] * 3
    assert [client.get(page).status_code for page in PAGES[:2]] == [404, 404]


def test_T01_national_role_held_in_a_prefecture_by_mistake_opens_nothing(client, prefecture):
    Prefecture.national()
    sign_in(client, user_with_role(RoleKind.NATIONAL_ADMIN))
    assert client.get(HOME).status_code == 404


def test_T01_anonymous_is_sent_to_the_sign_in(client, db):
    Prefecture.national()
    assert {client.get(page.format(pk=1))["Location"].partition("?")[0] for page in PAGES} == {"/compte/connexion/"}


def test_create_a_prefecture_then_invite_its_first_referent(client, admin):
    sign_in(client, admin)
    response = client.post(HOME + "prefectures/creer/", DATA)
    created = Prefecture.objects.get(slug="hautelande")
    assert response["Location"] == f"{HOME}prefectures/{created.pk}/"
    assert (created.name, created.authority_gender) == (DATA["name"], "feminine")
    client.post(response["Location"], {"name": "Odile Marrec", "email": "odile@hautelande.example"})
    with scope(created.pk):
        assert PrefectureSettings.objects.count() == 1
        assert Invitation.objects.get().kind == RoleKind.REFERENT
        assert len(mails_to("odile@hautelande.example")) == 1
        assert AuditEntry.objects.get().verb == "first_referent_invited"
    with scope(Prefecture.national().pk):
        assert AuditEntry.objects.get().subject == f"prefecture:{created.pk}"


@pytest.mark.parametrize(
    "slug", ["compte", "acces", "verifier", "healthz", "static", "administration-nationale", "mentions-legales"]
)
def test_reserved_slug_is_refused(client, admin, slug):
    sign_in(client, admin)
    assert client.post(HOME + "prefectures/creer/", DATA | {"slug": slug}).status_code == 200
    assert not Prefecture.objects.real().exists()


def test_slug_is_written_in_small_letters(client, admin):
    sign_in(client, admin)
    client.post(HOME + "prefectures/creer/", DATA | {"slug": "HauteLande"})
    assert Prefecture.objects.real().get().slug == "hautelande"


@pytest.mark.parametrize("slug", ["HAUTELANDE", "Compte"])
def test_slug_taken_or_reserved_is_refused_whatever_its_letters(client, admin, slug):
    PrefectureFactory(slug="hautelande")
    sign_in(client, admin)
    assert client.post(HOME + "prefectures/creer/", DATA | {"slug": slug}).status_code == 200
    assert Prefecture.objects.real().count() == 1


def test_name_and_department_are_corrected_and_the_address_never(client, admin):
    chosen = PrefectureFactory(slug="hautelande", city="Brumebourg")
    sign_in(client, admin)
    address = f"{HOME}prefectures/{chosen.pk}/modifier/"
    assert address in client.get(f"{HOME}prefectures/{chosen.pk}/").content.decode()
    corrected = {"name": "Préfecture de la Haute-Lande", "department_code": "9L"}
    response = client.post(address, corrected | {"slug": "autre", "city": "Ailleurs", "theme": "state"})
    assert response["Location"] == f"{HOME}prefectures/{chosen.pk}/"
    assert Prefecture.objects.filter(pk=chosen.pk, slug="hautelande", city="Brumebourg", **corrected).exists()
    with scope(Prefecture.national().pk):
        assert AuditEntry.objects.get().verb == "prefecture_updated"


def test_wrong_department_is_refused(client, admin):
    chosen = PrefectureFactory(department_code="9V")
    sign_in(client, admin)
    data = {"name": "Préfecture", "department_code": "?"}
    assert client.post(f"{HOME}prefectures/{chosen.pk}/modifier/", data).status_code == 200
    assert Prefecture.objects.get(pk=chosen.pk).department_code == "9V"


@pytest.mark.parametrize("kind", sorted(RoleKind))
def test_update_prefecture_is_refused_to_the_roles_of_a_prefecture(prefecture, kind):
    with pytest.raises(PermissionDenied):
        update_prefecture(prefecture=prefecture, by=user_with_role(kind), name="Autre", department_code="9L")


def test_slug_already_taken_is_refused(client, admin):
    PrefectureFactory(slug="hautelande")
    sign_in(client, admin)
    assert client.post(HOME + "prefectures/creer/", DATA).status_code == 200
    assert Prefecture.objects.real().count() == 1


def test_T12_creation_ignores_what_the_form_does_not_offer(client, admin):
    sign_in(client, admin)
    client.post(HOME + "prefectures/creer/", DATA | {"is_demonstration": "on", "theme": "state", "id": 999})
    created = Prefecture.objects.get(slug="hautelande")
    assert (created.is_demonstration, created.theme, created.pk == 999) == (False, "neutral", False)


def test_invitation_is_refused_where_there_is_a_referent(client, admin, prefecture):
    user_with_role(RoleKind.REFERENT)
    sign_in(client, admin)
    address = f"{HOME}prefectures/{prefecture.pk}/"
    client.post(address, {"name": "Odile Marrec", "email": "odile@hautelande.example"})
    assert not Invitation.objects.exists()
    assert "Un référent est en place" in client.get(address).content.decode()


def test_T03_national_pages_show_counts_and_no_text_of_a_prefecture(client, admin, prefecture):
    person = PersonFactory(surname="Quesnel-Introuvable")
    RoleFactory(kind=RoleKind.AGENT, user__name="Agent-Introuvable")
    assert Person.objects.get() == person
    sign_in(client, admin)
    pages = "".join(client.get(page.format(pk=prefecture.pk)).content.decode() for page in PAGES)
    assert prefecture.name in pages
    assert "Introuvable" not in pages


def test_T01_national_admin_is_nobody_inside_a_prefecture(client, admin, prefecture):
    sign_in(client, admin)
    assert client.get(f"/{prefecture.slug}/equipe/").status_code == 404
    assert client.get(f"/{prefecture.slug}/").status_code == 404


def test_national_team_invites_national_admins_only(client, admin):
    sign_in(client, admin)
    data = {"name": "Odile Marrec", "email": "odile@etat.example", "title": "", "service": ""}
    client.post(HOME + "equipe/inviter/", data | {"kind": "referent"})
    client.post(HOME + "equipe/inviter/", data | {"kind": "national_admin"})
    with scope(Prefecture.national().pk):
        assert Invitation.objects.get().kind == RoleKind.NATIONAL_ADMIN


def test_A11_creating_asks_for_a_fresh_verification(client, admin):
    sign_in(client, admin, seconds_ago=301)
    assert client.post(HOME + "prefectures/creer/", DATA)["Location"].startswith("/compte/confirmer/")
    assert not Prefecture.objects.real().exists()


# --- bin/manage create_national_admin


def run_command(capsys, *arguments: str) -> str:
    call_command("create_national_admin", *arguments)
    return re.search(r"(/acces/\S+)", capsys.readouterr().out)[1]


@pytest.mark.django_db
def test_create_national_admin_prints_a_link_that_opens_the_account_once(capsys):
    address = run_command(capsys, "Chef@Etat.example", "--name", "Claire Aubin")
    for expected in (302, 410):
        client = Client()
        client.get(address)
        data = {"name": "Claire Aubin", "password": PASSWORD, "password_again": PASSWORD}
        assert client.post("/acces/", data).status_code == expected
    user = User.objects.get()
    assert (user.email, user.roles_in(Prefecture.national().pk)) == ("chef@etat.example", {RoleKind.NATIONAL_ADMIN})
    client.post("/compte/connexion/", {"login": user.email, "password": PASSWORD})
    assert client.get(HOME).status_code == 200


@pytest.mark.django_db
def test_create_national_admin_again_gives_a_new_link_and_kills_the_former(capsys, client):
    former, new = (run_command(capsys, "chef@etat.example") for _ in range(2))
    client.get(former)
    assert client.get("/acces/").status_code == 410
    client.get(new)
    assert client.get("/acces/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["not an address", "x@"])
def test_create_national_admin_refuses_what_is_no_address(email):
    with pytest.raises(CommandError):
        call_command("create_national_admin", email)


def test_create_national_admin_refuses_who_is_already_one(admin):
    with pytest.raises(CommandError, match="tient déjà ce rôle"):
        call_command("create_national_admin", admin.email)


@pytest.mark.parametrize("demonstration", [True, False])
def test_mail_of_a_first_invitation_is_followed_and_read_in_a_demonstration_only(
    client, admin, settings, demonstration
):
    """Nobody of a new préfecture can open its « Courriels envoyés » before its first référent has come in."""
    settings.DEMONSTRATION = demonstration
    sign_in(client, admin)
    address = client.post(HOME + "prefectures/creer/", DATA)["Location"]
    client.post(address, {"name": "Odile Marrec", "email": "odile@hautelande.example"})
    page = client.get(address).content.decode()
    assert ("courriel : " in page, "/acces/" in page) == (True, demonstration)


@pytest.mark.parametrize(("typed", "slug"), [("", "hautelande"), ("haute-lande", "haute-lande")])
def test_address_of_a_prefecture_left_empty_comes_from_its_name(client, admin, typed, slug):
    sign_in(client, admin)
    client.post(HOME + "prefectures/creer/", DATA | {"slug": typed})
    assert Prefecture.objects.get(name=DATA["name"]).slug == slug


@pytest.mark.parametrize(
    ("name", "message"),
    [("…", "Écrivez l&#x27;adresse"), ("Préfecture de la Lande", "déjà"), ("Préfecture de Compte", "réservé")],
)
def test_address_that_the_name_cannot_give_is_said_beside_the_field(client, admin, name, message):
    PrefectureFactory(slug="lande")
    sign_in(client, admin)
    before = Prefecture.objects.count()
    answer = client.post(HOME + "prefectures/creer/", DATA | {"slug": "", "name": name})
    assert message in str(answer.context["form"].errors["slug"])
    assert Prefecture.objects.count() == before
