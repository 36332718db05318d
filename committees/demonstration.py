"""The committee of the invented préfecture: one meeting whose minutes are sealed, one being drafted, one to come."""

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from uuid import uuid4

from django.utils import timezone

from clu_portal.accounts.models import User
from clu_portal.files.rendering import latest_rendering, run_rendering
from clu_portal.organisations.models import Organisation, Person, Prefecture
from clu_portal.tenancy import scope
from committees.composition.demonstration import load_committee
from committees.composition.models import Committee
from committees.distribution.acts import distribute_minutes
from committees.meetings.acts import hold_meeting, record_attendance, save_agenda_item, save_attendance, save_meeting
from committees.meetings.models import AgendaItem, Meeting
from committees.minutes.acts import APPROVAL_PDF, SEAL, approve_minutes, begin_minutes, submit_minutes, update_minutes
from committees.minutes.models import Minutes
from committees.minutes.text import SectionChange, save_text, sections_in_order

NAME = "Comité local des usagers de la Valmarche"

AGENDA = ["Accueil du public depuis la rénovation du hall", "Délais de réponse aux courriels", "Questions diverses"]

PRESENT = [
    "Union des familles de la Valmarche : Mme Bérengère Tissandier",
    "Association Handicap et Cité : M. Octave Ramillon",
    "Consommateurs du Haut-Val : Mme Yasmina Delorge",
    "Secrétaire générale de la préfecture : Mme Mathilde Corvasier",
    "Référente qualité : Mme Solène Aubrac",
]
EXCUSED = ["Association des maires de la Valmarche : M. Fulbert Astaing"]


def load(prefecture: Prefecture) -> Callable[[], None] | None:
    """Load the committee through the same acts as the screens. Return what is left to do outside the transaction."""
    referent = User.objects.get(email="referent@valmarche.example")
    if not Committee.objects.filter(name=NAME).exists():
        load_meetings(load_committee(NAME, referent), referent)
    first = Minutes.objects.order_by("pk").first()
    return partial(seal_and_distribute, prefecture, first.pk, referent) if first.is_drafting else None


def load_meetings(committee: Committee, referent: User) -> None:
    today = timezone.localdate()
    load_meeting(committee, today - timedelta(days=130), referent, SEALED_TEXT)
    load_meeting(committee, today - timedelta(days=12), referent, DRAFT_TEXT)
    coming = Meeting(committee=committee, held_on=today + timedelta(days=95), place="Salle des actes, Clairbourg")
    save_meeting(meeting=coming, by=referent)


def load_meeting(committee: Committee, held_on: date, referent: User, text: dict[str, list[dict]]) -> Minutes:
    meeting = Meeting(
        committee=committee,
        held_on=held_on,
        starts_at=time(14, 30),
        ends_at=time(16, 15),
        place="Salle des actes, hôtel de préfecture",
        chair="Mme Mathilde Corvasier, secrétaire générale",
    )
    save_meeting(meeting=meeting, by=referent)
    for number, title in enumerate(AGENDA, start=1):
        save_agenda_item(item=AgendaItem(meeting=meeting, printed_label=f"{number}.", title=title), by=referent)
    present = {"group_heading": "Présents", "status": "present", "capacity": "member"}
    excused = {"group_heading": "Excusé", "status": "excused", "capacity": "member"}
    record_attendance(meeting=meeting, lines=PRESENT, by=referent, **present)
    record_attendance(meeting=meeting, lines=EXCUSED, by=referent, **excused)
    tie_attendance(meeting, referent)
    hold_meeting(meeting=meeting, by=referent)
    minutes = begin_minutes(meeting=meeting, by=referent)
    update_minutes(
        minutes=minutes,
        by=referent,
        title_lines=f"{NAME}\nCompte-rendu de la réunion du {meeting.date_text}",
        place="Clairbourg",
        dated_on=held_on + timedelta(days=10),
    )
    write(minutes, text, referent)
    return minutes


def tie_attendance(meeting: Meeting, referent: User) -> None:
    """Say of each printed line which organisation and which person it is."""
    organisations = {organisation.name: organisation for organisation in Organisation.objects.all()}
    persons = {str(person): person for person in Person.objects.all()}
    for attendance in meeting.attendances.all():
        organisation, _, person = attendance.printed_line.partition(" : ")
        attendance.organisation, attendance.person = organisations.get(organisation), persons.get(person)
        save_attendance(attendance=attendance, by=referent)


def write(minutes: Minutes, text: dict[str, list[dict]], referent: User) -> None:
    """Put the text under the heading it is for; the closing and the preamble have none."""
    changes = []
    for section in sections_in_order(minutes):
        heading = heading_of(section.content)
        if heading in text:
            content = section.content | {"content": [*section.content["content"][:1], *text[heading]]}
            changes.append(SectionChange(str(section.uuid), section.version, content))
    save_text(minutes=minutes, changes=changes, order=None, operation_id=f"demonstration-{uuid4()}", by=referent)


def heading_of(content: dict) -> str:
    first = content["content"][0]
    return "".join(node["text"] for node in first.get("content", [])) if first["type"] == "heading" else ""


def seal_and_distribute(prefecture: Prefecture, minutes_pk: int, referent: User) -> None:
    """The rest of the life of the first minutes: the same renderings and acts as a worker and the screens run."""
    secretary_general = User.objects.get(email="sg@valmarche.example")
    with scope(prefecture.pk):
        submit_minutes(minutes=Minutes.objects.get(pk=minutes_pk), by=referent)
        ticket = latest_rendering(APPROVAL_PDF, Minutes.objects.get(pk=minutes_pk)).ticket_id
    run_rendering(ticket)
    with scope(prefecture.pk):
        minutes = Minutes.objects.get(pk=minutes_pk)
        file = latest_rendering(APPROVAL_PDF, minutes).file
        approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=secretary_general)
        ticket = latest_rendering(SEAL, minutes).ticket_id
    run_rendering(ticket)
    with scope(prefecture.pk):
        distribute_minutes(minutes=Minutes.objects.get(pk=minutes_pk), by=referent)


def paragraph(*parts: str | dict) -> dict:
    return {"type": "paragraph", "content": [text(part) if isinstance(part, str) else part for part in parts]}


def text(words: str, *marks: str) -> dict:
    node = {"type": "text", "text": words}
    return node | {"marks": [{"type": mark} for mark in marks]} if marks else node


def dashes(*items: str) -> dict:
    return {
        "type": "list",
        "content": [{"type": "list_item", "attrs": {"marker": "–"}, "content": [paragraph(item)]} for item in items],
    }


def table(*rows: tuple[str, ...]) -> dict:
    head, *body = rows
    return {
        "type": "table",
        "attrs": {"caption": "Réponses aux courriels de demande d'information"},
        "content": [
            {"type": "table_row", "content": [cell("table_header", words) for words in head]},
            *({"type": "table_row", "content": [cell("table_cell", words) for words in row]} for row in body),
        ],
    }


def cell(kind: str, words: str) -> dict:
    return {"type": kind, "content": [paragraph(words)]}


SEALED_TEXT = {
    AGENDA[0]: [
        paragraph(
            "La secrétaire générale présente le hall rouvert au printemps : deux guichets accessibles, une banque "
            "d'accueil abaissée et un espace numérique séparé, où un agent aide aux démarches en ligne."
        ),
        paragraph(
            text("Association Handicap et Cité : ", "bold"), "la boucle magnétique n'est pas signalée à l'entrée."
        ),
        paragraph(
            text("Réponse : ", "bold"),
            "un pictogramme sera posé sur la porte avant le 1",
            text("er", "superscript"),
            " du mois prochain.",
        ),
        dashes(
            "les horaires d'été seront affichés à l'extérieur ;",
            "le plan d'accès du site internet sera refait avec les associations.",
        ),
    ],
    AGENDA[1]: [
        paragraph("La référente qualité commente les résultats du semestre, mesurés sur une semaine par mois."),
        table(
            ("Service", "Réponses en 5 jours ouvrés", "Délai moyen"),
            ("Accueil et titres", "96 %", "2,5 jours"),
            ("Étrangers", "88 %", "4 jours"),
        ),
        paragraph(
            text("Consommateurs du Haut-Val : ", "bold"),
            "les réponses types parlent de « pièces afférentes », ce que peu de lecteurs comprennent. ",
            text("La préfecture écrira « documents à joindre ».", "italic"),
        ),
    ],
    AGENDA[2]: [paragraph("Aucune autre question n'étant posée, la séance est levée à 16 h 15.")],
}
DRAFT_TEXT = {
    AGENDA[0]: [
        paragraph(
            "La secrétaire générale rappelle les travaux de l'année et remercie les associations qui ont visité le "
            "hall avant sa réouverture."
        ),
        dashes("le pictogramme de la boucle magnétique est posé ;", "le plan d'accès est en cours de relecture."),
    ],
}
