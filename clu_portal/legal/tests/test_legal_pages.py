import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.legal.pages import LEGAL_PAGES, accessibility_state
from clu_portal.organisations.models import PrefectureSettings
from clu_portal.tests.factories import user_with_role

OWN_TEXTS = {
    "mentions-legales": "legal_notice",
    "donnees-personnelles": "privacy_notice",
    "accessibilite": "accessibility_contact",
}


def page_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", LEGAL_PAGES, ids=lambda page: page.path)
def test_legal_page_is_public_with_and_without_prefecture(client, prefecture, page):
    assert prefecture.name in page_of(client, f"/{prefecture.slug}/{page.path}/")
    assert prefecture.name not in page_of(client, f"/{page.path}/")


@pytest.mark.parametrize(("path", "field"), OWN_TEXTS.items())
def test_legal_page_shows_the_text_of_the_prefecture_escaped(client, prefecture, path, field):
    PrefectureSettings.objects.create(**{field: "Écrire au bureau 12.\n\n<b>Vite</b>"})
    page = page_of(client, f"/{prefecture.slug}/{path}/")
    assert "<p>Écrire au bureau 12.</p>" in page
    assert "&lt;b&gt;Vite" in page


def test_accessibility_page_says_the_state_computed_from_the_table(client, prefecture):
    page = page_of(client, "/accessibilite/")
    assert f"<strong>{accessibility_state().label}</strong>" in page
    assert page.count('<th scope="row">') == 106


@pytest.mark.parametrize("path", ["/", "/plan-du-site/", "/compte/connexion/"])
@pytest.mark.django_db
def test_foot_of_each_page_leads_to_the_legal_pages_and_says_the_state(client, path):
    page = page_of(client, path)
    foot = page[page.index("<footer") :]
    assert [page.path for page in LEGAL_PAGES if f'href="/{page.path}/"' not in foot] == []
    assert f"Accessibilité : {accessibility_state().label}" in foot


def test_site_map_shows_the_menu_to_whoever_has_one(client, prefecture):
    path, link = f"/{prefecture.slug}/plan-du-site/", f'href="/{prefecture.slug}/reunions/"'
    assert link not in page_of(client, path)
    client.force_login(user_with_role(RoleKind.MEMBER))
    assert link in page_of(client, path)
