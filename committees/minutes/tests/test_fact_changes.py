"""The facts of minutes are those somebody saw: later changes are proposed, taken or kept one by one, then frozen."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from clu_portal.action_plan.enums import ActionState
from clu_portal.action_plan.models import Action
from clu_portal.audit.acts import reference
from clu_portal.audit.models import AuditEntry
from committees.meetings.models import Attendance
from committees.minutes import acts, fact_changes
from committees.minutes.corrections import correct_minutes
from committees.minutes.documents import minutes_html, minutes_text
from committees.minutes.facts import printed_facts
from committees.minutes.freezing import freeze_minutes
from committees.minutes.models import Minutes
from committees.minutes.review import listed_points
from committees.minutes.screen import on_screen
from committees.minutes.text import SectionChange, save_text
from committees.tests.factories import AgendaItemFactory, MeetingFactory, drafted_minutes, referent, sealed_minutes

from .trees import node, section


@pytest.fixture
def minutes(prefecture):
    meeting = MeetingFactory(chair="Mme Diaz")
    AgendaItemFactory(meeting=meeting, title="Accueil")
    Attendance.objects.create(meeting=meeting, printed_line="Mme Aubert", group_heading="Présents")
    return drafted_minutes(meeting)


def add_line(minutes, name="M. Brun"):
    return Attendance.objects.create(meeting=minutes.meeting, printed_line=name, group_heading="Présents", position=9)


def shown(minutes) -> list[tuple]:
    found = fact_changes.changes_shown(Minutes.objects.get(pk=minutes.pk))
    return [(change["label"], change["former"], change["new"], change["kept"]) for change in found]


def keys(minutes) -> list[str]:
    return [change["key"] for change in fact_changes.changes_shown(Minutes.objects.get(pk=minutes.pk))]


BRUN = ("Présences", [], ["M. Brun (Présents)"], False)


def test_minutes_just_begun_have_nothing_to_propose(minutes):
    assert shown(minutes) == []
    assert minutes.facts["attendance"][0]["lines"] == ["Mme Aubert"]


def test_a_later_line_is_proposed_and_printed_nowhere_until_it_is_taken(minutes):
    add_line(minutes)
    assert shown(minutes) == [BRUN]
    minutes = Minutes.objects.get(pk=minutes.pk)
    found = [point.text for point in listed_points(minutes, on_screen(minutes)[2], referent()) if "fait" in point.text]
    assert found == ["Présences : ce fait a changé (« M. Brun (Présents) »)."]
    for printed in (minutes_text(minutes), minutes_html(minutes, draft=True), on_screen(minutes)[0]):
        assert "Aubert" in printed
        assert "Brun" not in printed
    fact_changes.take_facts(minutes=minutes, keys=keys(minutes), by=referent())
    minutes = Minutes.objects.get(pk=minutes.pk)
    for printed in (minutes_text(minutes), minutes_html(minutes, draft=True), on_screen(minutes)[0]):
        assert "Brun" in printed
    assert shown(minutes) == []


def test_changes_are_taken_one_by_one(minutes):
    add_line(minutes)
    minutes.meeting.agenda_items.update(title="Accueil du public")
    first, second = keys(minutes)
    fact_changes.take_facts(minutes=minutes, keys=[second], by=referent())
    assert shown(minutes) == [BRUN]
    assert Minutes.objects.get(pk=minutes.pk).facts["agenda"][0]["title"] == "Accueil du public"
    fact_changes.take_facts(minutes=minutes, keys=[first], by=referent())
    assert shown(minutes) == []


def test_what_is_kept_is_proposed_again_only_when_it_changes_again(minutes):
    line = add_line(minutes)
    fact_changes.keep_facts(minutes=minutes, keys=keys(minutes), by=referent())
    assert shown(minutes) == [(*BRUN[:3], True)]
    assert "Brun" not in minutes_text(Minutes.objects.get(pk=minutes.pk))
    Attendance.objects.filter(pk=line.pk).update(printed_line="M. Brun, maire")
    assert shown(minutes) == [("Présences", [], ["M. Brun, maire (Présents)"], False)]


def test_what_was_kept_may_be_taken_after_all(minutes):
    add_line(minutes)
    for act in (fact_changes.keep_facts, fact_changes.take_facts):
        act(minutes=minutes, keys=keys(minutes), by=referent())
    assert shown(minutes) == []
    assert "kept" not in Minutes.objects.get(pk=minutes.pk).facts


@pytest.mark.parametrize("act", [fact_changes.take_facts, fact_changes.keep_facts])
def test_a_change_that_changed_again_is_refused_and_nothing_is_taken(minutes, act):
    line = add_line(minutes)
    seen = keys(minutes)
    Attendance.objects.filter(pk=line.pk).update(printed_line="M. Brun, maire")
    facts = Minutes.objects.get(pk=minutes.pk).facts
    for names in (seen, [], [*keys(minutes), *seen]):
        with pytest.raises(ValidationError) as refusal:
            act(minutes=minutes, keys=names, by=referent())
        assert refusal.value.code == "changed_again"
    assert Minutes.objects.get(pk=minutes.pk).facts == facts


def test_facts_of_a_text_submitted_are_those_taken_and_change_no_more(minutes):
    add_line(minutes)
    names = keys(minutes)
    submitted = acts.submit_minutes(minutes=minutes, by=referent())
    assert submitted.facts["attendance"][0]["lines"] == ["Mme Aubert"]
    assert shown(minutes) == []
    with pytest.raises(ValidationError) as refusal:
        fact_changes.take_facts(minutes=minutes, keys=names, by=referent())
    assert refusal.value.code == "not_drafting"
    acts.return_minutes(minutes=minutes, reason="Reprendre", by=referent())
    assert shown(minutes) == [BRUN]


def test_facts_of_a_draft_frozen_for_a_while_are_not_taken(minutes):
    add_line(minutes)
    freeze_minutes(minutes=minutes, reason="relecture", by=referent())
    with pytest.raises(ValidationError) as refusal:
        fact_changes.take_facts(minutes=minutes, keys=keys(minutes), by=referent())
    assert refusal.value.code == "frozen"
    assert shown(minutes) == [BRUN]


def test_only_a_referent_takes_facts(minutes):
    from committees.tests.factories import secretary_general

    add_line(minutes)
    with pytest.raises(PermissionDenied):
        fact_changes.take_facts(minutes=minutes, keys=keys(minutes), by=secretary_general())


def test_taking_facts_leaves_a_trace_without_any_name(minutes):
    add_line(minutes)
    fact_changes.take_facts(minutes=minutes, keys=keys(minutes), by=referent())
    entry = AuditEntry.objects.filter(verb="minutes_facts_taken").get()
    assert (entry.subject, entry.details) == (reference(minutes), {"facts": ["attendance"], "count": 1})


def test_a_draft_older_than_the_taking_takes_its_facts_when_it_is_saved(minutes):
    Minutes.objects.filter(pk=minutes.pk).update(facts=None)
    minutes = Minutes.objects.get(pk=minutes.pk)
    add_line(minutes)
    assert printed_facts(minutes)["attendance"][0]["lines"] == ["Mme Aubert", "M. Brun"]
    assert shown(minutes) == []
    save(minutes)
    add_line(minutes, "Mme Colin")
    assert shown(minutes) == [("Présences", [], ["Mme Colin (Présents)"], False)]


def save(minutes, *blocks):
    uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    known = minutes.sections.filter(uuid=uuid).values_list("version", flat=True).first()
    change = SectionChange(uuid, known or 0, section(*blocks, id=uuid))
    save_text(minutes=minutes, changes=[change], order=None, operation_id=f"save-{known}", by=referent())


def test_an_action_is_taken_by_the_save_that_cites_it_and_its_changes_are_proposed(minutes):
    uuid = "00000000-0000-4000-8000-0000000000a1"
    save(minutes, node("action", id=uuid, title="Poser un panneau"))
    assert shown(minutes) == []
    Action.objects.filter(uuid=uuid).update(title="Poser deux panneaux")
    former, new = (f"Poser {which} – état : proposée" for which in ("un panneau", "deux panneaux"))
    assert shown(minutes) == [("Actions de la réunion", [former], [new], False)]
    assert "un panneau" in minutes_text(Minutes.objects.get(pk=minutes.pk))


def test_an_action_pasted_then_removed_is_no_fact_any_more(minutes):
    other = Action.objects.create(title="D'ailleurs")
    save(minutes, node("action", id=str(other.uuid), title="D'ailleurs"))
    assert [action["title"] for action in Minutes.objects.get(pk=minutes.pk).facts["actions"]] == ["D'ailleurs"]
    save(minutes)
    assert Minutes.objects.get(pk=minutes.pk).facts["actions"] == []
    assert shown(minutes) == []


def test_open_actions_of_the_meetings_before_are_facts_and_their_end_is_proposed(prefecture):
    former = MeetingFactory(held_on="2026-01-10")
    elsewhere = MeetingFactory(held_on="2026-01-11")
    later = MeetingFactory(committee=former.committee, held_on="2026-09-10")
    meeting = MeetingFactory(committee=former.committee, held_on="2026-06-10")
    titles = {former: "Ouverte", elsewhere: "Ailleurs", later: "Plus tard", meeting: "D'aujourd'hui"}
    actions = {title: Action.objects.create(title=title, origin=reference(row)) for row, title in titles.items()}
    Action.objects.create(title="Close", origin=reference(former), state=ActionState.ABANDONED)
    minutes = drafted_minutes(meeting)
    assert [action["title"] for action in minutes.facts["previous_actions"]] == ["Ouverte"]
    assert [action["title"] for action in minutes.facts["actions"]] == ["D'aujourd'hui"]
    Action.objects.filter(pk=actions["Ouverte"].pk).update(state=ActionState.ABANDONED)
    assert shown(minutes) == [
        (
            "Suites données aux actions précédentes",
            ["Ouverte – état : proposée"],
            ["Ouverte – état : abandonnée"],
            False,
        )
    ]


def test_a_correction_begins_with_the_facts_of_the_sealed_version(prefecture):
    sealed = sealed_minutes()
    add_line(sealed)
    correction = correct_minutes(minutes=sealed, by=referent())
    assert correction.facts["attendance"] == sealed.facts["attendance"]
    assert shown(correction) == [("Présences", [], ["Rubrique « Présents »", "M. Brun"], False)]


def test_address_takes_what_was_seen_and_answers_what_remains(minutes, client):
    client.force_login(referent())
    add_line(minutes)
    minutes.meeting.agenda_items.update(title="Accueil du public")
    address = reverse("committees:minutes_facts", args=[minutes.prefecture.slug, minutes.pk])
    first, second = client.get(address).json()["changes"]
    answer = client.post(address, {"choix": "prendre", "cle": [first["key"]]})
    assert (answer.status_code, answer.json()["changes"]) == (200, [second])
    assert answer.json()["facts"]["attendance"][0]["lines"] == ["Mme Aubert", "M. Brun"]
    again = client.post(address, {"choix": "prendre", "cle": [first["key"]]})
    assert (again.status_code, again.json()["changes"]) == (409, [second])
    assert "a encore changé" in again.json()["message"]
    kept = client.post(address, {"choix": "garder", "cle": [second["key"]]}).json()
    assert kept["changes"] == [second | {"kept": True}]
    assert client.post(address, {"choix": "autre", "cle": [second["key"]]}).status_code == 400
    client.logout()
    assert client.post(address, {"choix": "prendre"}).status_code == 401
