"""A file that comes back where its meeting is: it changes nothing there, and whoever imports it is told so."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from committees.meeting_files.exporting import meeting_file
from committees.meeting_files.wording import Refusal
from committees.meetings.models import Meeting

IN_TRASH = (
    "cette réunion est à la corbeille de la préfecture : remettez-la en place depuis la page « Corbeille » ; "
    "un import ne la remplace pas."
)
DIFFERS = (
    "cette réunion est déjà dans la préfecture et n'est plus telle que ce fichier la décrit. Un import ne change rien "
    "de ce qui est là : corrigez-la dans le portail ou, pour lire ce fichier, importez-le dans une autre préfecture."
)


def is_in_use(file: dict) -> bool:
    return Meeting.objects.filter(uuid=file["meeting"]["uuid"]).exists()


def is_there_unchanged(file: dict) -> bool:
    """Whether exporting the meeting again would write this very file, but for what names the préfecture."""
    meeting = Meeting.objects.filter(uuid=file["meeting"]["uuid"]).first()
    if meeting is None:
        return False
    try:
        there = meeting_file(meeting)
    except ValidationError:  # it does not export today: it changed
        return False
    return there | {"prefecture": file["prefecture"]} == file


def already_there(file: dict) -> Iterator[Refusal]:
    """The refusal of a file whose meeting the préfecture holds, in use or in the corbeille."""
    meeting = Meeting.objects.with_trashed().filter(uuid=file["meeting"]["uuid"]).first()
    if meeting is not None:
        yield Refusal(("meeting", "uuid"), IN_TRASH if meeting.trashed_at else DIFFERS, "uuid_taken")
