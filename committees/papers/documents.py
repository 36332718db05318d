"""What goes into the papers of a meeting, from its rows: the agenda, the sign-in sheet, the letters."""

from itertools import groupby

from django.conf import settings
from django.utils.text import capfirst

from clu_portal.organisations.enums import Civility
from clu_portal.tenancy import current_prefecture
from committees.composition.documents import CALLS, closing, letterhead, place_and_date
from committees.composition.papers import heading, lines, table
from committees.meetings.facts import agenda_facts
from committees.meetings.models import Meeting
from committees.meetings.participants import participants_of
from committees.meetings.sitting import sittings_of
from committees.minutes.models import Minutes
from committees.minutes.tree.facts import known_facts

EVERYBODY = ""
GUESTS = "Invités"
DASH = "–"
ADDRESS_TO_COMPLETE = ("[Adresse]", "[Code postal et ville]")


def paper(title: str, blocks: list[dict], *, draft: bool = False) -> dict:
    """The context of templates/pdf/composition.html."""
    demonstration = settings.DEMONSTRATION or current_prefecture().is_demonstration
    common = {"draft": draft, "demonstration": demonstration, "page_mark": "page-of"}
    return {"title": title, "blocks": blocks} | common


def opening(title: str, meeting: Meeting) -> list[dict]:
    """Whose paper it is, what it is, of which meeting; what is not known is left out."""
    day = capfirst(meeting.date_text)
    return [
        lines(*letterhead(), kind="letterhead"),
        heading(title, level=1),
        lines(meeting.committees_text, day, meeting.hours_text, meeting.place),
    ]


def entries(items: list[dict]) -> dict:
    """A list whose markers are text; each item has a `label`, a `text`, and `entries` of its own."""
    return {"kind": "list", "entries": items}


def dashed(texts: list[str]) -> dict:
    return entries([{"label": DASH, "text": text} for text in texts])


def agenda_document(meeting: Meeting, choice: str = "") -> dict:
    items = [agenda_entry(item) for item in known_facts({"agenda": agenda_facts(meeting)})["agenda"]]
    title = "Ordre du jour"
    body = entries(items) if items else lines("L'ordre du jour n'est pas saisi.")
    return paper(f"{title} : {meeting}", [*opening(title, meeting), body])


def agenda_entry(item: dict) -> dict:
    presenters = f" – {item['presenters']}" if item["presenters"] else ""
    kind = f" ({item['kind_label']})" if item["kind_label"] else ""
    inside = [agenda_entry(sub) for sub in item.get("items", [])]
    return {"label": item["label"], "text": f"{item['title']}{presenters}{kind}", "entries": inside}


def sign_in_document(meeting: Meeting, choice: str = "") -> dict:
    """One row for each person expected, by college; the last rows are for those nobody expected."""
    title = "Feuille d'émargement"
    expected = [
        (row.college or GUESTS, (one.label, row.wording))
        for row in participants_of(meeting).rows
        for one in row.invited
        if one.is_invited
    ]
    colleges = groupby(expected, key=lambda each: each[0])
    tables = [sign_in_table(college, [row for _, row in rows]) for college, rows in colleges]
    unexpected = sign_in_table("Autres personnes présentes", [("\u00a0", "\u00a0")] * 3)
    return paper(f"{title} : {meeting}", [*opening(title, meeting), *tables, unexpected])


def sign_in_table(college: str, rows: list[tuple[str, str]]) -> dict:
    cells = [([name], [wording] if wording != name else [], []) for name, wording in rows]
    return table(college, ("Nom", "Au titre de", "Signature"), cells) | {"name": "sign-in"}


def members_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Whom a letter can be written to: everybody at once, or one."""
    persons = [person for seat in sittings_of(meeting) for person in seat.persons]
    return [(EVERYBODY, "Tous les membres"), *((str(person.pk), str(person)) for person in dict.fromkeys(persons))]


def letters_document(meeting: Meeting, minutes: Minutes, choice: str) -> dict:
    """The letter the minutes are sent with, the address where a window envelope shows it. One page a person."""
    seated = {person: seat for seat in sittings_of(meeting) for person in seat.persons}
    chosen = [(person, seat) for person, seat in seated.items() if choice in (EVERYBODY, str(person.pk))]
    blocks = [block for rank, pair in enumerate(chosen) for block in letter(meeting, minutes, *pair, rank > 0)]
    nobody = [heading("Lettres d'envoi", level=1), lines("Aucun membre n'est connu au jour de la réunion.")]
    return paper(f"Envoi du compte-rendu : {meeting}", blocks or nobody)


def letter(meeting: Meeting, minutes: Minutes, person, seat, new_page: bool) -> list[dict]:
    call = CALLS[Civility(person.civility)]
    about = seat.organisation.name if seat.organisation else seat.wording
    return [
        lines(*letterhead(), kind="sender", new_page=new_page),
        lines(str(person), about, *ADDRESS_TO_COMPLETE, kind="window"),
        lines(place_and_date(), kind="right"),
        heading(f"Compte-rendu de la réunion {meeting.of_the_day}", level=1),
        lines(f"{call},"),
        lines(sending(meeting, minutes)),
        lines(f"Je vous prie d'agréer, {call}, l'expression de ma considération distinguée."),
        *closing(with_place=False),
    ]


def sending(meeting: Meeting, minutes: Minutes) -> str:
    what = "le compte-rendu" if minutes.is_sealed else "le projet de compte-rendu"
    return (
        f"Vous trouverez ci-joint {what} de la réunion {meeting.of_the_day} du comité « {meeting.committees_text} », "
        "dont vous êtes membre. Je reste à votre disposition pour toute observation."
    )
