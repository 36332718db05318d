import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.navigation import ENTRIES, Item, menu
from clu_portal.organisations.enums import Theme
from clu_portal.organisations.models import NATIONAL_SLUG, Prefecture
from clu_portal.tests.factories import user_with_role

VALMARCHE = Prefecture(slug="valmarche", name="Préfecture de la Valmarche")
REFERENT = {RoleKind.REFERENT}


def labels(items) -> list[str]:
    return [item.label for item in items]


def test_menu_of_a_member_shows_what_concerns_members():
    assert labels(menu(VALMARCHE, {RoleKind.MEMBER}, "/")) == ["Accueil", "Réunions", "Comptes-rendus", "Comités"]


def test_menu_of_nobody_is_empty():
    assert menu(VALMARCHE, set(), "/") == []


def test_menu_marks_the_page_and_what_contains_it():
    items = {item.label: item for item in menu(VALMARCHE, REFERENT, "/valmarche/reunions/12/")}
    assert (items["Réunions"].current, items["Accueil"].current) == ("true", "")
    on_the_list = {item.label: item for item in menu(VALMARCHE, REFERENT, "/valmarche/reunions/")}
    assert on_the_list["Réunions"].current == "page"


def test_menu_folds_a_group_and_marks_it():
    group = next(item for item in menu(VALMARCHE, REFERENT, "/valmarche/equipe/") if item.items)
    assert (group.label, group.address, group.current) == ("Préfecture", "", "true")
    assert Item("Équipe", "/valmarche/equipe/", "page") in group.items


def test_menu_shows_the_mails_in_demonstration_only(settings):
    assert "Courriels envoyés" not in labels(menu(VALMARCHE, REFERENT, "/"))
    settings.DEMONSTRATION = True
    assert "Courriels envoyés" in labels(menu(VALMARCHE, REFERENT, "/"))


def test_menu_of_the_national_administration_leads_to_the_prefectures():
    national = Prefecture(slug=NATIONAL_SLUG)
    assert Item("Préfectures", f"/{NATIONAL_SLUG}/prefectures/") in menu(national, {RoleKind.NATIONAL_ADMIN}, "/")
    assert "Préfectures" not in labels(menu(VALMARCHE, {RoleKind.NATIONAL_ADMIN}, "/"))


def test_every_role_has_an_entry():
    assert {kind for entry in ENTRIES for kind in entry.roles} == set(RoleKind)


def test_page_shows_who_is_signed_in_and_the_way_out(client, prefecture):
    user = user_with_role(RoleKind.REFERENT)
    client.force_login(user)
    page = client.get(f"/{prefecture.slug}/plan-du-site/").content.decode()
    assert user.name in page
    assert "référent qualité" in page
    assert f'action="/compte/deconnexion/" data-sign-out data-account="{user.pk}"' in page


@pytest.mark.parametrize(
    ("allowed", "theme", "shown"),
    [
        (True, Theme.STATE, True),
        (True, Theme.NEUTRAL, False),
        (False, Theme.STATE, False),
        (False, Theme.NEUTRAL, False),
    ],
)
def test_state_identity_shows_only_where_operator_and_prefecture_are_entitled(
    client, prefecture, settings, allowed, theme, shown
):
    settings.STATE_IDENTITY_ALLOWED = allowed
    prefecture.theme = theme
    prefecture.save()
    page = client.get(f"/{prefecture.slug}/plan-du-site/").content.decode()
    assert ("fr-logo" in page, 'data-look="state"' in page) == (shown, shown)


def test_state_mark_names_the_authority_on_two_lines(client, prefecture, settings):
    settings.STATE_IDENTITY_ALLOWED = True
    prefecture.theme, prefecture.authority_line = Theme.STATE, "Préfète de <la> Valmarche"
    prefecture.save()
    page = client.get(f"/{prefecture.slug}/plan-du-site/").content.decode()
    assert page.count('<p class="fr-logo">Préfète<br>de &lt;la&gt; Valmarche</p>') == 2


def test_demonstration_is_said_on_every_page(client, prefecture, settings):
    path = f"/{prefecture.slug}/plan-du-site/"
    assert "DÉMONSTRATION" not in client.get(path).content.decode()
    settings.DEMONSTRATION = True
    assert "DÉMONSTRATION – données fictives" in client.get(path).content.decode()


def test_menu_of_the_national_administration_never_speaks_of_a_prefecture():
    national = Prefecture(slug=NATIONAL_SLUG, name="Administration nationale")
    items = menu(national, {RoleKind.NATIONAL_ADMIN}, "/")
    assert labels(items)[:3] == ["Accueil", "Préfectures", "Administration"]
    assert labels(items[2].items) == ["Équipe nationale", "Journal de l'administration", "Envois de courriels"]
