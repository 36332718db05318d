"""T02 for what is posted, asked and sent: a foreign id in a form, a query or a body is one that does not exist.

I02: the trees that are stored pass the schema, and one that does not is not drawn.
"""

import json
import logging
from uuid import uuid4

import pytest
from django import forms
from django.db import models
from django.urls import reverse

from clu_portal.tenancy import scope
from clu_portal.tests.addresses import NOTHING
from clu_portal.tests.asking import People, as_shown
from clu_portal.tests.test_forged_fields import CHOSEN, NOT_SENT, filled, forms_of, pages_with_a_form
from clu_portal.tests.world import two_worlds
from committees.minutes.models import Section, SectionRevision
from committees.minutes.tree.schema import check_section


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    logging.disable(logging.CRITICAL)
    with two_worlds(django_db_blocker) as made:
        yield made
    logging.disable(logging.NOTSET)


def foreign_row(other, model: type[models.Model]):
    return next(thing for thing in [*other.own.values(), *other.users.values()] if isinstance(thing, model))


@pytest.mark.long
@pytest.mark.django_db
def test_T02_foreign_choice_in_a_form_is_refused_as_one_that_does_not_exist(worlds):
    mine, other = worlds
    people, tried, different = People(mine), set(), []
    for page, readers in pages_with_a_form():
        address = page.own(mine)
        for form in forms_of(people.ask(readers[0], "GET", address)):
            for name, field in form.fields.items():
                if isinstance(field, forms.ModelChoiceField):
                    tried.add((page.name, name))
                    foreign = foreign_row(other, field.queryset.model).pk
                    with scope(mine.prefecture.pk):
                        sent = filled(form) | CHOSEN.get(page.name, {})
                    prefixed = form.add_prefix(name)
                    answers = [
                        people.ask(readers[0], "POST", address, sent | {prefixed: value})
                        for value in (foreign, NOTHING)
                    ]
                    own = people.ask(readers[0], "POST", address, sent).status_code
                    shown = {(a.status_code, as_shown(a, f'value="{foreign}"', f'value="{NOTHING}"')) for a in answers}
                    if len(shown) != 1 or answers[0].status_code != 200 or (own != 302 and page.name not in NOT_SENT):
                        different.append((page.name, name, own, [a.status_code for a in answers]))
    assert different == []
    assert len(tried) >= 10


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("committees:meeting_create", "comite={committee}", 200),
        ("committees:meeting_list", "apres=2026-03-20.{meeting}", 200),
        ("committees:minutes_list", "avant={sealed}", 200),
        ("action_plan:action_create", "origine=meeting:{meeting}", 404),
        ("audit:journal", "objet=meeting:{meeting}", 200),
        ("mail:delivery_list", "avant={message}", 200),
        ("organisations:person_list", "apres={person}", 200),
    ],
)
@pytest.mark.django_db
def test_T02_foreign_id_in_a_query_shows_nothing_foreign(worlds, name, query, status):
    """Same answer as an id that exists nowhere, just beside it: in the order of pages, too."""
    mine, other = worlds
    people, address = People(mine), reverse(name, args=[mine.prefecture.slug])
    things = {kind: thing.pk for kind, thing in other.own.items()}
    answer = people.ask("referent", "GET", f"{address}?{query.format(**things)}")
    assert answer.status_code == status
    assert "Z.B" not in answer.content.decode().upper()


@pytest.mark.django_db
def test_T02_foreign_section_in_the_body_is_one_that_does_not_exist(worlds):
    mine, other = worlds
    client = mine.client("referent")
    address = reverse("committees:minutes_text", args=[mine.prefecture.slug, mine.own["draft"].pk])
    with scope(other.prefecture.pk):
        foreign = str(Section.objects.filter(minutes=other.own["draft"]).first().uuid)
    answers = []
    for section in (foreign, str(uuid4())):
        body = {"sections": [{"id": section, "base": 1, "content": None}]}
        tags = {"If-Match": f'"{section}-1"', "Idempotency-Key": f"key-{section}"}
        answer = client.patch(address, json.dumps(body), "application/json", headers=tags)
        answers.append((answer.status_code, answer.content.decode().replace(section, "…")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 412


def test_I02_every_stored_tree_passes_the_schema(worlds, db):
    for world in worlds:
        with scope(world.prefecture.pk):
            trees = [
                row.content for model in (Section, SectionRevision) for row in model.objects.exclude(content=None)
            ]
        assert len(trees) > 8
        for tree in trees:
            check_section(tree)


SCRIPT = {"type": "link", "attrs": {"href": "javascript:steal(2)"}}
HOSTILE_NODES = [
    {"type": "svg", "attrs": {"onload": "steal(2)"}},
    {"type": "paragraph", "attrs": {"style": "color:red"}, "content": []},
    {"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": [SCRIPT]}]},
    {"type": "iframe", "content": [{"type": "text", "text": "x"}]},
]  # fmt: skip


@pytest.mark.parametrize("node", HOSTILE_NODES)
@pytest.mark.django_db
def test_I02_stored_tree_that_breaks_the_schema_is_not_drawn(worlds, node):
    """Whatever wrote it: the page says that it failed, and shows nothing of it."""
    mine = worlds[0]
    with scope(mine.prefecture.pk):
        section = Section.objects.filter(minutes=mine.own["draft"]).first()
        Section.objects.filter(pk=section.pk).update(content=section.content | {"content": [node]})
    page = reverse("committees:minutes_detail", args=[mine.prefecture.slug, mine.own["draft"].pk])
    answer = mine.client("referent").get(page)
    text = answer.content.decode()
    assert answer.status_code in {200, 500}
    for word in ("<svg onload", "steal(2)", "color:red", "javascript:", "<iframe"):
        assert word not in text
