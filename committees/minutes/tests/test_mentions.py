"""What is printed around the text: contacts, drafters, reference lines, page marks."""

import hashlib
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings
from clu_portal.organisations.enums import PageMark
from committees.minutes import acts, corrections
from committees.minutes.documents import minutes_html, minutes_text
from committees.minutes.enums import MinutesState
from committees.minutes.head import labelled
from committees.minutes.models import Minutes
from committees.tests.factories import drafted_minutes, referent, sealed_minutes, submitted_minutes

MENTIONS = {
    "contacts": "Affaire suivie par : Claude Exemple / Dominique Modèle\nTél : 01 02 03 04 05/ 06",
    "drafters": "Rédigé par Camille Essai\nRelu par Alix Épreuve",
    "reference_lines": "Objet : visite du point d'accueil\nRéf. : diaporama joint",
}


def with_mentions(**changes) -> Minutes:
    return acts.update_minutes(minutes=drafted_minutes(), by=referent(), **(MENTIONS | changes))


def printed(minutes: Minutes) -> bytes:
    return render_pdf(minutes_html(minutes, draft=True), created_at=timezone.now())


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("Objet : visite", "Objet :", "visite"),
        ("Réf. :", "Réf. :", ""),
        ("OBJET\u00a0:\u00a0une visite : suite", "OBJET\u00a0:", "une visite : suite"),
        ("Séance de 14:30", "", "Séance de 14:30"),
        ("Sans intitulé", "", "Sans intitulé"),
        ("x" * 40 + ": a", "x" * 40 + ":", "a"),
        ("x" * 41 + ": a", "", "x" * 41 + ": a"),
    ],
)
def test_labelled_splits_at_the_first_colon_of_a_short_label(line, label, text):
    assert labelled(line) == {"label": label, "text": text}


def test_mentions_are_printed_as_typed_in_pdf_and_text_without_a_finding(prefecture):
    minutes = with_mentions()
    document = printed(minutes)
    assert findings(document) == []
    for read in (pdf_text(document), minutes_text(minutes)):
        lines = [line.strip() for line in read.splitlines()]
        assert [line for line in "\n".join(MENTIONS.values()).splitlines() if line not in lines] == []


def test_mentions_that_are_missing_print_nothing(prefecture):
    html = minutes_html(drafted_minutes(), draft=True)
    assert 'class="letterhead"' in html
    assert "contacts" not in html
    assert "references" not in html


@pytest.mark.parametrize(
    ("mark", "shown"),
    [("", []), ("fraction", ["1/1"]), ("continues", []), ("page-of", ["Page 1 sur 1"])],
)
def test_page_mark_is_the_one_chosen(prefecture, mark, shown):
    text = pdf_text(printed(with_mentions(page_mark=mark)))
    assert [words for words in ("1/1", "Page 1 sur 1", ".../...") if words in text] == shown


def test_update_minutes_page_mark_that_does_not_exist_is_refused_by_the_database_too(prefecture):
    minutes = drafted_minutes()
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(page_mark="roman")


@pytest.mark.parametrize("name", ["contacts", "drafters", "reference_lines", "page_mark"])
def test_mentions_are_frozen_with_the_text(prefecture, name):
    minutes = submitted_minutes()
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(**{name: PageMark.FRACTION})


@pytest.mark.parametrize("name", [*MENTIONS, "page_mark"])
def test_a_draft_rendered_before_a_mention_changed_is_out_of_date(prefecture, name):
    minutes = drafted_minutes()
    before = acts.draft_hash(minutes)
    setattr(minutes, name, "fraction")
    assert acts.draft_hash(minutes) != before


def test_correction_takes_the_mentions_over(prefecture):
    minutes = sealed_minutes()
    correction = corrections.correct_minutes(minutes=minutes, by=referent())
    assert correction.page_mark == minutes.page_mark
    acts.update_minutes(minutes=correction, by=referent(), **MENTIONS)
    assert {name: getattr(Minutes.objects.get(pk=correction.pk), name) for name in MENTIONS} == MENTIONS


def test_mentions_are_typed_in_the_form_and_shown_on_the_page(client, prefecture):
    minutes, user = drafted_minutes(), referent()
    client.force_login(user)
    address = reverse("committees:minutes_update", args=[prefecture.slug, minutes.pk])
    typed = MENTIONS | {"title_lines": "Compte-rendu", "page_mark": "continues", "title_form": "bold"}
    page = client.post(address, typed, follow=True).content.decode()
    assert "Affaire suivie par : Claude Exemple / Dominique Modèle<br>Tél : 01 02 03 04 05/ 06" in page
    assert "<strong>Réf. :</strong> diaporama joint" in page
    assert Minutes.objects.get(pk=minutes.pk).page_mark == PageMark.CONTINUES


def test_the_form_of_the_mentions_leads_back_without_saving(client, prefecture):
    minutes = drafted_minutes()
    client.force_login(referent())
    page = client.get(reverse("committees:minutes_update", args=[prefecture.slug, minutes.pk])).content.decode()
    assert f'href="{minutes.get_absolute_url()}">Annuler</a>' in page


def test_render_minutes_text_writes_the_whole_as_text(prefecture, tmp_path):
    minutes = with_mentions()
    output = tmp_path / "minutes.txt"
    call_command("render_minutes", str(minutes.meeting_id), output=output, text=True)
    assert output.read_text() == minutes_text(minutes)
    assert "Objet : visite du point d'accueil" in output.read_text()


def signed(*lines: str) -> Minutes:
    minutes = drafted_minutes()
    section = minutes.sections.order_by("pk").last()
    block = {"type": "signature_block", "content": [signature_line(line) for line in lines]}
    section.content = {**section.content, "content": [block]}
    section.save()
    return minutes


def signature_line(line: str) -> dict:
    return {"type": "signature_line"} | ({"content": [{"type": "text", "text": line}]} if line else {})


@pytest.mark.parametrize(
    "lines",
    [
        ["La secrétaire générale,"],
        ["La secrétaire générale,", "", "Camille Exemple"],
        ["La Préfète,", "P/La Préfète", "La Secrétaire Générale", "signé", "Camille Exemple"],
    ],
)
def test_signature_of_one_to_five_lines_is_printed_as_typed(prefecture, lines):
    minutes = signed(*lines)
    document = printed(minutes)
    assert findings(document) == []
    read = [line.strip() for line in pdf_text(document).splitlines()]
    assert [line for line in read if line in lines and line] == [line for line in lines if line]
    assert minutes_html(minutes, draft=True).count('<div class="blank-line">') == lines.count("")


def test_signature_without_a_line_prints_nothing(prefecture):
    minutes = signed()
    assert 'class="signature"' not in minutes_html(minutes, draft=True)
    assert findings(printed(minutes)) == []


def test_pages_submitted_before_versions_said_what_they_correct_are_still_those_to_approve(prefecture):
    """The hash of a version without a reason is the one it had when there was none to give."""
    minutes = drafted_minutes()
    minutes.state = MinutesState.IN_REVIEW  # and its layout was not frozen
    lines = [minutes.title_lines, minutes.place, str(minutes.dated_on or ""), minutes.contacts, minutes.drafters]
    former = ["text", *lines, minutes.reference_lines, minutes.page_mark, ""]
    assert acts.printed_hash(minutes, "text") == hashlib.sha256(json.dumps(former).encode()).hexdigest()
    minutes.correction_reason = "Un nom était mal écrit."
    assert acts.printed_hash(minutes, "text") != hashlib.sha256(json.dumps(former).encode()).hexdigest()
