"""`@act` and `run_once`: one savepoint, the journal last, once however often it is asked."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.acts import act, reference, run_once
from clu_portal.audit.chain import Verdict, verify_chain
from clu_portal.audit.models import AuditEntry, Operation
from clu_portal.organisations.models import Service
from clu_portal.tenancy import NoScope, scope
from clu_portal.tests.factories import PrefectureFactory, ServiceFactory, user_with_role


@act("service_opened")
def open_service(*, name: str, by, refusal: Exception | None = None) -> Service:
    service = Service.objects.create(name=name)
    if refusal:
        raise refusal
    return service


def test_act_ends_with_its_line_in_the_journal(prefecture):
    by = user_with_role(RoleKind.REFERENT)
    with CaptureQueriesContext(connection) as queries:
        service = open_service(name="Accueil", by=by)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.user, entry.prefecture) == (
        "service_opened",
        f"service:{service.pk}",
        by,
        prefecture,
    )
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert statements[-1].startswith('INSERT INTO "audit_auditentry"')


@pytest.mark.parametrize("refusal", [ValidationError("non", code="no"), PermissionDenied(), RuntimeError()])
def test_refused_act_leaves_nothing(refusal, prefecture):
    ServiceFactory(name="avant")
    with pytest.raises(type(refusal)):
        open_service(name="Accueil", by=None, refusal=refusal)
    assert [service.name for service in Service.objects.all()] == ["avant"]
    assert AuditEntry.objects.count() == 0


def test_act_whose_line_is_refused_leaves_nothing(prefecture, monkeypatch):
    monkeypatch.setattr("clu_portal.audit.acts.reference", lambda thing: "pas une référence")
    with pytest.raises(Exception, match="audit_subject_is_a_reference"):
        open_service(name="Accueil", by=None)
    assert (Service.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_act_inside_an_act_writes_its_line_first(prefecture):
    @act("two_opened")
    def open_two(*, by):
        return [open_service(name=name, by=by) for name in ("un", "deux")][1]

    open_two(by=None)
    verbs = AuditEntry.objects.order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["service_opened", "service_opened", "two_opened"]


def test_refused_act_inside_an_act_leaves_the_other_whole(prefecture):
    @act("both_opened")
    def open_despite(*, by):
        with pytest.raises(ValidationError):
            open_service(name="refusé", by=by, refusal=ValidationError("non"))
        return open_service(name="gardé", by=by)

    open_despite(by=None)
    assert [service.name for service in Service.objects.all()] == ["gardé"]
    assert verify_chain() == Verdict(2)


@pytest.mark.django_db
def test_act_outside_a_scope_is_refused():
    with pytest.raises(NoScope):
        open_service(name="Accueil", by=None)


def test_journal_holds_no_name(prefecture):
    by = user_with_role(RoleKind.REFERENT)
    service = open_service(name="Bureau de Mme Vermandois", by=by)
    entry = AuditEntry.objects.filter(subject=reference(service)).values().get()
    assert "Vermandois" not in str(entry)
    assert by.name not in str(entry)


@pytest.mark.django_db(transaction=True)
def test_D01_eight_threads_on_three_prefectures_leave_whole_chains():
    prefectures = [PrefectureFactory() for _ in range(3)]

    def work(thread: int) -> None:
        try:
            for number in range(6):
                with scope(prefectures[(thread + number) % 3].pk):
                    refused = ValidationError("non") if number == 4 else None
                    try:
                        open_service(name=f"{thread}-{number}", by=None, refusal=refused)
                    except ValidationError:
                        continue
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    lines = 0
    for prefecture in prefectures:
        with scope(prefecture.pk):
            verdict = verify_chain()
            assert verdict.fault == ""
            assert verdict.line_count == Service.objects.count() > 0
            lines += verdict.line_count
    assert lines == 8 * 5


def test_run_once_twice_does_it_once(prefecture):
    calls = count(1)
    results = [run_once("a-1", lambda: {"call": next(calls)}) for _ in range(2)]
    assert results == [{"call": 1}, {"call": 1}]
    assert run_once("a-2", lambda: {"call": next(calls)}) == {"call": 2}


def test_run_once_of_another_prefecture_is_another_operation(prefecture):
    run_once("a-1", lambda: {"here": True})
    with scope(PrefectureFactory().pk):
        assert run_once("a-1", lambda: {"here": False}) == {"here": False}


def test_run_once_refused_may_be_tried_again(prefecture):
    def refuse():
        ServiceFactory()
        raise ValidationError("non", code="no")

    with pytest.raises(ValidationError):
        run_once("a-1", refuse)
    assert (Service.objects.count(), Operation.objects.count()) == (0, 0)
    assert run_once("a-1", lambda: {"done": True}) == {"done": True}


@pytest.mark.django_db(transaction=True)
def test_run_once_at_once_does_it_once():
    prefecture, together, calls = PrefectureFactory(), Barrier(6), count(1)

    def ask(_):
        try:
            together.wait(timeout=20)
            with scope(prefecture.pk):
                return run_once("a-1", lambda: {"service": ServiceFactory().pk, "call": next(calls)})
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(ask, range(6)))
    with scope(prefecture.pk):
        assert results == [{"service": Service.objects.get().pk, "call": 1}] * 6
        assert Operation.objects.count() == 1
