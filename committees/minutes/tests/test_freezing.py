"""A draft frozen and opened again: who may, what it refuses, what it leaves in the journal."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from clu_portal.audit.models import AuditEntry
from committees.minutes import acts, freezing
from committees.minutes.models import Minutes, Section
from committees.minutes.tests.test_api import change, patch
from committees.tests.factories import drafted_minutes, member_of, referent, secretary_general, submitted_minutes


def frozen_minutes(by=None):
    return freezing.freeze_minutes(minutes=drafted_minutes(), reason="Relecture", by=by or referent())


@pytest.mark.parametrize("who", [referent, secretary_general], ids=["referent", "secretary_general"])
def test_freeze_then_open_again_leaves_its_trace(prefecture, who):
    by = who()
    minutes = frozen_minutes(by)
    assert (minutes.frozen_by, minutes.freeze_reason, minutes.state) == (by, "Relecture", "drafting")
    minutes = freezing.unfreeze_minutes(minutes=minutes, by=by)
    assert (minutes.frozen_at, minutes.frozen_by, minutes.freeze_reason) == (None, None, "")
    entries = AuditEntry.objects.filter(subject=f"minutes:{minutes.pk}", verb__contains="frozen").order_by("pk")
    assert [(entry.verb, entry.user, entry.details) for entry in entries] == [
        ("minutes_frozen", by, {}),
        ("minutes_unfrozen", by, {}),
    ]


@pytest.mark.parametrize(
    ("begin", "act", "code"),
    [
        (frozen_minutes, lambda **given: freezing.freeze_minutes(reason="Encore", **given), "already_frozen"),
        (drafted_minutes, freezing.unfreeze_minutes, "not_frozen"),
        (drafted_minutes, lambda **given: freezing.freeze_minutes(reason=" ", **given), "no_reason"),
        (submitted_minutes, lambda **given: freezing.freeze_minutes(reason="x", **given), "not_drafting"),
        (frozen_minutes, acts.update_minutes, "frozen"),
    ],
    ids=["twice", "not_frozen", "without_reason", "in_review", "title_changed"],
)
def test_freeze_refusals(prefecture, begin, act, code):
    with pytest.raises(ValidationError) as refusal:
        act(minutes=begin(), by=referent())
    assert refusal.value.code == code


def test_freeze_by_a_member_is_refused(prefecture):
    minutes = drafted_minutes()
    with pytest.raises(PermissionDenied):
        freezing.freeze_minutes(minutes=minutes, reason="x", by=member_of(minutes.meeting.committee))


def test_frozen_draft_refuses_a_save_with_the_name_and_the_reason_then_takes_it(prefecture, client):
    minutes, sent, key = frozen_minutes(), change("tapé pendant"), f"client-{uuid4()}"
    client.force_login(referent())
    answer = patch(client, minutes, [sent], key=key)
    assert answer.status_code == 409
    assert answer.json()["message"] == f"Texte figé par {minutes.frozen_by} : Relecture"
    freezing.unfreeze_minutes(minutes=minutes, by=referent())
    assert patch(client, minutes, [sent], key=key).status_code == 200


def test_frozen_draft_is_refused_by_the_database_too(prefecture):
    minutes = frozen_minutes()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Section.objects.filter(minutes=minutes).update(version=2)


def test_submitted_the_frozen_draft_is_no_longer_frozen_and_comes_back_open(prefecture):
    minutes = acts.submit_minutes(minutes=frozen_minutes(), by=referent())
    minutes = acts.return_minutes(minutes=minutes, reason="À revoir", by=secretary_general())
    assert (minutes.state, minutes.is_frozen) == ("drafting", False)


def test_freeze_pages(prefecture, client):
    minutes = drafted_minutes()
    client.force_login(secretary_general())
    freeze = reverse("committees:minutes_freeze", args=[prefecture.slug, minutes.pk])
    assert "Pourquoi le figer" in client.get(freeze).content.decode()
    assert client.post(freeze, {"reason": ""}).status_code == 200
    page = client.post(freeze, {"reason": "Avant la relecture"}, follow=True).content.decode()
    assert "Avant la relecture" in page
    assert "Rouvrir le texte" in page
    unfreeze = reverse("committees:minutes_unfreeze", args=[prefecture.slug, minutes.pk])
    page = client.post(unfreeze, follow=True).content.decode()
    assert "Figer le texte" in page
    assert "Avant la relecture" not in page


def test_freeze_is_not_for_a_member(prefecture, client):
    minutes = submitted_minutes()
    client.force_login(member_of(minutes.meeting.committee))
    for name in ("minutes_freeze", "minutes_unfreeze"):
        assert client.post(reverse(f"committees:{name}", args=[prefecture.slug, minutes.pk])).status_code == 403


def test_frozen_is_said_of_the_freeze_and_of_nothing_else():
    named = {field.name: str(field.verbose_name) for field in Minutes._meta.fields if "fig" in str(field.verbose_name)}
    assert named == {"frozen_at": "figé le"}
