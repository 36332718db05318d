"""The page « Projet en PDF »: it gives the project of the text of now, and says when it has only an older one."""

from django.urls import reverse

from committees.minutes import acts
from committees.tests.factories import drafted_minutes, referent, render


def made(client, minutes, title: str):
    """Give the minutes a title, ask for the project on the page, and have it made."""
    acts.update_minutes(minutes=minutes, by=referent(), title_lines=title)
    minutes.refresh_from_db()
    client.post(reverse("committees:minutes_draft_pdf", args=[minutes.prefecture.slug, minutes.pk]))


def test_draft_pdf_of_a_text_that_came_back_to_what_it_was_is_the_one_given(client, prefecture):
    minutes = drafted_minutes()
    client.force_login(referent())
    for title in ("Premier titre", "Second titre"):
        made(client, minutes, title)
        render(minutes, acts.DRAFT_PDF)
    made(client, minutes, "Premier titre")
    page = client.get(reverse("committees:minutes_draft_pdf", args=[prefecture.slug, minutes.pk]))
    assert page.context["is_current"]
    assert page.context["rendering"].input_hash == acts.draft_hash(minutes)
