"""What remains to look at, on the page of the minutes before they are submitted; only what would be false stops."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from clu_portal.accounts.tests.helpers import sign_in
from clu_portal.action_plan.models import Action
from committees.meetings import acts as meeting_acts
from committees.meetings.models import Attendance, Vote
from committees.meetings.tests.lists import meeting_of
from committees.minutes import acts, fact_changes
from committees.minutes.indexed import Citation
from committees.minutes.models import Minutes
from committees.minutes.screen import on_screen
from committees.minutes.tests.trees import node, section
from committees.minutes.text import OrderChange, SectionChange, save_text
from committees.tests.factories import AgendaItemFactory, drafted_minutes, referent, secretary_general

HEADING = "Avant de soumettre"


def page_of(client, minutes: Minutes, user) -> str:
    sign_in(client, user)
    answer = client.get(reverse("committees:minutes_detail", args=[minutes.prefecture.slug, minutes.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def write(minutes: Minutes, *blocks, by) -> dict:
    """Add a section to the end of the text."""
    content = section(*blocks)
    id = content["attrs"]["id"]
    order = OrderChange(minutes.order_version, [*minutes.section_order, id])
    save_text(minutes=minutes, changes=[SectionChange(id, 0, content)], order=order, operation_id=str(uuid4()), by=by)
    return content


def points_of(minutes: Minutes) -> list[str]:
    _, _, points = on_screen(Minutes.objects.select_related("meeting").get(pk=minutes.pk))
    return [point.text for point in points]


def test_page_lists_what_remains_and_leads_to_its_section(client, prefecture):
    by = referent()
    minutes = drafted_minutes(AgendaItemFactory(title="Accueil du public").meeting, by)
    shown = page_of(client, minutes, by)
    empty = next(s for s in minutes.sections.all() if "Accueil du public" in str(s.content))
    edit = reverse("committees:minutes_edit", args=[prefecture.slug, minutes.pk])
    assert HEADING in shown
    assert f'<a href="{edit}#s-{empty.uuid}">Rien n’est écrit sous « 1. Accueil du public ».</a>' in shown


def test_a_fact_changed_since_is_listed_until_it_is_kept(client, prefecture):
    by = referent()
    minutes = drafted_minutes(by=by)
    Attendance.objects.create(
        meeting=minutes.meeting, printed_line="M. Brun", group_heading="Présents", status="present"
    )
    said = "Présences : ce fait a changé"
    assert said in page_of(client, minutes, by)
    minutes = Minutes.objects.get(pk=minutes.pk)
    keys = [change["key"] for change in fact_changes.changes_shown(minutes)]
    fact_changes.keep_facts(minutes=minutes, keys=keys, by=by)
    assert said not in page_of(client, minutes, by)


def test_page_says_nothing_of_it_to_who_does_not_write(client, prefecture):
    minutes = drafted_minutes()
    assert HEADING not in page_of(client, minutes, secretary_general())


def test_page_says_nothing_of_it_once_submitted(client, prefecture):
    by = referent()
    minutes = drafted_minutes(by=by)
    acts.submit_minutes(minutes=minutes, by=by)
    assert HEADING not in page_of(client, minutes, by)


def test_points_cost_the_page_no_query(prefecture, count_queries):
    minutes = drafted_minutes(AgendaItemFactory().meeting)
    costs = count_queries(lambda: points_of(minutes))
    for _ in range(3):
        write(minutes, node("heading", "Vide"), by=referent())
        minutes.refresh_from_db()
    assert count_queries(lambda: points_of(minutes)) == costs
    assert points_of(minutes).count("Rien n’est écrit sous « Vide ».") == 3


def test_what_is_left_to_write_stops_no_submission(prefecture):
    minutes = drafted_minutes(AgendaItemFactory().meeting)
    assert acts.submit_minutes(minutes=minutes, by=referent()).state == "in_review"


def test_an_action_the_plan_no_longer_holds_stops_it(prefecture):
    by = referent()
    minutes = drafted_minutes(by=by)
    write(minutes, node("action", id=str(uuid4()), title="Afficher les délais", owner="", due="", wording=""), by=by)
    minutes.refresh_from_db()
    Citation.objects.all().delete()
    Action.objects.all().delete()
    with pytest.raises(ValidationError) as refusal:
        acts.submit_minutes(minutes=minutes, by=by)
    assert refusal.value.code == "false"
    assert "« Afficher les délais »" in refusal.value.message
    minutes.refresh_from_db()
    assert minutes.state == "drafting"


def test_a_vote_printed_without_quorum_stops_it(prefecture):
    """Recorded with a quorum; those counted present were not, it turns out."""
    by = referent()
    meeting = meeting_of(4, 2, has_quorum=True)
    meeting_acts.save_vote(vote=Vote(meeting=meeting, subject="Horaires", for_count=1), by=by)
    minutes = drafted_minutes(meeting, by)
    Attendance.objects.filter(meeting=meeting).update(status="absent")
    minutes = Minutes.objects.get(pk=minutes.pk)
    keys = [change["key"] for change in fact_changes.changes_shown(minutes)]
    minutes = fact_changes.take_facts(minutes=minutes, keys=keys, by=by)
    with pytest.raises(ValidationError) as refusal:
        acts.submit_minutes(minutes=minutes, by=by)
    assert refusal.value.code == "false"
