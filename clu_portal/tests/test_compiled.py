"""`compiled`: the rows of the QuerySet it is made from, in the préfecture of the moment, its SQL written once."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from clu_portal.action_plan.models import Action
from clu_portal.compiled import compiled
from clu_portal.lib.fuzzy_date import parse_fuzzy_date
from clu_portal.organisations.models import Service, Site
from clu_portal.tenancy import NoScope, as_if_in, scope
from clu_portal.tests.factories import PrefectureFactory, ServiceFactory, SiteFactory

WRITTEN = []


@compiled
def services_named(name: str) -> QuerySet:
    WRITTEN.append(name)
    return Service.objects.filter(name=name).order_by("pk").values_list("pk", "name")


@compiled
def actions_of(service: int) -> QuerySet:
    return Action.objects.filter(owner_service=service).select_related("owner_service")


def test_rows_are_those_of_the_queryset(prefecture):
    first, second = ServiceFactory(name="Accueil"), ServiceFactory(name="Titres")
    assert services_named("Accueil") == [(first.pk, "Accueil")]
    assert services_named("Titres") == [(second.pk, "Titres")]
    assert services_named("Inconnu") == []


def test_rows_are_those_of_the_prefecture_of_the_moment(prefecture):
    here = ServiceFactory(name="Accueil")
    assert services_named("Accueil") == [(here.pk, "Accueil")]
    other = PrefectureFactory()
    with scope(other.pk):
        there = ServiceFactory(name="Accueil")
        assert services_named("Accueil") == [(there.pk, "Accueil")]
    assert services_named("Accueil") == [(here.pk, "Accueil")]


def test_rows_are_refused_outside_a_prefecture(prefecture):
    services_named("Accueil")
    with as_if_in(None), pytest.raises(NoScope):
        services_named("Accueil")


def test_objects_come_whole_without_another_query(prefecture, django_assert_num_queries):
    service = ServiceFactory(name="Accueil")
    due = parse_fuzzy_date("1er trimestre 2027")
    Action.objects.create(title="Peindre", owner_service=service, due=due)
    actions_of(service.pk)
    with django_assert_num_queries(1):
        (action,) = actions_of(service.pk)
        assert (action.title, action.due, action.owner_service.name) == ("Peindre", due, "Accueil")


@compiled
def actions_created_since(day: date) -> QuerySet:
    return Action.objects.filter(created_at__date__gte=day)


def test_a_number_may_come_as_its_digits(prefecture):
    service = ServiceFactory()
    action = Action.objects.create(title="Peindre", owner_service=service)
    assert actions_of(str(service.pk)) == actions_of(service.pk) == [action]


def test_a_day_is_bound_at_each_call(prefecture):
    action = Action.objects.create(title="Peindre", owner_wording="Mme Le Goff")
    today = timezone.localdate()
    assert [actions_created_since(today), actions_created_since(today + timedelta(days=1))] == [[action], []]


def test_sql_is_written_once(prefecture):
    services_named("Accueil")
    WRITTEN.clear()
    services_named("Titres")
    assert WRITTEN == []


def test_what_was_written_in_a_thread_serves_another(prefecture):
    site = SiteFactory(name="Annexe")

    @compiled
    def sites_named(name: str) -> QuerySet:
        return Site.objects.filter(name=name)

    def write_elsewhere():
        with pytest.raises(NoScope):  # written, then refused: no préfecture is named in that thread
            sites_named("Annexe")

    thread = Thread(target=write_elsewhere)
    thread.start()
    thread.join()
    assert sites_named("Annexe") == [site]


@compiled
def services_among(names: tuple[str, ...], besides: tuple[tuple[int, str], ...]) -> QuerySet:
    WRITTEN.append(names)
    found = Service.objects.filter(name__in=names)
    for pk, name in besides:
        found |= Service.objects.filter(pk=pk, name=name)
    return found.order_by("name").values_list("name", flat=True)


def test_tuples_are_bound_element_by_element_and_written_once_for_each_length(prefecture):
    first, _, third = (ServiceFactory(name=name) for name in ("Accueil", "Titres", "Voie publique"))
    assert services_among(("Accueil", "Titres"), ()) == ["Accueil", "Titres"]
    assert services_among(("Accueil",), ((third.pk, "Voie publique"),)) == ["Accueil", "Voie publique"]
    WRITTEN.clear()
    assert services_among(("Titres", "Inconnu"), ()) == ["Titres"]
    assert services_among(("Titres",), ((first.pk, "Voie publique"),)) == ["Titres"]
    assert WRITTEN == []


def test_what_no_row_can_be_gives_none_and_asks_nothing(prefecture, django_assert_num_queries):
    ServiceFactory(name="Accueil")
    with django_assert_num_queries(0):
        assert services_among((), ()) == []
    assert services_among(("Accueil",), ()) == ["Accueil"]


def test_shapes_are_not_kept_without_end(prefecture, monkeypatch):
    monkeypatch.setattr("clu_portal.compiled.SHAPES_KEPT", 2)
    ServiceFactory(name="Accueil")
    for length in (1, 2, 3, 1):
        assert services_among(("Accueil",) * length, ()) == ["Accueil"]


@pytest.mark.parametrize("argument", [None, True, 1.5, ["Accueil"]], ids=["none", "truth", "decimal", "list"])
def test_an_argument_of_another_type_is_refused(argument, prefecture):
    with pytest.raises(TypeError, match="neither"):
        services_named(argument)


def page_of_services(size: int) -> QuerySet:
    return Service.objects.all()[:size]


def services_like(name: str) -> QuerySet:
    return Service.objects.filter(name__contains=name)


@pytest.mark.parametrize(("build", "argument"), [(page_of_services, 3), (services_like, "Acc")])
def test_an_argument_that_is_not_bound_as_it_is_is_refused(build, argument, prefecture):
    with pytest.raises(TypeError, match="not bound"):
        compiled(build)(argument)
