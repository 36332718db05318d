import pytest
from django.core.management import CommandError, call_command

from clu_portal.lib.pdf import pdf_text
from committees.tests.factories import MeetingFactory, drafted_minutes, sealed_minutes


def rendered(meeting, tmp_path, **options) -> bytes:
    output = tmp_path / "minutes.pdf"
    call_command("render_minutes", str(meeting.pk), output=output, **options)
    return output.read_bytes()


def test_render_minutes_draft_says_so_on_each_page(prefecture, tmp_path):
    text = pdf_text(rendered(drafted_minutes().meeting, tmp_path))
    assert "PROJET – non approuvé" in text


@pytest.mark.parametrize("options", [{}, {"sealed": True}])
def test_render_minutes_sealed_gives_the_stored_bytes(prefecture, tmp_path, options):
    minutes = sealed_minutes()
    assert rendered(minutes.meeting, tmp_path, **options) == minutes.sealed_file.content


@pytest.mark.parametrize(
    ("meeting", "options"),
    [(MeetingFactory.build(pk=999_999), {}), (None, {}), (None, {"sealed": True})],
)
def test_render_minutes_nothing_to_render_is_said_and_writes_nothing(prefecture, tmp_path, meeting, options):
    with pytest.raises(CommandError):
        rendered(meeting or MeetingFactory(), tmp_path, **options)
    assert not list(tmp_path.iterdir())
