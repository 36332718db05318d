"""The corbeille: who may use it, what it hides, how long it keeps, and what it never takes."""

import re
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from clu_portal import offers, tasks
from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.models import AuditEntry
from clu_portal.links.models import Link, Relation
from clu_portal.organisations.acts import save_row
from clu_portal.organisations.models import Organisation, Person
from clu_portal.organisations.registries import ORGANISATIONS
from clu_portal.tenancy import current_prefecture_id, scope
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, PrefectureFactory, user_with_role
from clu_portal.tests.test_tasks import run_on_the_spot
from clu_portal.trash import acts
from clu_portal.trash.rules import is_over, last_day

TRASHED_ON = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("today", "over"), [(date(2026, 1, 1), False), (date(2026, 1, 31), False), (date(2026, 2, 1), True)]
)
def test_corbeille_keeps_thirty_days(today, over):
    assert last_day(TRASHED_ON) == date(2026, 1, 31)
    assert is_over(TRASHED_ON, today=today) is over


def trash(row, days: int = 0):
    at = timezone.localtime() - timedelta(days=days)
    type(row).objects.filter(pk=row.pk).update(trashed_at=at, trashed_by=user_with_role(RoleKind.REFERENT))
    return row


def refusal(act, **arguments) -> str:
    with pytest.raises(ValidationError) as refused:
        act(**arguments)
    error = refused.value
    return error.error_list[0].code if hasattr(error, "error_list") else error.error_dict["__all__"][0].code


def test_row_trashed_is_seen_nowhere_then_put_back(referent):
    row = OrganisationFactory()
    acts.trash_row(row=row, by=referent)
    assert not Organisation.objects.exists()
    kept = Organisation.objects.with_trashed().get()
    assert (kept.trashed_by, timezone.localdate(kept.trashed_at)) == (referent, timezone.localdate())
    acts.restore_row(row=row, by=referent)
    assert Organisation.objects.get() == row
    verbs = AuditEntry.objects.order_by("sequence").values_list("verb", "subject")
    assert list(verbs) == [("row_trashed", f"organisation:{row.pk}"), ("row_restored", f"organisation:{row.pk}")]


def test_row_trashed_twice_or_put_back_twice_is_refused(referent):
    row = acts.trash_row(row=OrganisationFactory(), by=referent)
    assert refusal(acts.trash_row, row=row, by=referent) == "already_removed"
    acts.restore_row(row=row, by=referent)
    assert refusal(acts.restore_row, row=row, by=referent) == "not_there"


USES = [
    (OrganisationFactory, lambda row: PersonFactory(organisation=row)),
    (OrganisationFactory, lambda row: trash(PersonFactory(organisation=row))),
    (PersonFactory, lambda row: link_to(f"person:{row.pk}")),
    (PersonFactory, lambda row: Person.objects.filter(pk=row.pk).update(user=user_with_role(RoleKind.AGENT))),
]


def link_to(name: str) -> None:
    Link.objects.create(source="meeting:1", relation=Relation.DISCUSSED_IN, target=name)


@pytest.mark.parametrize(("make", "use"), USES)
def test_row_that_serves_is_refused(make, use, referent):
    row = make()
    use(row)
    assert refusal(acts.trash_row, row=row, by=referent) == "in_use"
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("role", [kind for kind in RoleKind if kind != RoleKind.REFERENT])
def test_acts_ask_for_the_referent(role, referent):
    there, gone, by = OrganisationFactory(), trash(OrganisationFactory()), user_with_role(role)
    for act, row in ((acts.trash_row, there), (acts.restore_row, gone)):
        with pytest.raises(PermissionDenied):
            act(row=row, by=by)
    assert list(Organisation.objects.all()) == [there]


def test_row_trashed_between_its_reading_and_an_act_is_refused(referent):
    row = OrganisationFactory(name="Union")
    read = Organisation.objects.get(pk=row.pk)
    acts.trash_row(row=row, by=referent)
    read.name = "Fédération"
    with pytest.raises(ValidationError) as refused:
        save_row(row=read, by=referent)
    assert refused.value.code == "gone"
    assert [row.name for row in Organisation.objects.with_trashed()] == ["Union"]


def test_name_of_a_row_in_the_corbeille_is_free_and_putting_back_then_refused(referent):
    row = acts.trash_row(row=OrganisationFactory(name="Union"), by=referent)
    save_row(row=Organisation(name="Union"), by=referent)
    assert refusal(acts.restore_row, row=row, by=referent) == "name_taken"
    assert Organisation.objects.count() == 1


def test_purge_keeps_day_thirty_and_removes_day_thirty_one(referent):
    kept, gone, there = trash(OrganisationFactory(), 30), trash(OrganisationFactory(), 31), OrganisationFactory()
    gone_pk = gone.pk
    acts.purge(timezone.localdate())
    acts.purge(timezone.localdate())
    assert set(Organisation.objects.with_trashed()) == {kept, there}
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.user) == ("row_purged", f"organisation:{gone_pk}", None)


def test_purge_counts_whole_days_of_the_prefecture(referent):
    """Put there at one minute to midnight, Paris time."""
    row = OrganisationFactory()
    late = timezone.make_aware(datetime(2026, 1, 1, 23, 59))
    Organisation.objects.filter(pk=row.pk).update(trashed_at=late)
    acts.purge(date(2026, 1, 31))
    assert Organisation.objects.with_trashed().exists()
    acts.purge(date(2026, 2, 1))
    assert not Organisation.objects.with_trashed().exists()


def changed_kind(monkeypatch, **functions) -> None:
    kind = offers.trash_kinds["organisation"]
    monkeypatch.setitem(offers.trash_kinds.items, "organisation", offers.Offered(replace(kind, **functions)))


def test_purge_goes_on_after_a_row_that_fails_for_an_unforeseen_reason(referent, monkeypatch, caplog):
    failing, _, _ = trash(OrganisationFactory(), 31), trash(OrganisationFactory(), 31), trash(PersonFactory(), 31)

    def check(row) -> None:
        if row == failing:
            raise RuntimeError("unforeseen")

    changed_kind(monkeypatch, check=check)
    acts.purge(timezone.localdate())
    assert (list(Organisation.objects.with_trashed()), Person.objects.with_trashed().count()) == ([failing], 0)
    assert f"organisation:{failing.pk} stays in the corbeille" in caplog.text


def test_purge_finds_at_once_what_the_database_would_refuse_at_the_end(referent, monkeypatch):
    """Links between rows are checked when the transaction ends: one refused there would undo the whole night."""
    serving, gone = trash(OrganisationFactory(), 31), trash(OrganisationFactory(), 31)
    PersonFactory(organisation=serving)

    def remove(row) -> None:
        type(row).objects.with_trashed().filter(pk=row.pk)._raw_delete("default")

    changed_kind(monkeypatch, check=lambda row: None, remove=remove)
    acts.purge(timezone.localdate())
    assert list(Organisation.objects.with_trashed()) == [serving] != [gone]


@pytest.mark.parametrize(("days", "expected"), [(30, ""), (31, "over")])
def test_row_is_put_back_until_its_last_day(referent, days, expected):
    row = trash(OrganisationFactory(), days)
    if expected:
        assert refusal(acts.restore_row, row=row, by=referent) == expected
    else:
        assert acts.restore_row(row=row, by=referent) == row


@pytest.mark.parametrize(("days", "buttons"), [(30, 1), (31, 0)])
def test_corbeille_offers_no_button_that_would_be_refused(by_referent, prefecture, days, buttons):
    trash(OrganisationFactory(name="Union"), days)
    listed = by_referent.get(page("trash_list", prefecture)).content.decode()
    assert ("Union" in listed, listed.count("Remettre<")) == (True, buttons)


@pytest.mark.django_db(transaction=True)
def test_row_purged_while_it_was_being_put_back_is_refused():
    """The night took the row first: whoever waits for it is told that it is there no more."""
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        row, by = trash(OrganisationFactory(), 31), user_with_role(RoleKind.REFERENT)
    found = []

    def restore() -> None:
        with scope(prefecture.pk):
            found.append(refusal(acts.restore_row, row=row, by=by))
        connection.close()

    waiting = threading.Thread(target=restore)
    with scope(prefecture.pk):
        acts.purge(timezone.localdate())
        waiting.start()
        waiting.join(0.5)
        assert (waiting.is_alive(), found) == (True, [])
    waiting.join(10)
    assert found == ["not_there"]


def test_purge_leaves_what_serves(referent):
    organisation = trash(OrganisationFactory(), 40)
    PersonFactory(organisation=organisation)
    acts.purge(timezone.localdate())
    assert Organisation.objects.with_trashed().exists()


@pytest.mark.django_db(transaction=True)
def test_task_purges_each_prefecture_whatever_happens_in_another(monkeypatch):
    prefectures = [PrefectureFactory(), PrefectureFactory(), PrefectureFactory()]
    for prefecture in prefectures:
        with scope(prefecture.pk):
            trash(PersonFactory(organisation=trash(OrganisationFactory(), 31)), 31)
            trash(PersonFactory(), 30)

    def fails_in_the_second(today: date) -> None:
        if current_prefecture_id() == prefectures[1].pk:
            raise RuntimeError("unforeseen")
        acts.purge(today)

    monkeypatch.setattr(tasks, "purge", fails_in_the_second)
    with run_on_the_spot():
        tasks.purge_trash()
    left = []
    for prefecture in prefectures:
        with scope(prefecture.pk):
            left.append(Person.objects.with_trashed().count())
    assert left == [1, 2, 1]


def page(name: str, prefecture, *args) -> str:
    return reverse(f"trash:{name}", args=[prefecture.slug, *args])


def test_whole_way_of_a_row_through_the_pages(by_referent, referent, prefecture):
    row = OrganisationFactory(name="Union")
    update = ORGANISATIONS.address("update", prefecture.slug, row.pk)
    put = page("row_trash", prefecture, "organisation", row.pk)
    assert put in by_referent.get(update).content.decode()
    assert "« Union » (organisme)" in by_referent.get(put).content.decode()
    assert by_referent.post(put).headers["Location"] == ORGANISATIONS.address("list", prefecture.slug)
    assert [by_referent.get(address).status_code for address in (update, put)] == [404, 404]
    listed = by_referent.get(page("trash_list", prefecture)).content.decode()
    assert "Union" in listed
    assert str(referent) in listed
    by_referent.post(page("row_restore", prefecture, "organisation", row.pk))
    assert by_referent.get(update).status_code == 200
    assert "La corbeille est vide" in by_referent.get(page("trash_list", prefecture)).content.decode()


def test_each_cell_of_the_corbeille_says_its_heading_on_a_phone(by_referent, prefecture):
    trash(OrganisationFactory(), 1)
    shown = by_referent.get(page("trash_list", prefecture)).content.decode()
    headings = re.findall(r'<th scope="col">([^<]*)</th>', shown)
    assert "portal-table--stacked" in shown
    assert re.findall(r'<td data-label="([^"]*)"', shown) == headings[1:-1]


def test_page_that_asks_says_why_it_would_be_refused_and_has_no_button(by_referent, prefecture):
    row = OrganisationFactory()
    put = page("row_trash", prefecture, "organisation", row.pk)
    button = ">Mettre à la corbeille</button>"
    assert button in by_referent.get(put).content.decode()
    PersonFactory(organisation=row)
    assert by_referent.post(put).headers["Location"] == put
    shown = by_referent.get(put).content.decode()
    assert (button in shown, shown.count("il en est question ailleurs (personne)")) == (False, 2)
    assert by_referent.get(put).content.decode().count("il en est question ailleurs (personne)") == 1


def test_unknown_kind_is_404(by_referent, prefecture):
    assert by_referent.get(page("row_trash", prefecture, "site", 1)).status_code == 404


@pytest.mark.parametrize("rows", [1, 60])
def test_corbeille_costs_the_same_for_more_rows(by_referent, prefecture, count_queries, rows):
    for _ in range(rows):
        trash(PersonFactory())
    address = page("trash_list", prefecture)
    by_referent.get(address)
    assert count_queries(lambda: by_referent.get(address)) == 7 + len(list(offers.trash_kinds))
