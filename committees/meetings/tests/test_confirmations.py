"""Each change of a line of a meeting is confirmed, once, on the page it leads to."""

import pytest
from django.urls import reverse

from committees.meetings.models import Attendance
from committees.tests.factories import AgendaItemFactory, MeetingFactory, referent

ITEM = {"printed_label": "1.", "title": "Accueil", "kind": "information"}
LINE = {"status": "present", "capacity": "member", "mode": "room", "printed_line": "Mme Aubert"}
GUEST = {"wording": "Le maire", "capacity": "guest"}
LINES = {"status": "present", "capacity": "member", "lines": "Mme Aubert"}


@pytest.mark.parametrize(
    ("name", "of", "typed", "said"),
    [
        ("agenda_edit", "meeting", ITEM, "« 1. Accueil » est ajouté à l'ordre du jour."),
        ("agenda_item_update", "item", ITEM, "Le point « 1. Accueil » est enregistré."),
        ("part_remove", "item", {}, "« Horaires » est retiré."),
        ("attendance_edit", "meeting", LINES, "La ligne est ajoutée à la liste."),
        ("attendance_edit", "meeting", LINES | {"lines": "Mme A\nM. B"}, "2 lignes sont ajoutées à la liste."),
        ("attendance_update", "line", LINE, "La ligne « Mme Aubert » est enregistrée."),
        ("part_remove", "line", {}, "« M. Brun » est retiré."),
        (
            "guest_invite",
            "meeting",
            {"wording": "Le maire", "capacity": "guest"},
            "L'invitation est inscrite : Le maire.",
        ),
    ],
)
def test_change_of_a_line_is_confirmed_once_and_a_refused_one_is_not(client, prefecture, name, of, typed, said):
    client.force_login(referent())
    meeting = MeetingFactory(state="prepared")
    item = AgendaItemFactory(meeting=meeting, printed_label="", title="Horaires")
    line = Attendance.objects.create(meeting=meeting, printed_line="M. Brun")
    arguments = {"meeting": [meeting.pk], "item": [item.pk], "line": [line.pk]}[of]
    if name == "part_remove":
        arguments = [{"item": "agenda_item", "line": "attendance"}[of], *arguments]
    address = reverse(f"committees:{name}", args=[prefecture.slug, *arguments])
    if typed:
        assert list(client.post(address, dict.fromkeys(typed, "")).context["messages"]) == []
    answer = client.post(address, typed, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [said]
