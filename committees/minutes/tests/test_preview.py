"""The pages beside the editor: what is asked, what is drawn, what is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clu_portal.files.models import StoredFile
from clu_portal.lib.pdf import pdf_text
from committees.minutes import acts, preview
from committees.minutes.preview import ask_preview, draw_asked
from committees.minutes.previewed import Preview
from committees.tests.factories import drafted_minutes, referent

PNG = b"\x89PNG"


@pytest.fixture
def minutes(prefecture):
    return drafted_minutes()


@pytest.fixture
def drawn_texts(monkeypatch):
    """The texts that were laid out, in their order."""
    texts = []
    real = preview.drawn_pages

    def counted(html, **options):
        texts.append(html)
        return real(html, **options)

    monkeypatch.setattr(preview, "drawn_pages", counted)
    return texts


def retitle(minutes, title: str):
    acts.update_minutes(minutes=minutes, by=referent(), title_lines=title)
    minutes.refresh_from_db()


def write(minutes, words: str) -> None:
    """Put a heading and a sentence in the first section."""
    section = minutes.sections.get(uuid=minutes.section_order[0])
    heading = {
        "type": "heading",
        "attrs": {"level": 1, "label": "3."},
        "content": [{"type": "text", "text": "Accueil"}],
    }
    line = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
    minutes.sections.filter(pk=section.pk).update(content=section.content | {"content": [heading, line]})


def draw(minutes) -> bool:
    return draw_asked(minutes.prefecture_id, minutes.pk)


def kept(minutes) -> Preview:
    return Preview.objects.get(minutes=minutes)


def text_of(minutes) -> str:
    return pdf_text(bytes(kept(minutes).content))


def test_preview_only_the_last_asked_for_is_drawn(minutes, drawn_texts):
    for title in ("Premier titre", "Deuxième titre", "Troisième titre"):
        retitle(minutes, title)
        ask_preview(minutes)
    assert [draw(minutes), draw(minutes), draw(minutes)] == [True, False, False]
    assert len(drawn_texts) == 1
    assert "Troisième titre" in text_of(minutes)


def test_preview_of_a_text_already_drawn_is_not_drawn_again(minutes, drawn_texts):
    ask_preview(minutes)
    draw(minutes)
    assert ask_preview(minutes).stage(timezone.now()) == "done"
    assert not draw(minutes)
    assert len(drawn_texts) == 1


def test_preview_asked_while_another_is_drawn_is_drawn_after_it(minutes, monkeypatch):
    real, queued = preview.draw, []
    monkeypatch.setattr(preview, "queue", lambda *arguments: queued.append(arguments))

    def overtaken(drawing):
        retitle(minutes, "Titre changé pendant le dessin")
        ask_preview(minutes)
        assert not draw(minutes)
        return real(drawing)

    ask_preview(minutes)
    monkeypatch.setattr(preview, "draw", overtaken)
    queued.clear()
    assert draw(minutes)
    monkeypatch.setattr(preview, "draw", real)
    assert queued[-1] == (minutes.prefecture_id, minutes.pk)
    assert kept(minutes).stage(timezone.now()) == "waiting"
    assert draw(minutes)
    assert kept(minutes).stage(timezone.now()) == "done"
    assert "Titre changé pendant le dessin" in text_of(minutes)


def test_preview_replaced_leaves_nothing_behind(minutes):
    """One row for all the drawings of a text, no stored file, and no row once the text is frozen."""
    files = StoredFile.objects.count()
    for title in ("Premier titre", "Second titre"):
        retitle(minutes, title)
        ask_preview(minutes)
        draw(minutes)
    assert (Preview.objects.count(), StoredFile.objects.count()) == (1, files)
    acts.submit_minutes(minutes=minutes, by=referent())
    assert Preview.objects.count() == 0


@pytest.mark.parametrize(("held_for", "taken"), [(-1, True), (1, False)], ids=["lease-over", "lease-running"])
def test_preview_of_a_worker_that_died_is_taken_over_when_its_time_is_up(minutes, held_for, taken):
    ask_preview(minutes)
    Preview.objects.update(drawing_hash="x", drawing_until=timezone.now() + timedelta(minutes=held_for))
    assert draw(minutes) is taken


def test_preview_that_cannot_be_drawn_names_the_section_and_keeps_the_former_pages(minutes, monkeypatch):
    ask_preview(minutes)
    draw(minutes)
    former = kept(minutes).content_hash
    write(minutes, "Merci 🎉")
    ask_preview(minutes)
    draw(minutes)
    failed = kept(minutes)
    assert failed.stage(timezone.now()) == "failed"
    assert failed.error == "Section « 3. Accueil » : caractères que les polices ne contiennent pas : 🎉"
    assert failed.content_hash == former


def address(minutes, name="minutes_preview", *more) -> str:
    return reverse(f"committees:{name}", args=[minutes.prefecture.slug, minutes.pk, *more])


def test_preview_page_gives_the_pages_drawn_as_images(client, minutes):
    write(minutes, "Le guichet ouvre à neuf heures.")
    client.force_login(referent())
    assert client.get(address(minutes)).json()["stage"] == "none"
    assert client.post(address(minutes)).json()["stage"] == "waiting"
    draw(minutes)
    answer = client.get(address(minutes)).json()
    assert (answer["stage"], len(answer["pages"])) == ("done", kept(minutes).page_count)
    assert {"id": minutes.section_order[0], "page": 1} in answer["sections"]
    page = client.get(answer["pages"][0])
    assert (page["Content-Type"], page.content[:4]) == ("image/png", PNG)


@pytest.mark.parametrize("number", [0, 99])
def test_preview_page_out_of_the_document_is_not_found(client, minutes, number):
    client.force_login(referent())
    ask_preview(minutes)
    draw(minutes)
    drawn = kept(minutes).content_hash[:16]
    assert client.get(address(minutes, "minutes_preview_page", drawn, number)).status_code == 404
    assert client.get(address(minutes, "minutes_preview_page", drawn, 1)).status_code == 200
    assert client.get(address(minutes, "minutes_preview_page", "0" * 16, 1)).status_code == 404


def test_preview_of_a_frozen_text_is_refused(client, minutes):
    acts.submit_minutes(minutes=minutes, by=referent())
    client.force_login(referent())
    assert client.post(address(minutes)).status_code == 409
    assert Preview.objects.count() == 0
