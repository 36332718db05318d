"""« Mise en page des documents »: who opens it, what it saves, what it refuses, its preview and its PDF."""

import pytest
from django.urls import reverse

from clu_portal.audit.models import AuditEntry
from clu_portal.files.rendering import latest_rendering, run_rendering
from clu_portal.lib.pdf import pdf_text
from clu_portal.lib.tests.papers import findings
from clu_portal.organisations.models import DocumentLayout, Prefecture
from clu_portal.tests.factories import PrefectureFactory, user_with_role
from committees.layout import acts
from committees.layout.sample import LAYOUT_PDF, hash_of, sample_html

PAGES = ("layout_edit", "layout_preview")


@pytest.fixture
def page(client, prefecture):
    client.force_login(user_with_role("referent"))

    def address(name: str) -> str:
        return reverse(f"committees:{name}", args=[prefecture.slug])

    client.address = address
    return client


def typed(**changes) -> dict:
    """What the page posts when nothing is chosen but this."""
    row = DocumentLayout()
    values = {f"page-{name}": getattr(row, name) for name in ("brand", "authority_place", "head_order", "title_form")}
    values |= {"page-page_mark": "page-of", "page-names_prefecture": "on"}
    values |= {"autorite-authority_line": "Préfète de la Valmarche", "autorite-authority_gender": "feminine"}
    return values | changes


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("role", "read", "changed"),
    [
        ("referent", 200, {302, 200}),
        ("secretary_general", 200, {403}),
        ("agent", 403, {403}),
        ("member", 403, {403}),
        ("auditor", 403, {403}),
    ],
)
def test_layout_pages_by_role(client, prefecture, name, role, read, changed):
    client.force_login(user_with_role(role))
    address = reverse(f"committees:{name}", args=[prefecture.slug])
    assert client.get(address).status_code == read
    assert client.post(address, typed()).status_code in changed


def test_layout_of_another_prefecture_is_not_found(page):
    other = PrefectureFactory()
    assert {page.get(reverse(f"committees:{name}", args=[other.slug])).status_code for name in PAGES} == {404}


def test_first_save_makes_the_row_and_the_second_changes_it(page, prefecture):
    assert page.post(page.address("layout_edit"), typed(**{"page-letterhead": "Mission qualité"})).status_code == 302
    first = DocumentLayout.objects.get()
    page.post(page.address("layout_edit"), typed(**{"page-letterhead": "Autre", "page-page_mark": ""}))
    layout = DocumentLayout.objects.get()
    prefecture.refresh_from_db()
    assert (layout.pk, layout.letterhead, layout.page_mark) == (first.pk, "Autre", "")
    assert (prefecture.authority_line, prefecture.authority_gender) == ("Préfète de la Valmarche", "feminine")
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["layout_saved", "layout_saved"]


WRONG = {
    "unknown_blank": ("page-title_lines", "Réunion {salle}", "« {salle} » n'est remplacé par rien"),
    "disagrees": ("autorite-authority_line", "Préfet de la Valmarche", "ne s'accordent pas"),
    "too_many_lines": ("page-letterhead", "\n".join("13 lignes ici !"[:13]), "12 lignes au plus"),
    "line_too_long": ("page-services", "x" * 201, "200 caractères au plus"),
}


@pytest.mark.parametrize("case", WRONG)
def test_refusal_is_beside_its_field_and_nothing_typed_is_lost(page, case):
    name, value, said = WRONG[case]
    answer = page.post(page.address("layout_edit"), typed(**{"page-motto": "Ma devise", name: value}))
    form = answer.context["authority" if name.startswith("autorite") else "form"]
    field = form[name.partition("-")[2]]
    assert said in str(field.errors).replace("&#x27;", "'")
    assert field.value() == value
    assert "Ma devise" in answer.content.decode()
    assert not DocumentLayout.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("by_hand", "status"), [("", 302), ("on", 200)])
def test_signature_has_five_lines_and_not_six(page, by_hand, status):
    names = ("signature_authority", "delegation_formula", "signature_office", "signature_mention", "signature_name")
    lines = {f"page-{name}": "ligne" for name in names} | {"page-signature_by_hand": by_hand}
    answer = page.post(page.address("layout_edit"), typed(**lines))
    assert answer.status_code == status
    if status == 200:
        assert "5 lignes au plus" in answer.context["form"].errors["signature_name"][0]


@pytest.mark.parametrize(("count", "status"), [(12, 302), (13, 200)])
def test_letterhead_has_twelve_lines_and_not_thirteen(page, count, status):
    lines = {"page-letterhead": "\n".join(["ligne"] * count)}
    assert page.post(page.address("layout_edit"), typed(**lines)).status_code == status


@pytest.mark.parametrize(("allowed", "status"), [(True, 302), (False, 200)])
def test_state_brand_is_chosen_only_where_it_is_allowed(page, settings, allowed, status):
    settings.STATE_IDENTITY_ALLOWED = allowed
    assert page.post(page.address("layout_edit"), typed(**{"page-brand": "state"})).status_code == status
    assert ("Marianne" in page.get(page.address("layout_edit")).content.decode()) is allowed


def test_save_layout_refuses_the_state_brand_whatever_the_form(prefecture, settings):
    settings.STATE_IDENTITY_ALLOWED = False
    with pytest.raises(acts.ValidationError) as refusal:
        acts.save_layout(layout=DocumentLayout(brand="state"), by=user_with_role("referent"))
    assert refusal.value.error_dict["brand"][0].code == "state_identity"


def test_preview_shows_what_is_typed_and_saves_nothing(page, prefecture):
    posted = typed(**{"page-letterhead": "Mission qualité", "autorite-authority_line": "Préfète d'ici"})
    text = page.post(page.address("layout_preview"), posted).content.decode()
    assert "<p>Mission qualité</p>" in text
    assert "Préfète d&#x27;ici" in text
    assert not DocumentLayout.objects.exists()
    assert not AuditEntry.objects.exists()
    assert Prefecture.objects.get(pk=prefecture.pk).authority_line != "Préfète d'ici"


def test_preview_works_without_script_by_its_button(page):
    text = page.get(page.address("layout_edit")).content.decode()
    assert f'formaction="{page.address("layout_preview")}" formtarget="apercu">Voir l\'aperçu</button>' in text
    assert 'name="apercu" id="apercu"' in text


def test_preview_says_what_is_wrong_and_shows_the_rest(page):
    page.post(page.address("layout_edit"), typed(**{"page-title_lines": "Compte-rendu du {date}"}))
    posted = typed(**{"page-title_lines": "Du {truc}", "page-letterhead": "Mission qualité"})
    text = page.post(page.address("layout_preview"), posted).content.decode()
    assert "À corriger, et montré comme avant : Titre." in text
    assert "Compte-rendu du 1er avril 2026" in text
    assert "<p>Mission qualité</p>" in text
    assert "truc" not in text


def test_preview_is_framed_by_our_pages_only_and_runs_nothing(page):
    answer = page.get(page.address("layout_preview"))
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    outer = page.get(page.address("layout_edit"))
    assert "frame-src 'self'" in outer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outer.headers["Content-Security-Policy"]
    assert 'sandbox="allow-same-origin"' in outer.content.decode()


def test_save_and_see_as_pdf_makes_the_sample_with_the_real_renderer(page, prefecture):
    posted = typed(**{"page-letterhead": "Mission qualité", "pdf": "1"})
    answer = page.post(page.address("layout_edit"), posted, follow=True)
    assert answer.redirect_chain[-1][0] == page.address("layout_pdf")
    layout = DocumentLayout.objects.get()
    assert run_rendering(latest_rendering(LAYOUT_PDF, layout).ticket_id)
    pages = b"".join(page.get(page.address("layout_pdf") + "?telecharger=1"))
    assert findings(pages) == []
    assert "Mission qualité" in pdf_text(pages)


def test_sample_asked_before_the_layout_changed_is_refused(page, prefecture):
    page.post(page.address("layout_edit"), typed(**{"pdf": "1"}))
    layout = DocumentLayout.objects.get()
    rendering = latest_rendering(LAYOUT_PDF, layout)
    page.post(page.address("layout_edit"), typed(**{"page-letterhead": "Autre"}))
    run_rendering(rendering.ticket_id)
    rendering.refresh_from_db()
    assert rendering.has_failed
    assert "La mise en page a changé" in rendering.error


def test_pdf_before_any_layout_is_saved_is_not_found(page):
    assert page.get(page.address("layout_pdf")).status_code == 404


def test_sample_is_the_same_at_each_drawing(prefecture):
    layout = DocumentLayout(delegation_formula="Pour la préfète,")
    assert hash_of(sample_html(layout, prefecture)) == hash_of(sample_html(layout, prefecture))
