from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clu_portal.lib.pdf import render_pdf
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from committees.meetings.models import Meeting
from committees.minutes.documents import minutes_html, minutes_text
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes


class Command(BaseCommand):
    help = (
        "Écrit en PDF le compte-rendu d'une réunion : la version courante, ou le fichier scellé (--sealed). "
        "Avec --text, écrit le texte seul de la version courante."
    )

    def add_arguments(self, parser):
        parser.add_argument("meeting_id", type=int)
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument("--sealed", action="store_true")
        parser.add_argument("--text", action="store_true")

    def handle(self, *args, meeting_id: int, output: Path, sealed: bool, text: bool, **options):
        for prefecture in Prefecture.objects.real():
            with scope(prefecture.pk):
                if Meeting.objects.filter(pk=meeting_id).exists():
                    output.write_bytes(content_of(meeting_id, sealed=sealed, text=text))
                    self.stdout.write(f"{output} : écrit.")
                    return
        raise CommandError(f"Aucune réunion ne porte le numéro {meeting_id}.")


def content_of(meeting_id: int, *, sealed: bool, text: bool) -> bytes:
    if sealed:
        return sealed_bytes(meeting_id)
    minutes = latest_version(meeting_id)
    return minutes_text(minutes).encode() if text else current_pdf(minutes)


def sealed_bytes(meeting_id: int) -> bytes:
    """The stored bytes of the sealed version in force, never drawn again."""
    minutes = Minutes.objects.sealed().filter(meeting=meeting_id).order_by("-version_number").first()
    if minutes is None:
        raise CommandError("Le compte-rendu de cette réunion n'est pas scellé.")
    return minutes.sealed_file.content


def latest_version(meeting_id: int) -> Minutes:
    """The last version begun and not given up since."""
    versions = Minutes.objects.filter(meeting=meeting_id).exclude(state=MinutesState.ABANDONED)
    minutes = versions.select_related("meeting__committee", "prefecture").order_by("-version_number").first()
    if minutes is None:
        raise CommandError("Cette réunion n'a pas de compte-rendu.")
    return minutes


def current_pdf(minutes: Minutes) -> bytes:
    """The latest version; one that is not sealed is marked as a draft on each page."""
    if minutes.is_sealed:
        return minutes.sealed_file.content
    return render_pdf(minutes_html(minutes, draft=True), created_at=timezone.now())
