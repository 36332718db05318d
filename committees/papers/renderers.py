"""The papers of a meeting, and how they are drawn in the background (clu_portal/files/rendering.py says when)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from clu_portal.files.models import Rendering
from clu_portal.files.rendering import Report
from clu_portal.lib.pdf import anchor_pages, render_pdf
from committees.composition.renderers import SUPERSEDED, DraftPdf, Drawn, hash_of
from committees.meetings.models import Meeting
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes
from committees.papers import documents, extracts

Choice = tuple[str, str]
WHOLE: list[Choice] = [("", "")]
MARK_LENGTH = 16  # of the hash of a choice, in the hash of what is asked


@dataclass(frozen=True)
class Paper:
    """A paper that can be drawn from a meeting: its names, one line about it, its page for one of its choices."""

    name: str
    label: str
    about: str
    page: Callable[[Meeting, Minutes | None, str], str]
    choices: Callable[[Meeting, Minutes], list[Choice]] = lambda meeting, minutes: WHOLE
    of_minutes: bool = True
    one_page: bool = False
    choice_label: str = ""

    @property
    def kind(self) -> str:
        return f"paper.{self.name}"

    def html(self, meeting: Meeting, choice: str) -> str:
        return self.page(meeting, minutes_of(meeting) if self.of_minutes else None, choice)

    def input_hash(self, meeting: Meeting, choice: str) -> str:
        """What is asked: which choice, so that the worker draws that one alone, and its page as it was."""
        return choice_mark(choice) + hash_of(self.html(meeting, choice))[MARK_LENGTH:]

    def choices_of(self, meeting: Meeting) -> list[Choice]:
        return self.choices(meeting, minutes_of(meeting)) if self.of_minutes else WHOLE

    def file_name(self, meeting: Meeting, extension: str) -> str:
        day = f"{meeting.held_on:%Y-%m-%d}" if meeting.held_on else "sans-date"
        return f"{self.name}-{day}.{extension}"


def drawn(document: Callable) -> Callable[[Meeting, Minutes | None, str], str]:
    def page(meeting: Meeting, minutes: Minutes | None, choice: str) -> str:
        given = (meeting, choice) if minutes is None else (meeting, minutes, choice)
        return render_to_string("pdf/composition.html", document(*given))

    return page


PAPERS = {
    paper.name: paper
    for paper in (
        Paper(
            "ordre-du-jour",
            "Ordre du jour",
            "Les points de la réunion, avec qui les présente.",
            drawn(documents.agenda_document),
            of_minutes=False,
        ),
        Paper(
            "emargement",
            "Feuille d'émargement",
            "Une ligne à signer par personne attendue, collège par collège.",
            drawn(documents.sign_in_document),
            of_minutes=False,
        ),
        Paper(
            "a-retenir",
            "À retenir",
            "Une page : les décisions, les actions avec leur responsable et leur échéance, la prochaine réunion.",
            drawn(extracts.takeaways_document),
            one_page=True,
        ),
        Paper(
            "releve-de-decisions",
            "Relevé de décisions",
            "Les décisions point par point, puis les votes.",
            drawn(extracts.decisions_document),
        ),
        Paper(
            "lettre-d-envoi",
            "Lettre d'envoi",
            "La lettre qui accompagne le compte-rendu, l'adresse à la place d'une enveloppe à fenêtre.",
            drawn(documents.letters_document),
            choices=lambda meeting, minutes: documents.members_of(meeting),
            choice_label="Destinataire",
        ),
        Paper(
            "extrait",
            "Extrait",
            "Un seul point du compte-rendu, tel qu'il y est imprimé.",
            extracts.extract_html,
            choices=lambda meeting, minutes: extracts.items_of(minutes),
            choice_label="Point",
        ),
        Paper(
            "a-corriger",
            "Épreuve à corriger",
            "Le texte aéré, les lignes de chaque page numérotées pour corriger à la main.",
            extracts.numbered_html,
        ),
    )
}


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The latest version of the minutes that was not abandoned."""
    versions = Minutes.objects.filter(meeting=meeting).exclude(state=MinutesState.ABANDONED)
    return versions.select_related("meeting__committee", "prefecture").order_by("-version_number").first()


class PaperPdf(DraftPdf):
    """The paper as asked, among its choices; refused when what it is drawn from changed since."""

    def prepare(self, rendering: Rendering) -> Drawn:
        meeting = self.subject(rendering)
        choices = (choice for choice, _ in self.draft.choices_of(meeting))
        choice = next((each for each in choices if rendering.input_hash.startswith(choice_mark(each))), None)
        html = None if choice is None else self.draft.html(meeting, choice)
        if html is None or hash_of(html)[MARK_LENGTH:] != rendering.input_hash[MARK_LENGTH:]:
            raise ValidationError(SUPERSEDED, code="superseded")
        return Drawn(html, rendering.created_at)

    def produce(self, prepared: Drawn, report: Report) -> bytes:
        content = super().produce(prepared, report)
        if not self.draft.one_page or anchor_pages(content)[0] == 1:
            return content
        report("Mise sur une page", 60)
        return render_pdf(dense(prepared.html), created_at=prepared.created_at)

    def subject(self, rendering: Rendering) -> Meeting:
        return Meeting.objects.select_related("committee").get(pk=int(rendering.subject.partition(":")[2]))


def choice_mark(choice: str) -> str:
    return hash_of(choice)[:MARK_LENGTH]


def dense(html: str) -> str:
    return html.replace('<html lang="fr" class="', '<html lang="fr" class="dense ', 1)
