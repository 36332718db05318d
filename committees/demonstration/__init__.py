"""The committees of the invented préfectures: one file tells each of them, the acts of the screens load it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.utils import timezone

from clu_portal.organisations.models import Prefecture
from committees.demonstration import bruyes, esparre, fortargent, ombreuse, valmarche
from committees.demonstration.composition import load_committee
from committees.demonstration.hands import Hands
from committees.demonstration.lives import carry_on
from committees.demonstration.meetings import load_meeting
from committees.demonstration.story import Story

STORIES: dict[str, Callable[[date], Story]] = {
    "valmarche": valmarche.story,
    "ombreuse": ombreuse.story,
    "hautes-bruyes": bruyes.story,
    "fortargent": fortargent.story,
    "haute-esparre": esparre.story,
}


def load(prefecture: Prefecture) -> Callable[[], None] | None:
    """Load what is not there yet. Return what is left to do outside the transaction: the documents."""
    if prefecture.slug not in STORIES:
        return None
    story, hands = STORIES[prefecture.slug](timezone.localdate()), Hands.of(prefecture)
    for committee in story.committees:
        load_committee(committee, hands)
    for meeting in story.meetings:
        load_meeting(meeting, hands)
    return partial(finish, story, hands)


def finish(story: Story, hands: Hands) -> None:
    for meeting in story.meetings:
        if meeting.text:
            carry_on(meeting, hands)
