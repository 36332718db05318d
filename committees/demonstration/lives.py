"""The life of minutes after their text: the same renderings and acts as a worker and the screens run."""

import json

from clu_portal.files.rendering import latest_rendering, run_rendering
from clu_portal.tenancy import scope
from committees.demonstration import story
from committees.demonstration.hands import Hands
from committees.distribution.acts import distribute_minutes
from committees.minutes.acts import APPROVAL_PDF, SEAL, approve_minutes, submit_minutes
from committees.minutes.corrections import correct_minutes
from committees.minutes.enums import SEALED_STATES, MinutesState
from committees.minutes.models import Minutes
from committees.minutes.text import SectionChange, save_text, sections_in_order


def carry_on(planned: story.Meeting, hands: Hands) -> None:
    """Bring the minutes of a meeting where the story says, from wherever an earlier loading left them."""
    if planned.text.reaches == story.DRAFTING:
        return
    submit(planned, 1, hands)
    if planned.text.reaches == story.SEALED:
        seal(planned, 1, hands)
        if planned.text.correction:
            correct(planned, hands)
            submit(planned, 2, hands)
            seal(planned, 2, hands)
    if planned.text.is_distributed:
        distribute(planned, hands)


def version(planned: story.Meeting, number: int, hands: Hands) -> Minutes:
    return Minutes.objects.get(meeting__uuid=hands.uuid_of(planned.key), version_number=number)


def submit(planned: story.Meeting, number: int, hands: Hands) -> None:
    with scope(hands.prefecture.pk):
        minutes = version(planned, number, hands)
        if minutes.is_drafting:
            submit_minutes(minutes=minutes, by=hands.referent)
    draw(planned, number, APPROVAL_PDF, hands)


def draw(planned: story.Meeting, number: int, kind: str, hands: Hands) -> None:
    with scope(hands.prefecture.pk):
        rendering = latest_rendering(kind, version(planned, number, hands))
        ticket = None if rendering.is_done else rendering.ticket_id
    if ticket:
        run_rendering(ticket)


def seal(planned: story.Meeting, number: int, hands: Hands) -> None:
    with scope(hands.prefecture.pk):
        minutes = version(planned, number, hands)
        if minutes.state in SEALED_STATES:
            return
        if minutes.current_approval() is None:
            file = latest_rendering(APPROVAL_PDF, minutes).file
            approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=hands.secretary_general)
    draw(planned, number, SEAL, hands)


def correct(planned: story.Meeting, hands: Hands) -> None:
    """Begin the second version and mend in it the words the story says."""
    with scope(hands.prefecture.pk):
        first = version(planned, 1, hands)
        if first.state != MinutesState.SEALED or first.meeting.minutes.filter(version_number=2).exists():
            return
        second = correct_minutes(minutes=first, by=hands.referent)
        changes = mended(second, *planned.text.correction)
        operation = f"demonstration-correction-{second.uuid}"
        save_text(minutes=second, changes=changes, order=None, operation_id=operation, by=hands.referent)


def mended(minutes: Minutes, wrong: str, right: str) -> list[SectionChange]:
    texts = [(section, json.dumps(section.content, ensure_ascii=False)) for section in sections_in_order(minutes)]
    return [
        SectionChange(str(section.uuid), section.version, json.loads(typed.replace(wrong, right)))
        for section, typed in texts
        if wrong in typed
    ]


def distribute(planned: story.Meeting, hands: Hands) -> None:
    with scope(hands.prefecture.pk):
        current = Minutes.objects.filter(meeting__uuid=hands.uuid_of(planned.key), state=MinutesState.SEALED).first()
        if current and not current.distributions.exists():
            distribute_minutes(minutes=current, by=hands.referent)
