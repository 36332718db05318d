"""What the pages say of the state of a meeting: the state it is in, its session included."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from clu_portal.trash.acts import trash_row
from committees.meetings import acts
from committees.meetings.models import Meeting
from committees.offered import meetings_waiting
from committees.tests.factories import MeetingFactory


def shown(client, meeting: Meeting, by) -> list[bool]:
    """Whether its page, the list of meetings and the page of its committee each say its state."""
    client.force_login(by)
    addresses = [
        meeting.get_absolute_url(),
        reverse("committees:meeting_list", args=[meeting.prefecture.slug]),
        meeting.committee.get_absolute_url(),
    ]
    said = f">{meeting.state_label}</span>"
    return [said in client.get(address).content.decode() for address in addresses]


def waiting(by) -> list[str]:
    return [item.label.partition(" : ")[0] for item in meetings_waiting(by)]


@pytest.mark.parametrize("state", ["prepared", "convened"])
def test_session_is_the_state_shown_from_its_opening_until_the_meeting_is_noted_as_held(prefecture, client, by, state):
    meeting = MeetingFactory(state=state, held_on="2026-03-20")
    found = [(meeting.state_label, waiting(by))]
    for act in (acts.open_session, acts.close_session, acts.hold_meeting):
        act(meeting=meeting, by=by)
        meeting = Meeting.objects.get(pk=meeting.pk)
        found.append((meeting.state_label, waiting(by)))
        assert shown(client, meeting, by) == [True] * 3
    assert found[1:] == [
        ("séance ouverte", ["Séance ouverte"]),
        ("séance close", ["Séance close, à noter comme tenue"]),
        ("tenue", []),
    ]


def test_corbeille_says_what_became_of_a_meeting_that_was_convened(prefecture, by):
    meeting = acts.record_convocation(meeting=MeetingFactory(state="prepared", held_on="2026-03-20"), by=by)
    for change, said in ((None, "est convoquée"), (acts.hold_meeting, "a été convoquée, puis tenue")):
        meeting = change(meeting=meeting, by=by) if change else meeting
        with pytest.raises(ValidationError, match=said):
            trash_row(row=Meeting.objects.get(pk=meeting.pk), by=by)


def test_pages_say_the_hours_that_are_known(prefecture, client, by):
    meeting = MeetingFactory(starts_at="14:30")
    client.force_login(by)
    repeat = reverse("committees:meeting_repeat", args=[prefecture.slug, meeting.pk])
    for address in (meeting.get_absolute_url(), repeat):
        assert "à partir de 14\u00a0h\u00a030" in client.get(address).content.decode()


@pytest.mark.parametrize(("is_open", "offered"), [(False, True), (True, False)])
def test_page_of_a_session_under_way_offers_neither_to_note_the_convocation_nor_the_corbeille(
    prefecture, client, by, is_open, offered
):
    meeting = MeetingFactory(state="prepared")
    if is_open:
        acts.open_session(meeting=meeting, by=by)
    client.force_login(by)
    page = client.get(meeting.get_absolute_url()).content.decode()
    labels = ("Convocation envoyée hors du portail", "Mettre à la corbeille")
    assert [label in page for label in labels] == [offered] * 2
