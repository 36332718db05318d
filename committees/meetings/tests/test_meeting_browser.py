"""The pages of a meeting in Chromium: axe and no sideways scroll at two widths, the keyboard, drag and buttons.

CLU_SCREENSHOTS=FOLDER keeps an image of each page, wide and 390 px.
"""

import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from clu_portal.tests.browser import PHONE, WIDE, assert_accessible, assert_fits, assert_no_csp_violation
from committees.meetings import acts
from committees.meetings.models import AgendaItem, CommitteeRules, MeetingDocument, Vote
from committees.tests.factories import CommitteeFactory, referent
from committees.tests.keyboard import assert_keyboard_reaches_everything

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENSHOTS = os.environ.get("CLU_SCREENSHOTS", "")
TITLES = ["Accueil du public", "Délais de réponse", "Questions diverses"]


@pytest.fixture
def meeting(desk):
    """A joint meeting with an agenda of two levels, lines in every state, a document, a vote."""
    with desk.scope():
        by = referent()
        for wording, surname in (("Union des familles", "Aubert"), ("Association des maires", "Brun")):
            desk.seat(wording, surname)
        meeting = desk.meeting(state="prepared", place="Salle des actes", chair="Mme Colin")
        acts.save_meeting(meeting=meeting, joint_committees=[CommitteeFactory(name="CLAC")], by=by)
        items = [acts.save_agenda_item(item=AgendaItem(meeting=meeting, title=title), by=by) for title in TITLES]
        sub = AgendaItem(meeting=meeting, title="Les courriels", printed_label="a)", presenters="Mme Colin")
        acts.save_agenda_item(item=sub, under=items[1], by=by)
        acts.propose_attendance(meeting=meeting, by=by)
        acts.record_states(meeting=meeting, states={meeting.attendances.first().pk: "present"}, by=by)
        CommitteeRules.objects.create(committee=desk.committee, has_quorum=True, has_votes=True, has_proxies=True)
        acts.save_vote(vote=Vote(meeting=meeting, subject="Avis sur les horaires", for_count=1), by=by)
        upload = SimpleUploadedFile("note.pdf", b"%PDF-1.7\n%%EOF\n")
        kinds = {"kind": "annexed", "visibility": "public"}
        acts.add_document(meeting=meeting, title="Note d'accueil", upload=upload, by=by, **kinds)
        return meeting


def paths(desk, meeting) -> dict[str, str]:
    with desk.scope():
        line, item, vote = meeting.attendances.first(), meeting.agenda_items.first(), meeting.votes.first()
        document = MeetingDocument.objects.get()
    base = f"reunions/{meeting.pk}/"
    return {
        "detail": base,
        "form": f"{base}modifier/",
        "repeat": f"{base}reprendre/",
        "agenda": f"{base}ordre-du-jour/",
        "agenda-item": f"points/{item.pk}/",
        "agenda-remove": f"elements/agenda_item/{item.pk}/retirer/",
        "attendance": f"{base}presences/",
        "attendance-line": f"presences/{line.pk}/",
        "participants": f"{base}participants/?absents=oui",
        "guest": f"{base}participants/inviter/",
        "votes": f"{base}votes/",
        "vote": f"votes/{vote.pk}/",
        "rules": f"comites/{desk.committee.pk}/regles/",
        "documents": f"{base}documents/",
        "document": f"documents/{document.pk}/modifier/",
        "document-add": f"{base}documents/ajouter/",
        "list": "reunions/",
    }


def test_pages_of_a_meeting_are_accessible_at_both_widths_and_by_keyboard(desk, meeting):
    for name, path in paths(desk, meeting).items():
        page = desk.open(path)
        assert page.locator("h1").count() == 1
        for width, size in (("wide", WIDE), ("phone", PHONE)):
            page.set_viewport_size(size)
            if SCREENSHOTS:
                page.screenshot(path=Path(SCREENSHOTS) / f"meeting-{name}-{width}.png", full_page=True)
            assert_accessible(page)
            assert_fits(page)
        page.set_viewport_size(WIDE)
        assert_keyboard_reaches_everything(page)
        assert_no_csp_violation(page)


def test_empty_pages_of_a_meeting_say_what_to_do(desk):
    with desk.scope():
        meeting = desk.meeting(held_on=None, state="prepared")
    for name in ("", "ordre-du-jour/", "presences/", "participants/", "votes/", "documents/", "reprendre/"):
        page = desk.open(f"reunions/{meeting.pk}/{name}")
        assert_accessible(page)
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"empty-{name.strip('/') or 'detail'}.png", full_page=True)


def titles(page: Page) -> list[str]:
    return page.locator("[data-order] > li").evaluate_all(
        "rows => rows.map(row => '-'.repeat(Number(row.dataset.depth)) + row.dataset.name)"
    )


def saved(page: Page) -> None:
    expect(page.locator("[data-order]")).to_have_attribute("data-state", "saved")


def as_stored(desk, meeting) -> list[str]:
    with desk.scope():
        items = meeting.agenda_items.all()
        return [f"{'-' if item.parent_id else ''}{item}" for item in items]


START = ["Accueil du public", "Délais de réponse", "-a) Les courriels", "Questions diverses"]


def test_agenda_is_reordered_by_buttons_and_said_aloud(desk, meeting):
    page = desk.open(f"reunions/{meeting.pk}/ordre-du-jour/")
    assert titles(page) == START
    button = page.get_by_role("button", name="Monter Délais de réponse")
    button.press("Enter")
    saved(page)
    wanted = ["Délais de réponse", "-a) Les courriels", "Accueil du public", "Questions diverses"]
    assert titles(page) == as_stored(desk, meeting) == wanted
    expect(page.get_by_role("status").last).to_have_text("« Délais de réponse » : point 1 sur 3.")
    expect(button).to_be_focused()
    button.press("Enter")
    expect(page.get_by_role("status").last).to_have_text("C'est déjà la première place.")
    page.get_by_role("button", name="En sous-point : Accueil du public").press("Enter")
    expect(page.get_by_role("status").last).to_have_text(
        "« Accueil du public » est un sous-point de « Délais de réponse »."
    )
    expect(page.get_by_role("button", name="Au premier niveau : Accueil du public")).to_be_focused()
    assert as_stored(desk, meeting)[2] == "-Accueil du public"


def test_agenda_is_reordered_by_dragging_with_its_sub_items(desk, meeting):
    page = desk.open(f"reunions/{meeting.pk}/ordre-du-jour/")
    rows = page.locator("[data-order] > li")
    below = rows.nth(3).bounding_box()["height"] - 4
    rows.nth(1).locator(".portal-order__handle").drag_to(rows.nth(3), target_position={"x": 40, "y": below})
    saved(page)
    assert as_stored(desk, meeting) == [START[0], START[3], START[1], START[2]] == titles(page)


def test_order_refused_by_the_network_comes_back_and_says_so(desk, meeting):
    page = desk.open(f"reunions/{meeting.pk}/ordre-du-jour/")
    page.route("**/ordre/agenda_item/", lambda route: route.abort())
    page.get_by_role("button", name="Descendre Accueil du public").click()
    expect(page.get_by_role("status").last).to_have_text(re.compile("n'est pas enregistré"))
    assert titles(page) == START == as_stored(desk, meeting)


def test_order_changed_by_somebody_else_is_shown_again(desk, meeting):
    page = desk.open(f"reunions/{meeting.pk}/ordre-du-jour/")
    with desk.scope():
        meeting.agenda_items.get(title=TITLES[2]).delete()
    page.get_by_role("button", name="Descendre Accueil du public").click()
    expect(page.get_by_role("listitem").filter(has_text=TITLES[2])).to_have_count(0)
    assert titles(page) == START[:3] == as_stored(desk, meeting)


def test_buttons_work_without_script(desk, meeting, chromium):
    cookies = desk.page.context.cookies()
    context = chromium.new_context(java_script_enabled=False, locale="fr-FR")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{desk.address}/{desk.prefecture.slug}/reunions/{meeting.pk}/ordre-du-jour/")
    page.get_by_role("button", name="Descendre Accueil du public").click()
    assert as_stored(desk, meeting) == [START[1], START[2], START[0], START[3]]
    page.get_by_role("button", name="En sous-point : Questions diverses").click()
    assert as_stored(desk, meeting)[3] == "-Questions diverses"
    context.close()


def test_lines_of_attendance_move_without_losing_what_is_ticked(desk, meeting):
    page = desk.open(f"reunions/{meeting.pk}/presences/")
    group = page.get_by_role("group", name="Présence de Association des maires : Mme Brun")
    group.get_by_label("excusé", exact=True).check()
    page.get_by_role("button", name=re.compile("^Monter Association des maires")).click()
    saved(page)
    page.get_by_role("button", name="Enregistrer les présences", exact=True).click()
    expect(page.get_by_text("Les présences sont enregistrées.")).to_be_visible()
    with desk.scope():
        assert [(line.body, line.status) for line in meeting.attendances.all()] == [
            ("Association des maires", "excused"),
            ("Union des familles", "present"),
        ]


def test_ticks_not_saved_are_not_lost_without_a_question(desk, meeting):
    page = desk.open(f"reunions/{meeting.pk}/presences/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    group = page.get_by_role("group", name="Présence de Association des maires : Mme Brun")
    group.get_by_label("excusé", exact=True).click()
    page.get_by_label("Personnes").fill("Mme Colin")
    page.get_by_role("button", name="Ajouter ces lignes").click(no_wait_after=True)
    expect(group.get_by_label("excusé", exact=True)).to_be_checked()
    page.get_by_role("button", name="Enregistrer les présences", exact=True).click()
    expect(page.get_by_text("Les présences sont enregistrées.")).to_be_visible()
    assert asked == ["beforeunload"]


def test_file_too_large_is_said_before_it_is_sent(desk, meeting, tmp_path):
    large = tmp_path / "diaporama.pdf"
    with large.open("wb") as file:
        file.truncate(60 * 1024 * 1024 + 1)
    page = desk.open(f"reunions/{meeting.pk}/documents/ajouter/")
    page.get_by_label("Intitulé").fill("Diaporama")
    page.get_by_label("Fichier").set_input_files(large)
    page.get_by_role("button", name="Ajouter le document").click()
    said = page.get_by_label("Fichier").evaluate("input => input.validationMessage")
    assert said.startswith("Ce fichier dépasse 60 Mo")
    assert page.get_by_label("Intitulé").input_value() == "Diaporama"
