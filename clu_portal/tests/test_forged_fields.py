"""T12: what is posted beside the fields of a form changes nothing. Every form of every page is filled and sent."""

import json
import logging
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from clu_portal.accounts.invitations import create_link
from clu_portal.accounts.models import Invitation, Role, User
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.addresses import pages
from clu_portal.tests.asking import People
from clu_portal.tests.marking import marked_models
from clu_portal.tests.test_urls_by_role import written
from clu_portal.tests.world import ROLES, two_worlds

NUMBER, DAY, WORD = 7777, date(2001, 2, 3), "forgé"
FORGED = [NUMBER, DAY, WORD, datetime(2001, 2, 3, tzinfo=UTC), UUID(int=1), time(1, 2)]
PEOPLE = ("user_id", "author_id", "by_id", "invited_by_id", "approved_by_id", "updated_by_id", "requested_by_id")
TRIED_FIRST = dict.fromkeys(("prefecture", "prefecture_id"), "{other}") | {
    **dict.fromkeys(("author", "by", "user"), "{user}"),
    **dict.fromkeys(("is_staff", "is_superuser"), "on"),
    "is_active": "",
    "signed_at": "2001-02-03",
}
# Pages whose form is refused here for a reason that has nothing to do with the fields.
NOT_SENT = {
    "account_change_password", "account_login", "account_reauthenticate", "account_reset_password",
    "accounts:departure", "accounts:member_code", "accounts:member_sign_in", "accounts_national:prefecture_detail",
    "committees:composition_import", "organisations:organisation_import", "organisations:person_import",
    "committees:guest_invite", "committees:meeting_cancel", "committees:meeting_postpone", "mfa_activate_totp",
    "mfa_add_webauthn", "mfa_generate_recovery_codes", "minutes_verify", "committees:minutes_distribute",
}  # fmt: skip
# Pages whose answer changes no row of a préfecture, or whose form says again what was there.
WITHOUT_EFFECT = {"accounts_national:prefecture_update", "usersessions_list"}

# What a form needs beyond its required fields.
CHOSEN = {"committees:meeting_votes": {"method": "consensus"}}


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    logging.disable(logging.CRITICAL)
    with two_worlds(django_db_blocker) as made:
        yield made
    logging.disable(logging.NOTSET)


def pages_with_a_form():
    known = written()
    for page in pages():
        what = "propre" if page.about else "–"
        readers = known.get((page.name, what, "GET"), "").split()
        if "200" in readers and (page.name, what, "POST") in known:
            yield page, [role for role, status in zip(ROLES, readers, strict=True) if status == "200"]


def forms_of(answer) -> list[forms.BaseForm]:
    found = {}
    for layer in answer.context or []:
        found |= {id(value): value for value in values(layer) if isinstance(value, forms.BaseForm)}
    return list(found.values())


def values(layer):
    return (layer.flatten() if hasattr(layer, "flatten") else layer).values()


def filled(form: forms.BaseForm) -> dict[str, object]:
    """What a browser would send: the values shown, the required ones filled."""
    sent = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if value in (None, "", []) and field.required:
            value = example(field)
        if value not in (None, False, ""):
            sent[form.add_prefix(name)] = value.isoformat() if isinstance(value, date | time) else value
    return sent


def example(field: forms.Field):
    if isinstance(field, forms.ModelChoiceField):
        return getattr(field.queryset.last(), "pk", "")
    if isinstance(field, forms.ChoiceField):
        return next(value for value, _ in field.choices if value)
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("note.pdf", b"%PDF-1.7\n%%EOF\n")
    known = {forms.EmailField: "quelquun@exemple.test", forms.DateField: "2030-01-02", forms.BooleanField: "on"}
    return known.get(type(field), "un-texte")


def forged(form: forms.BaseForm, world, other) -> dict[str, object]:
    """Every field of the model that the form does not offer, and what everybody tries first."""
    user = other.users["referent"].pk
    tried = {name: value.format(other=other.prefecture.pk, user=user) for name, value in TRIED_FIRST.items()}
    model = getattr(getattr(form, "_meta", None), "model", None)
    for field in model._meta.concrete_fields if model else []:
        tried[field.name] = tried[field.attname] = value_for(field, world, other)
    return {form.add_prefix(name): value for name, value in tried.items() if name not in form.fields}


def value_for(field: models.Field, world, other):
    if field.is_relation:
        return {User: other.users["referent"].pk, Prefecture: other.prefecture.pk}.get(field.related_model, NUMBER)
    if field.choices:
        return field.flatchoices[-1][0]
    kinds = {
        models.DateTimeField: "2001-02-03T00:00Z",
        models.DateField: "2001-02-03",
        models.TimeField: "01:02",
        models.UUIDField: str(UUID(int=1)),
        models.BooleanField: "on",
        models.JSONField: "{}",
    }
    numeric = isinstance(field, models.IntegerField)
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), NUMBER if numeric else WORD)


def rows(world) -> dict[str, dict[str, object]]:
    """Every row of a préfecture and of the directory, field by field."""
    with scope(world.prefecture.pk):
        return {
            f"{model._meta.label}:{row.pk}": {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
            for model in marked_models()
            for row in model._default_manager.all()
        }


def taken(before: dict, after: dict, form_fields: set[str], world, other) -> set[str]:
    """The fields whose new value is a forged one."""
    foreign = {"prefecture_id": other.prefecture.pk} | dict.fromkeys(PEOPLE, other.users["referent"].pk)
    found = set()
    for label, row in after.items():
        for name, value in row.items():
            is_new = before.get(label, {}).get(name) != value
            is_forged = value in FORGED or value == foreign.get(name, object())
            if is_new and is_forged and name.removesuffix("_id") not in form_fields:
                found.add(f"{label.partition(':')[0]}.{name}")
    return found


@pytest.mark.long
@pytest.mark.django_db
def test_T12_fields_posted_beside_those_of_a_form_change_nothing(worlds):
    mine, other = worlds
    people, not_sent, without_effect, found = People(mine), {}, set(), {}
    for page, readers in pages_with_a_form():
        for role in readers:
            address = page.own(mine)
            sheets = forms_of(people.ask(role, "GET", address))
            with scope(mine.prefecture.pk):
                sent = {name: value for form in sheets for name, value in filled(form).items()}
            sent |= CHOSEN.get(page.name, {})
            papers = sheets or [forms.Form()]
            beside = {name: value for form in papers for name, value in forged(form, mine, other).items()}
            with people.trying(role) as client:
                before = rows(mine)
                answer = client.post(address, beside | sent)
                after = rows(mine)
                if sheets and answer.status_code != 302:
                    not_sent[page.name] = [form.errors for form in forms_of(answer)]
                elif sheets and after == before:
                    without_effect.add(page.name)
                offered = {name for form in sheets for name in form.fields}
                if wrong := taken(before, after, offered, mine, other):
                    found[page.name, role] = wrong
    assert found == {}
    assert {name: errors for name, errors in not_sent.items() if name not in NOT_SENT} == {}
    assert without_effect == WITHOUT_EFFECT


@pytest.mark.django_db
def test_T12_fields_sent_beside_the_text_of_minutes_change_nothing(worlds):
    mine, other = worlds
    page = next(page for page in pages() if page.name == "committees:minutes_text")
    client, before = mine.client("referent"), rows(mine)
    address = page.own(mine)
    section = client.get(address).json()["sections"][0]
    user = other.users["referent"].pk
    beside = {
        "version": NUMBER,
        "author": user,
        "updated_by": user,
        "prefecture": other.prefecture.pk,
        "state": "sealed",
    }
    change = {"id": section["id"], "base": section["version"], "content": section["content"]} | beside
    body = {"sections": [change], "text_hash": WORD, "order_version": NUMBER, **beside}
    tags = {"If-Match": f'"{section["id"]}-{section["version"]}"', "Idempotency-Key": "forged-fields-1"}
    answer = client.patch(address, json.dumps(body), "application/json", headers=tags)
    assert (answer.status_code, sorted(answer.json())) == (200, ["order_version", "saved_at", "sections"])
    assert taken(before, rows(mine), set(), mine, other) == set()


@pytest.mark.django_db
def test_T12_invitation_accepted_with_forged_fields_gives_the_role_invited(worlds, client):
    mine, other = worlds
    with scope(mine.prefecture.pk):
        link = create_link(Invitation.objects.get(pk=mine.own["invitation"].pk))
    client.get(f"/acces/{link}/")
    password = "une phrase de passe assez longue"
    beside = {
        "kind": "national_admin",
        "prefecture": other.prefecture.pk,
        "is_staff": "on",
        "email": "pris@exemple.test",
    }
    answer = client.post("/acces/", {"name": "Invité", "password": password, "password_again": password} | beside)
    assert answer.status_code == 302
    role = Role.objects.latest("pk")
    assert (role.kind, role.prefecture_id) == ("agent", mine.prefecture.pk)
    assert role.user.email == mine.own["invitation"].email
