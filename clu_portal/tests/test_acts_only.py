"""The house rule on writes is itself proved: what it lets pass, what it stops, which tables it holds."""

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse

from clu_portal.organisations.acts import save_row
from clu_portal.organisations.models import Service
from clu_portal.tests.acts_only import WrittenOutsideAnAct, acts_only, held_tables
from clu_portal.tests.factories import ServiceFactory
from committees.composition.models import Committee, Mandate, Seat
from committees.meetings.models import Attendance, Meeting
from committees.tests.factories import CommitteeFactory, MandateFactory, referent

WRITES = {
    "create": lambda row: Service.objects.create(name="Neuf"),
    "save": lambda row: row.save(),
    "update": lambda row: Service.objects.update(name="Autre"),
    "delete": lambda row: row.delete(),
    "bulk_create": lambda row: Service.objects.bulk_create([Service(name="Neuf")]),
    "bulk_update": lambda row: Service.objects.bulk_update([row], ["name"]),
}


@pytest.mark.parametrize("write", WRITES)
def test_write_outside_an_act_is_stopped(prefecture, write):
    row = ServiceFactory(name="Accueil")
    with acts_only(), pytest.raises(WrittenOutsideAnAct), transaction.atomic():
        WRITES[write](row)
    WRITES[write](row)


def test_write_of_an_act_passes(prefecture):
    by = referent()
    with acts_only():
        assert save_row(row=Service(name="Accueil"), by=by).pk


def test_reading_and_what_is_not_held_pass(prefecture):
    mandate, by = MandateFactory(), referent()
    with acts_only():
        assert list(Mandate.objects.all()) == [mandate]
        by.save()


def test_every_page_asked_for_by_a_test_is_watched(client, prefecture, monkeypatch):
    """A view that wrote by itself would be found by the first test that asks for it."""

    def writes(request, **kwargs):
        CommitteeFactory()
        return HttpResponse()

    monkeypatch.setattr("clu_portal.organisations.permissions.require_reader", writes)
    client.force_login(referent())
    with pytest.raises(WrittenOutsideAnAct):
        client.get(f"/{prefecture.slug}/services/")


def test_tables_held_are_those_of_the_registries_the_composition_and_the_meetings():
    for model in (Committee, Seat, Mandate, Meeting, Attendance, Service):
        assert model._meta.db_table in held_tables()
    text = {apps.get_model("committees", name)._meta.db_table for name in ("Minutes", "Section", "Distribution")}
    assert not text & held_tables()
    assert len(held_tables()) >= 20
