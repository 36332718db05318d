import pytest
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.models import AuditEntry
from clu_portal.organisations.defaults import EFFECTS, SETTINGS
from clu_portal.organisations.models import Prefecture, PrefectureSettings
from clu_portal.tests.factories import PrefectureFactory, user_with_role


@pytest.fixture
def address(prefecture):
    return reverse("organisations:settings_edit", args=[prefecture.slug])


def typed(**changes) -> dict:
    """What the page posts when nothing is changed but this."""
    values = {"identite-city": "Clairbourg", "identite-authority_gender": "feminine"}
    values |= {
        f"reglages-{name}": setting.default for name, setting in SETTINGS.items() if setting.default is not False
    }
    return values | changes


def test_page_shows_each_setting_with_its_default_and_its_source(by_referent, address):
    text = by_referent.get(address).content.decode().replace("&#x27;", "'")
    for setting in SETTINGS.values():
        assert f"{setting.default_text}. Source : {setting.source}." in text
    assert not PrefectureSettings.objects.exists()


def test_first_save_makes_the_row_and_the_second_changes_it(by_referent, address, prefecture):
    posted = typed(**{"identite-authority_line": "Préfète de la Valmarche", "reglages-legal_notice": "Mentions"})
    assert by_referent.post(address, posted).status_code == 302
    first = PrefectureSettings.objects.get()
    by_referent.post(address, posted | {"reglages-link_validity_days": "12", "identite-city": "Autreville"})
    settings = PrefectureSettings.objects.get()
    prefecture.refresh_from_db()
    assert (settings.pk, settings.link_validity_days, settings.legal_notice) == (first.pk, 12, "Mentions")
    assert (prefecture.city, prefecture.authority_gender) == ("Autreville", "feminine")
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["settings_saved", "settings_saved"]


def test_refused_value_changes_nothing(by_referent, address, prefecture):
    answer = by_referent.post(address, typed(**{"identite-city": "Ailleurs", "reglages-draft_image_dpi": "4000"}))
    prefecture.refresh_from_db()
    assert (answer.status_code, prefecture.city) == (200, "Clairbourg")
    assert "draft_image_dpi" in answer.context["form"].errors


def test_T12_slug_name_and_another_prefecture_are_not_changed(by_referent, address, prefecture):
    other = PrefectureFactory(city="Ailleurs")
    extra = {
        "slug": "prise",
        "name": "Prise",
        "is_demonstration": "on",
        "department_code": "00",
        "prefecture": other.pk,
    }
    extra |= {f"identite-{name}": value for name, value in extra.items()}
    extra |= {f"reglages-{name}": value for name, value in extra.items() if not name.startswith("identite")}
    by_referent.post(address, typed(**extra))
    kept = Prefecture.objects.get(pk=prefecture.pk)
    unchanged = ("slug", "name", "is_demonstration")
    assert [getattr(kept, name) for name in unchanged] == [getattr(prefecture, name) for name in unchanged]
    assert PrefectureSettings.objects.get().prefecture == prefecture
    assert Prefecture.objects.get(pk=other.pk).city == "Ailleurs"


@pytest.mark.parametrize(("allowed", "kept"), [(True, "state"), (False, "neutral")])
def test_state_identity_only_where_the_operator_allows_it(allowed, kept, by_referent, address, prefecture, settings):
    settings.STATE_IDENTITY_ALLOWED = allowed
    assert ("identite-theme" in by_referent.get(address).content.decode()) is allowed
    by_referent.post(address, typed(**{"identite-theme": "state"}))
    prefecture.refresh_from_db()
    assert prefecture.theme == kept


def test_secretary_general_reads_the_values_without_a_form(client, address):
    PrefectureSettings.objects.create(link_validity_days=12)
    client.force_login(user_with_role(RoleKind.SECRETARY_GENERAL))
    text = client.get(address).content.decode()
    assert "<dd>12</dd>" in text
    assert "reglages-" not in text


def test_page_says_what_each_setting_changes(by_referent, address, settings):
    settings.STATE_IDENTITY_ALLOWED = True
    answer = by_referent.get(address)
    text = answer.content.decode().replace("&#x27;", "'")
    effects = [setting.effect for setting in SETTINGS.values()] + list(EFFECTS.values())
    assert [effect for effect in effects if effect not in text] == []
    fields = {*answer.context["form"].fields, *answer.context["identity"].fields}
    assert fields == {*SETTINGS, *EFFECTS}
