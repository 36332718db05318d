"""The pages of a registry, as a référent reads them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from clu_portal.audit.models import AuditEntry
from clu_portal.lib import paging
from clu_portal.organisations.models import ClosingDay, Person, Site
from clu_portal.organisations.registries import CLOSING_DAYS, ORGANISATIONS, PERSONS, SERVICES, SITES
from clu_portal.organisations.tests.factories import ClosingDayFactory
from clu_portal.tenancy import scope
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, PrefectureFactory, SiteFactory, UserFactory


def names_in(answer) -> list[str]:
    """The first column of the list."""
    cells = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', answer.content.decode())
    return [cell.replace("&#x27;", "'") for cell in cells]


def listed(client, registry, prefecture, **query) -> list[str]:
    return names_in(client.get(registry.address("list", prefecture.slug), query))


def test_list_sorts_without_accents_nor_case(by_referent, prefecture):
    for surname in ("Zola", "école", "Étienne", "Eberhard", "abbé"):
        PersonFactory(civility="", given_name="", surname=surname)
    assert listed(by_referent, PERSONS, prefecture) == ["abbé", "Eberhard", "école", "Étienne", "Zola"]


@pytest.mark.parametrize("typed", ["EVEQUE", "évêque", "  eveque  helene", "hélène évê"])
def test_search_ignores_accents_case_and_order_of_words(typed, by_referent, prefecture):
    PersonFactory(civility="", given_name="Hélène", surname="Évêque")
    PersonFactory(civility="", given_name="Hélène", surname="Autre")
    found = listed(by_referent, PERSONS, prefecture, recherche=typed)
    assert found == ["Hélène Évêque"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "nul\x00"])
def test_search_of_special_characters_finds_only_what_holds_them(typed, by_referent, prefecture):
    OrganisationFactory(name="Les usagers")
    assert listed(by_referent, ORGANISATIONS, prefecture, recherche=typed) == []


def test_search_finds_an_organisation_by_its_acronym(by_referent, prefecture):
    OrganisationFactory(name="Union des familles", acronym="UDF")
    OrganisationFactory(name="Autre")
    assert listed(by_referent, ORGANISATIONS, prefecture, recherche="udf") == ["Union des familles"]


def test_pages_follow_one_another_without_loss_nor_repetition(by_referent, prefecture, monkeypatch):
    monkeypatch.setattr(paging.page_of, "__defaults__", (2,))
    for name in ("École", "ecole", "Ecole b", "arche", "Zénith"):
        OrganisationFactory(name=name)
    seen, address = [], ORGANISATIONS.address("list", prefecture.slug)
    while address:
        answer = by_referent.get(address)
        seen += names_in(answer)
        following = re.search(r'href="(\?[^"]*apres=\d+)"', answer.content.decode())
        address = following and ORGANISATIONS.address("list", prefecture.slug) + following[1].replace("&amp;", "&")
    assert seen == ["arche", "École", "ecole", "Ecole b", "Zénith"]


@pytest.mark.parametrize("after", ["", "999999999", "x", "-1", "1" * 40, "²"])
def test_unknown_mark_shows_the_first_page(after, by_referent, prefecture):
    SiteFactory(name="Hôtel de préfecture")
    assert listed(by_referent, SITES, prefecture, apres=after) == ["Hôtel de préfecture"]


def test_closing_days_are_listed_from_the_last(by_referent, prefecture):
    for reason, day in (("mai", date(2026, 5, 15)), ("août", date(2026, 8, 14)), ("juin", date(2026, 6, 1))):
        ClosingDayFactory(reason=reason, starts_on=day)
    assert listed(by_referent, CLOSING_DAYS, prefecture) == ["août", "juin", "mai"]


def test_empty_list_says_what_the_list_is_for(by_referent, prefecture):
    text = by_referent.get(SERVICES.address("list", prefecture.slug)).content.decode()
    assert "La liste est vide" in text
    assert "Ajouter un service" in text


def test_create_person_keeps_what_was_typed_and_writes_the_journal(by_referent, referent, prefecture):
    organisation = OrganisationFactory()
    typed = {"civility": "madame", "given_name": "Aude", "surname": "Lormel", "organisation": organisation.pk}
    answer = by_referent.post(PERSONS.address("create", prefecture.slug), typed | {"email": "aude@lormel.example"})
    person = Person.objects.get()
    assert answer.headers["Location"] == PERSONS.address("list", prefecture.slug)
    assert (str(person), person.organisation, person.email) == ("Mme Aude Lormel", organisation, "aude@lormel.example")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.user) == ("registry_row_saved", f"person:{person.pk}", referent)


def test_T12_fields_nobody_may_write_are_ignored(by_referent, prefecture):
    other, account = PrefectureFactory(), UserFactory()
    typed = {"surname": "Lormel", "prefecture": other.pk, "user": account.pk, "pk": 4012, "id": 4012}
    by_referent.post(PERSONS.address("create", prefecture.slug), typed)
    person = Person.objects.get()
    assert (person.prefecture, person.user) == (prefecture, None)
    assert person.pk != 4012
    by_referent.post(PERSONS.address("update", prefecture.slug, person.pk), typed | {"surname": "Changé"})
    person.refresh_from_db()
    assert (person.prefecture, person.user, person.surname) == (prefecture, None, "Changé")


def test_create_name_already_taken_is_said_in_french(by_referent, prefecture):
    SiteFactory(name="Sous-préfecture")
    answer = by_referent.post(
        SITES.address("create", prefecture.slug), {"name": "Sous-préfecture", "zone": "metropole"}
    )
    assert (answer.status_code, Site.objects.count()) == (200, 1)
    assert "Un site porte déjà ce nom." in answer.content.decode()


def test_same_name_in_another_prefecture_is_free(by_referent, prefecture):
    with scope(PrefectureFactory().pk):
        SiteFactory(name="Sous-préfecture")
    by_referent.post(SITES.address("create", prefecture.slug), {"name": "Sous-préfecture", "zone": "metropole"})
    assert Site.objects.count() == 1


def test_T02_foreign_site_in_the_form_is_refused_like_one_that_does_not_exist(by_referent, prefecture):
    with scope(PrefectureFactory().pk):
        foreign = SiteFactory()
    typed = {"starts_on": "2026-05-15", "ends_on": "2026-05-15", "reason": "pont"}
    address = CLOSING_DAYS.address("create", prefecture.slug)
    answers = [by_referent.post(address, typed | {"site": pk}) for pk in (foreign.pk, 10**9)]
    errors = [answer.context["form"].errors.as_data()["site"][0].code for answer in answers]
    assert (errors, ClosingDay.objects.count()) == (["invalid_choice", "invalid_choice"], 0)


def test_change_refused_by_a_constraint_shows_its_sentence(by_referent, prefecture):
    typed = {"name": "Hôtel", "zone": "metropole", "good_friday": "on"}
    answer = by_referent.post(SITES.address("create", prefecture.slug), typed)
    assert "qu'en Alsace-Moselle" in answer.content.decode().replace("&#x27;", "'")
    assert not Site.objects.exists()


def test_remove_asks_first_then_removes(by_referent, prefecture):
    site = SiteFactory()
    address = SITES.removal_address(prefecture.slug, site.pk)
    assert "Retirer cette ligne" in by_referent.get(address).content.decode()
    assert Site.objects.count() == 1
    answer = by_referent.post(address, follow=True)
    assert "Le site est retiré." in answer.content.decode()
    assert Site.objects.count() == 0


def test_remove_of_a_row_in_use_is_refused_and_says_by_what(by_referent, prefecture):
    site = SiteFactory(name="Annexe")
    ClosingDayFactory(site=site)
    answer = by_referent.post(SITES.removal_address(prefecture.slug, site.pk), follow=True)
    assert "Impossible de retirer « Annexe » : d'autres lignes s'y réfèrent (jour de fermeture)." in (
        answer.content.decode().replace("&#x27;", "'")
    )
    assert Site.objects.count() == 1


def test_page_that_asks_says_what_the_row_serves_and_has_no_button(by_referent, prefecture):
    sites = SiteFactory(name="Annexe"), SiteFactory(name="Accueil")
    ClosingDayFactory(site=sites[0])
    shown = [by_referent.get(SITES.removal_address(prefecture.slug, site.pk)).content.decode() for site in sites]
    assert [">Retirer</button>" in page for page in shown] == [False, True]
    assert "(jour de fermeture)" in shown[0]


def test_member_of_two_prefectures_reads_nothing_through_the_wrong_address(client, by_referent, prefecture):
    with scope(PrefectureFactory().pk):
        foreign = PersonFactory(surname="Étrangère")
    answer = by_referent.get(reverse("organisations:person_list", args=[prefecture.slug]), {"recherche": "etrangere"})
    assert foreign.surname not in answer.content.decode()


@pytest.mark.parametrize("registry", [SITES, SERVICES, ORGANISATIONS, PERSONS, CLOSING_DAYS], ids=lambda r: r.name)
def test_row_is_saved_and_the_form_comes_back_empty_for_another(registry, by_referent, prefecture):
    address = registry.address("create", prefecture.slug)
    assert "Enregistrer et ajouter" in by_referent.get(address).content.decode()
    typed = {"name": "Accueil", "surname": "Aubert", "zone": "metropole", "family": "families"}
    typed |= {"starts_on": "2026-12-24", "ends_on": "2026-12-24", "reason": "Pont", "operation_id": "a-form"}
    again = by_referent.post(address, typed | {"again": "Enregistrer et ajouter"})
    assert (again.status_code, again.url, registry.model.objects.count()) == (302, address, 1)
    by_referent.post(address, typed | {"again": "Enregistrer et ajouter"})
    by_referent.post(address, typed)
    assert registry.model.objects.count() == 1
    row = registry.model.objects.get()
    assert (
        "Enregistrer et ajouter"
        not in by_referent.get(registry.address("update", prefecture.slug, row.pk)).content.decode()
    )


def test_refused_row_stays_on_the_form_whichever_button(by_referent, prefecture):
    answer = by_referent.post(PERSONS.address("create", prefecture.slug), {"surname": "", "again": "oui"})
    assert (answer.status_code, Person.objects.count()) == (200, 0)
    assert answer.context["form"].errors["surname"]


@pytest.mark.parametrize(
    ("civility", "greeting"),
    [("madame", "Madame,"), ("monsieur", "Monsieur,"), ("", "Madame, Monsieur,")],
)
def test_greeting_agrees_with_the_civility(civility, greeting):
    assert Person(civility=civility, surname="Aubert").greeting == greeting
