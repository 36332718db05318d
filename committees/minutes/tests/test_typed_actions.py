"""An action typed in the minutes is a line of the plan d'actions, which lives on without them."""

import pytest

from clu_portal.action_plan.models import Action
from clu_portal.audit.models import AuditEntry
from clu_portal.files.storage import store_bytes
from clu_portal.lib.fuzzy_date import FuzzyDate
from clu_portal.links.models import Link
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PersonFactory, PrefectureFactory, ServiceFactory
from committees.meetings.models import MeetingDocument
from committees.minutes import acts
from committees.minutes.facts import actions_today, facts_of_today, printed_facts
from committees.minutes.indexed import Citation, Decision
from committees.minutes.text import SectionChange, save_text
from committees.minutes.tree.errors import TreeError
from committees.minutes.typed_actions import find_owner
from committees.tests.factories import MeetingFactory, drafted_minutes, referent

from .trees import node, section

ID, OTHER = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2))
ACTION = "00000000-0000-4000-8000-0000000000a1"


def action(title="Poser un panneau", id=ACTION, **attrs):
    return node("action", id=id, title=title, **attrs)


def saved(minutes, *blocks, id=ID, base=0, operation="operation-1"):
    changes = [SectionChange(id, base, section(*blocks, id=id) if blocks else None)]
    save_text(minutes=minutes, changes=changes, order=None, operation_id=operation, by=referent())
    return minutes


def test_save_creates_the_action_that_was_typed(prefecture):
    minutes = saved(drafted_minutes(), action(owner="la mairie", due="2e trimestre 2027"))
    row = Action.objects.get()
    assert (str(row.uuid), row.title, row.state, row.owner_text) == (
        ACTION,
        "Poser un panneau",
        "proposed",
        "la mairie",
    )
    assert (str(row.due), row.due.precision) == ("2e trimestre 2027", FuzzyDate.quarter(2027, 2).precision)
    assert sorted(Link.objects.values_list("source", "target")) == [
        (f"meeting:{minutes.meeting_id}", f"action:{row.pk}"),
        (f"minutes:{minutes.pk}", f"action:{row.pk}"),
    ]
    assert AuditEntry.objects.filter(verb="action_saved").count() == 1
    assert Citation.objects.get().action == row


@pytest.mark.parametrize("typed", ["Mme Camille Exemple", "camille exemple", "Mme Exemple"])
def test_save_finds_the_person_named_and_plans_the_action(prefecture, typed):
    person = PersonFactory(civility="madame", given_name="Camille", surname="Exemple")
    saved(drafted_minutes(), action(owner=typed))
    row = Action.objects.get()
    assert (row.owner, row.state, row.owner_wording) == (person, "planned", "")


def test_find_owner_knows_a_service_by_name_or_acronym_and_nobody_twice(prefecture):
    service = ServiceFactory(name="Accueil", acronym="BAU")
    for _ in range(2):
        PersonFactory(civility="", given_name="Alix", surname="Double")
    assert [find_owner(typed) for typed in ("accueil", "BAU", "Alix Double", "Alix", "", "le Double")] == [
        (None, service), (None, service), (None, None), (None, None), (None, None), (None, None),
    ]  # fmt: skip


def test_save_again_and_paste_elsewhere_cite_the_same_row(prefecture):
    minutes = saved(drafted_minutes(), action())
    saved(minutes, action(title="Autre", wording="Un panneau sera posé."), base=1, operation="operation-2")
    saved(minutes, action(), id=OTHER, operation="operation-3")
    assert Action.objects.get().title == "Poser un panneau"
    assert [citation.wording for citation in Citation.objects.all()] == ["Un panneau sera posé.", ""]


def test_action_removed_from_the_text_stays_in_the_plan(prefecture):
    minutes = saved(drafted_minutes(), action())
    saved(minutes, base=1, operation="operation-2")
    assert (Citation.objects.count(), Action.objects.count()) == (0, 1)


def test_save_sent_twice_creates_one_action(prefecture):
    minutes = saved(drafted_minutes(), action())
    saved(minutes, action())
    assert Action.objects.count() == 1


@pytest.mark.parametrize(
    ("attrs", "reason"),
    [
        ({"due": "31/02/2027"}, "n'existe pas"),
        ({"title": " "}, "ne peut pas être vide"),
        ({"title": "x" * 201}, "200"),
    ],
)
def test_save_of_an_action_that_cannot_be_is_refused_and_writes_nothing(prefecture, attrs, reason):
    minutes = drafted_minutes()
    before = minutes.sections.count()
    with pytest.raises(TreeError, match=reason) as refusal:
        saved(minutes, action(**attrs))
    assert refusal.value.section == ID
    assert (minutes.sections.count(), Action.objects.count()) == (before, 0)


def test_save_of_an_action_copied_from_another_prefecture_makes_one_of_this_one(prefecture):
    elsewhere = PrefectureFactory()
    with scope(elsewhere.pk):
        saved(drafted_minutes(), action(title="Là-bas"))
    saved(drafted_minutes(), action(title="Ici"))
    assert [row.title for row in Action.objects.all()] == ["Ici"]
    with scope(elsewhere.pk):
        assert [row.title for row in Action.objects.all()] == ["Là-bas"]


def test_facts_are_those_of_the_save_that_cites_the_action(prefecture):
    minutes = saved(drafted_minutes(), action())
    known = {"id": ACTION, "title": "Poser un panneau", "owner": "", "due": "", "state": "proposée"}
    Action.objects.update(title="Poser deux panneaux")
    minutes.refresh_from_db()
    assert printed_facts(minutes)["actions"] == [known]
    assert facts_of_today(minutes)["actions"] == [known | {"title": "Poser deux panneaux"}]
    submitted = acts.submit_minutes(minutes=minutes, by=referent())
    assert submitted.facts["actions"] == [known]


def test_decisions_are_indexed_with_their_kind(prefecture):
    saved(drafted_minutes(), node("decision", "Le projet est validé.", kind="opinion", decided_by="les membres"))
    row = Decision.objects.get()
    assert (row.kind, row.decided_by, row.text) == ("opinion", "les membres", "Le projet est validé.")


def test_facts_list_the_dossier_by_kind_without_what_is_internal(prefecture):
    meeting = MeetingFactory()
    file = store_bytes(name="a.txt", content=b"a", content_type="text/plain")
    for position, (title, kind, visibility) in enumerate(
        [
            ("Diaporama", "annexed", "members"),
            ("Enquête", "sent_before", "members"),
            ("Note interne", "sent_before", "internal"),
            ("Ordre du jour", "sent_before", "members"),
        ]
    ):
        MeetingDocument.objects.create(
            meeting=meeting, title=title, kind=kind, visibility=visibility, position=position, file=file
        )
    documents = facts_of_today(drafted_minutes(meeting))["documents"]
    assert {key for group in documents for row in group.pop("rows") for key in row} == {"id", "line", "file", "type"}
    assert documents == [
        {
            "heading": "Documents envoyés avant la réunion",
            "kind": "sent_before",
            "lines": ["Enquête", "Ordre du jour"],
        },
        {"heading": "Annexes", "kind": "annexed", "lines": ["Diaporama"]},
    ]


@pytest.mark.parametrize("count", [1, 60])
def test_facts_cost_the_same_with_sixty_actions(prefecture, count_queries, count):
    blocks = [action(id=f"00000000-0000-4000-8000-{number:012}", owner="la mairie") for number in range(count)]
    minutes = saved(drafted_minutes(), *blocks)
    assert count_queries(lambda: actions_today(minutes)) == 1
    assert len(actions_today(minutes)["actions"]) == count
