"""A meeting entered as a référent does: its agenda, who came, its documents, the first text of its minutes."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q

from clu_portal.lib.fuzzy_date import parse_fuzzy_date
from clu_portal.organisations.models import Organisation, Person
from committees.composition.models import Committee, Seat
from committees.demonstration import story
from committees.demonstration.hands import Hands, person_named
from committees.demonstration.slides import slides_pdf
from committees.meetings import acts
from committees.meetings.enums import Representation
from committees.meetings.models import AgendaItem, Attendance, Invitation, Meeting
from committees.minutes.acts import begin_minutes, update_minutes
from committees.minutes.models import Minutes
from committees.minutes.text import OrderChange, SectionChange, save_text, sections_in_order

COPIED = ("held_on", "starts_at", "ends_at", "place", "chair")


def load_meeting(planned: story.Meeting, hands: Hands) -> None:
    """Load a meeting and its text, unless it is there already."""
    uuid = hands.uuid_of(planned.key)
    if Meeting.objects.filter(uuid=uuid).exists():
        return
    committee, *joint = [committee_of(name, hands) for name in (planned.committee, *planned.joint)]
    meeting = Meeting(uuid=uuid, committee=committee)
    for name in COPIED:
        setattr(meeting, name, getattr(planned, name))
    meeting.planned_for = parse_fuzzy_date(planned.planned_for)
    meeting.next_meeting = parse_fuzzy_date(planned.next_meeting)
    acts.save_meeting(meeting=meeting, joint_committees=joint, by=hands.referent)
    for item in planned.agenda:
        load_item(item, meeting, hands)
    for group in planned.attendance:
        for line in group.lines:
            load_line(line, group, meeting, hands)
    for document in planned.documents:
        load_document(document, meeting, hands)
    change_state(planned, meeting, hands)
    if planned.text:
        load_text(planned.text, meeting, hands)


def committee_of(name: str, hands: Hands) -> Committee:
    return Committee.objects.get(uuid=hands.uuid_of(name))


def load_item(planned: story.Item, meeting: Meeting, hands: Hands) -> None:
    said = {"title": planned.title, "kind": planned.kind, "presenters": planned.presenters}
    acts.save_agenda_item(item=AgendaItem(meeting=meeting, printed_label=planned.label, **said), by=hands.referent)


def load_line(planned: story.Line, group: story.Group, meeting: Meeting, hands: Hands) -> None:
    """Record a line, tied to the persons, the organisation and the seat it speaks of."""
    organisation = Organisation.objects.filter(name=planned.organisation or planned.body).first()
    persons = [person_named(said, organisation=organisation) for said in planned.persons] or named_in(planned.printed)
    line = Attendance(
        meeting=meeting,
        group_heading=group.heading,
        heading_follows=not group.heading,
        printed_line=planned.printed,
        line_follows=not planned.printed,
        status="represented" if planned.represented_by else group.status,
        body="" if planned.printed else planned.body,
        organisation=organisation,
        person=persons[0] if persons else None,
        seat=seat_of(meeting, persons, planned.body),
        other_side=planned.represented_by or planned.representing,
    )
    if planned.represented_by:
        line.representation = Representation.REPRESENTED_BY
    elif planned.representing:
        line.representation = Representation.REPRESENTING
    acts.save_attendance(attendance=line, others=persons[1:], by=hands.referent)


def named_in(printed: str) -> list[Person]:
    """Whoever the words of a line name in full, civility included."""
    return [person for person in Person.objects.order_by("pk") if str(person) in printed]


def seat_of(meeting: Meeting, persons: list[Person], body: str) -> Seat | None:
    """The seat that one of these persons holds, or the one of that office."""
    seats = Seat.objects.filter(committee__in=[committee.pk for committee in meeting.committees])
    held = Q(mandates__person__in=persons) | Q(wording=body, organisation__isnull=True)
    return seats.filter(held).order_by("pk").first()


def load_document(planned: story.Document, meeting: Meeting, hands: Hands) -> None:
    upload = SimpleUploadedFile(f"{planned.title}.pdf", slides_pdf(planned))
    said = {"title": planned.title, "kind": planned.kind, "visibility": "members"}
    acts.add_document(meeting=meeting, upload=upload, by=hands.referent, **said)


def change_state(planned: story.Meeting, meeting: Meeting, hands: Hands) -> None:
    if planned.state in ("convened", "held"):
        for wording in planned.guests:
            guest = Invitation(meeting=meeting, wording=wording, capacity="guest")
            acts.add_invitation(invitation=guest, by=hands.referent)
        acts.record_convocation(meeting=meeting, by=hands.referent)
    if planned.state == "held":
        acts.hold_meeting(meeting=meeting, by=hands.referent)
    if planned.state == "cancelled":
        acts.cancel_meeting(meeting=meeting, reason=planned.reason, by=hands.referent)
    if planned.state == "postponed":
        acts.postpone_meeting(meeting=meeting, reason=planned.reason, by=hands.referent)


def load_text(planned: story.Text, meeting: Meeting, hands: Hands) -> None:
    """Begin the minutes, then replace what the portal proposes by the sections told, as the editor saves them."""
    minutes = begin_minutes(meeting=meeting, by=hands.referent)
    update_minutes(minutes=minutes, by=hands.referent, **planned.printed)
    minutes.refresh_from_db()
    write(minutes, planned.sections(), hands)


def write(minutes: Minutes, sections: list[dict], hands: Hands) -> None:
    removed = [SectionChange(str(one.uuid), one.version, None) for one in sections_in_order(minutes)]
    written = [SectionChange(one["attrs"]["id"], 0, one) for one in sections]
    order = OrderChange(minutes.order_version, [one.uuid for one in written])
    operation = f"demonstration-{uuid4()}"
    save_text(minutes=minutes, changes=removed + written, order=order, operation_id=operation, by=hands.referent)
