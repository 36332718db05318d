"""`kept`: computed once while nothing changed in the préfecture, again after an act and the next day."""

import pytest

from clu_portal.audit.acts import act
from clu_portal.audit.kept import kept
from clu_portal.audit.models import KeptResult
from clu_portal.organisations.models import Service
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory


@act("service_opened")
def open_service(*, name: str, by) -> Service:
    return Service.objects.create(name=name)


def services() -> list[str]:
    return kept("services", lambda: sorted(Service.objects.values_list("name", flat=True)))


@pytest.fixture
def accueil(prefecture) -> Service:
    return open_service(name="Accueil", by=None)


def test_computed_once_while_nothing_was_done(accueil):
    assert services() == ["Accueil"]
    Service.objects.filter(pk=accueil.pk).update(name="changé sans acte")
    assert services() == ["Accueil"]


def test_computed_again_after_an_act(accueil):
    services()
    open_service(name="Titres", by=None)
    assert services() == ["Accueil", "Titres"]
    assert KeptResult.objects.count() == 1


def test_computed_again_the_next_day(accueil, time_machine):
    time_machine.move_to("2026-03-01T23:59:59+01:00", tick=False)
    services()
    Service.objects.filter(pk=accueil.pk).update(name="Autre")
    time_machine.move_to("2026-03-02T00:00:00+01:00", tick=False)
    assert services() == ["Autre"]


def test_results_of_past_days_are_forgotten(accueil, time_machine):
    time_machine.move_to("2026-03-01T12:00:00+01:00", tick=False)
    kept("names", lambda: ["Mme Le Goff"])
    time_machine.move_to("2026-03-02T12:00:00+01:00", tick=False)
    services()
    assert [found.name for found in KeptResult.objects.all()] == ["services"]


def test_an_empty_result_is_kept_too(accueil):
    assert kept("nothing", list) == []
    assert kept("nothing", lambda: ["computed again"]) == []


def test_another_prefecture_keeps_its_own(accueil):
    services()
    other = PrefectureFactory()
    with scope(other.pk):
        open_service(name="Ailleurs", by=None)
        assert services() == ["Ailleurs"]
    assert services() == ["Accueil"]


def test_kept_costs_one_query(accueil, django_assert_num_queries):
    services()
    with django_assert_num_queries(1):
        services()
