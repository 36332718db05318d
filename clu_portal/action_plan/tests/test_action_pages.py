"""The pages of the plan d'actions."""

import re

import pytest
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.action_plan.models import Action
from clu_portal.action_plan.tests.factories import ActionFactory
from clu_portal.lib import paging
from clu_portal.lib.fuzzy_date import FuzzyDate
from clu_portal.links.models import Link, Relation
from clu_portal.organisations.persons import person_of
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PersonFactory, PrefectureFactory, ServiceFactory, SiteFactory, user_with_role
from clu_portal.tests.pages import query_count, status_of


def address_of(page: str, prefecture, *args) -> str:
    return reverse(f"action_plan:action_{page}", args=[prefecture.slug, *args])


@pytest.fixture
def by_referent(client, prefecture):
    client.force_login(user_with_role(RoleKind.REFERENT))
    return client


def titles(client, prefecture, **query) -> list[str]:
    text = client.get(address_of("list", prefecture), query).content.decode()
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>(.*?)</a>', text)


@pytest.mark.parametrize(
    ("role", "listed", "created", "detail", "changed"),
    [
        ("referent", 200, 200, 200, 200),
        ("secretary_general", 200, 200, 200, 200),
        ("agent", 200, 403, 200, 403),
        ("member", 403, 403, 404, 404),
        ("auditor", 403, 403, 404, 404),
        ("national_admin", 404, 404, 404, 404),
        (None, 302, 302, 302, 302),
    ],
)
def test_T01_status_by_role(role, listed, created, detail, changed, prefecture):
    action, user = ActionFactory(), role and user_with_role(role)
    pages = {"list": (), "create": (), "detail": (action.pk,), "update": (action.pk,)}
    found = [status_of(user, address_of(page, prefecture, *args)) for page, args in pages.items()]
    assert found == [listed, created, detail, changed]
    if role != "referent":
        posted = [status_of(user, address_of(page, prefecture, *pages[page]), "post") for page in ("create", "update")]
        assert posted == [created, changed]


def test_T02_foreign_action_is_not_found(by_referent, prefecture):
    foreign = PrefectureFactory()
    with scope(foreign.pk):
        action = ActionFactory()
    pages = [address_of(page, prefecture, action.pk) for page in ("detail", "update")]
    pages += [address_of(page, foreign, action.pk) for page in ("detail", "update")] + [address_of("list", foreign)]
    assert [by_referent.get(page).status_code for page in pages] == [404] * 5


def test_agent_changes_only_the_state_and_the_due_date_of_its_own_action(client, prefecture):
    agent = user_with_role(RoleKind.AGENT)
    action = ActionFactory(title="Poser", owner=person_of(agent), state="planned")
    client.force_login(agent)
    typed = {"title": "Prise", "owner": "", "owner_service": "", "state": "done", "due": "été 2027", "origin": "x:1"}
    answer = client.post(address_of("update", prefecture, action.pk), typed)
    action.refresh_from_db()
    assert answer.headers["Location"] == action.get_absolute_url()
    assert (action.title, action.owner, action.origin) == ("Poser", person_of(agent), "")
    assert (action.state, str(action.due)) == ("done", "été 2027")


def test_T12_fields_nobody_may_write_are_ignored(by_referent, prefecture):
    other = PrefectureFactory()
    typed = {
        "title": "Poser",
        "state": "proposed",
        "prefecture": other.pk,
        "origin": "site:1",
        "created_at": "2020-01-01",
    }
    by_referent.post(address_of("create", prefecture), typed)
    action = Action.objects.get()
    assert (action.prefecture, action.origin, action.created_at.year > 2020) == (prefecture, "", True)


def test_create_without_owner_in_a_later_state_is_refused_in_french(by_referent, prefecture):
    answer = by_referent.post(address_of("create", prefecture), {"title": "Poser", "state": "planned"})
    assert "Nommez un responsable" in answer.content.decode()
    assert not Action.objects.exists()


def test_T02_foreign_owner_in_the_form_is_refused(by_referent, prefecture):
    with scope(PrefectureFactory().pk):
        person, service = PersonFactory(), ServiceFactory()
    typed = {"title": "Poser", "state": "planned", "owner": person.pk, "owner_service": service.pk}
    answer = by_referent.post(address_of("create", prefecture), typed)
    codes = {name: errors[0].code for name, errors in answer.context["form"].errors.as_data().items()}
    assert (codes["owner"], codes["owner_service"]) == ("invalid_choice", "invalid_choice")
    assert not Action.objects.exists()


def test_create_from_something_seen_links_both_ways(by_referent, prefecture):
    site = SiteFactory(name="Hôtel de préfecture")
    address = f"{address_of('create', prefecture)}?origine=site:{site.pk}"
    assert "Vient de" in by_referent.get(address).content.decode()
    text = by_referent.post(address, {"title": "Poser", "state": "proposed"}, follow=True).content.decode()
    assert re.search(r"Vient de :</span> <a [^>]*>Hôtel de préfecture</a>", text)


@pytest.mark.parametrize("origin", ["site:999999", "nothing:1", "site:x", "\x00"])
def test_create_from_something_unseen_is_not_found(origin, by_referent, prefecture):
    assert by_referent.get(address_of("create", prefecture), {"origine": origin}).status_code == 404


def test_detail_leaves_out_the_links_to_what_one_may_not_see(client, prefecture):
    action, site = ActionFactory(), SiteFactory(name="Hôtel de préfecture")
    Link.objects.create(source=f"site:{site.pk}", relation=Relation.GAVE_ACTION, target=f"action:{action.pk}")
    page = address_of("detail", prefecture, action.pk)
    for role, is_shown in [("referent", True), ("agent", False)]:
        client.force_login(user_with_role(role))
        assert ("Hôtel de préfecture" in client.get(page).content.decode()) is is_shown


def test_list_filters_by_state_and_shows_the_open_ones_first(by_referent, prefecture):
    owner = PersonFactory()
    for title, state in [("a", "proposed"), ("b", "done"), ("c", "in_progress"), ("d", "abandoned")]:
        ActionFactory(title=title, state=state, owner=owner)
    assert titles(by_referent, prefecture) == ["c", "a"]
    assert titles(by_referent, prefecture, etat="done") == ["b"]
    assert titles(by_referent, prefecture, etat="toutes") == ["d", "c", "b", "a"]
    assert by_referent.get(address_of("list", prefecture), {"etat": "inconnu"}).status_code == 404


def test_list_pages_follow_one_another(by_referent, prefecture, monkeypatch):
    monkeypatch.setattr(paging.page_of, "__defaults__", (2,))
    for title in "abc":
        ActionFactory(title=title)
    text = by_referent.get(address_of("list", prefecture)).content.decode()
    following = re.search(r"avant=(\d+)", text)[1]
    assert titles(by_referent, prefecture) == ["c", "b"]
    assert titles(by_referent, prefecture, avant=following) == ["a"]


def test_list_says_what_is_late(by_referent, prefecture):
    ActionFactory(due=FuzzyDate.year(2020))
    ActionFactory(due=FuzzyDate.year(2020), state="abandoned")
    text = by_referent.get(address_of("list", prefecture), {"etat": "toutes"}).content.decode()
    assert text.count("en retard") == 1


def test_empty_list_says_what_an_action_is(by_referent, prefecture):
    assert "Aucune action ouverte" in by_referent.get(address_of("list", prefecture)).content.decode()


def test_list_of_one_and_of_three_actions_cost_the_same(by_referent, prefecture):
    ActionFactory(owner=PersonFactory(), owner_service=ServiceFactory())
    one = query_count(by_referent, address_of("list", prefecture))
    for _ in range(2):
        ActionFactory(owner=PersonFactory(), owner_service=ServiceFactory())
    assert len(titles(by_referent, prefecture)) == 3
    assert query_count(by_referent, address_of("list", prefecture)) == one


def test_detail_with_one_and_with_three_links_costs_the_same(by_referent, prefecture):
    action = ActionFactory()
    page = address_of("detail", prefecture, action.pk)

    def link_a_site():
        name = f"site:{SiteFactory().pk}"
        Link.objects.create(source=name, relation=Relation.GAVE_ACTION, target=f"action:{action.pk}")

    link_a_site()
    one = query_count(by_referent, page)
    link_a_site()
    link_a_site()
    assert by_referent.get(page).content.decode().count("Vient de :") == 3
    assert query_count(by_referent, page) == one
