"""Rows of the running portal, made by the acts of the screens where a journey does not begin from nothing."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from clu_portal.organisations.models import Organisation, Person
from committees.composition.acts import appoint_person, save_committee, save_seat
from committees.composition.models import Committee, Seat
from committees.meetings.acts import hold_meeting, record_attendance, save_agenda_item, save_meeting
from committees.meetings.models import AgendaItem, Meeting
from committees.minutes.acts import begin_minutes
from committees.minutes.models import Minutes, Section
from committees.minutes.text import SectionChange, save_text, sections_in_order
from committees.tests.conftest import Office

AGENDA = ("Accueil du public", "Délais de réponse")


def drafted(office: Office, *, agenda: tuple[str, ...] = AGENDA) -> Minutes:
    """Minutes being written, one sentence under each item of the agenda, of a committee with one member."""
    with office.scope():
        return begun_minutes(office, committee_with_a_member(office), agenda)


def begun_minutes(office: Office, committee: Committee, agenda: tuple[str, ...] = AGENDA) -> Minutes:
    """Minutes being written of one more meeting of a committee."""
    minutes = begin_minutes(meeting=held_meeting(office, committee, agenda), by=office.referent)
    changes = [written(section) for section in sections_under(minutes, agenda)]
    save_text(minutes=minutes, changes=changes, order=None, operation_id=f"made-{uuid4()}", by=office.referent)
    return Minutes.objects.select_related("meeting__committee").get(pk=minutes.pk)


def committee_with_a_member(office: Office) -> Committee:
    by = office.referent
    organisation = Organisation.objects.create(name="Union des familles", family="families")
    person = Person.objects.create(
        given_name="Odile", surname="Ferrandier", email=office.address, organisation=organisation
    )
    committee = save_committee(committee=Committee(name="Comité local des usagers"), by=by)
    seat = save_seat(seat=Seat(committee=committee, organisation=organisation, wording="Union des familles"), by=by)
    appoint_person(seat=seat, person=person, kind="full_member", starts_on=date(2026, 1, 1), by=by)
    return committee


def held_meeting(office: Office, committee: Committee, agenda: tuple[str, ...]) -> Meeting:
    by = office.referent
    day = timezone.localdate() - timedelta(days=7)
    meeting = save_meeting(meeting=Meeting(committee=committee, held_on=day, place="Salle des actes"), by=by)
    for number, title in enumerate(agenda, start=1):
        save_agenda_item(item=AgendaItem(meeting=meeting, printed_label=f"{number}.", title=title), by=by)
    common = {"group_heading": "Présents", "status": "present", "capacity": "member"}
    record_attendance(meeting=meeting, lines=["Union des familles : Mme Odile Ferrandier"], by=by, **common)
    return hold_meeting(meeting=meeting, by=by)


def sections_under(minutes: Minutes, agenda: tuple[str, ...]) -> list[Section]:
    return [section for section in sections_in_order(minutes) if heading_of(section) in agenda]


def heading_of(section: Section) -> str:
    first = section.content["content"][0]
    return "".join(node["text"] for node in first.get("content", [])) if first["type"] == "heading" else ""


def written(section: Section) -> SectionChange:
    return SectionChange(str(section.uuid), section.version, with_text(section.content, sentence_of(section)))


def sentence_of(section: Section) -> str:
    return f"Ce qui s'est dit de « {heading_of(section)} »."


def with_text(content: dict, words: str) -> dict:
    """The same section, its heading kept, with one paragraph."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
    return content | {"content": [content["content"][0], paragraph]}
