"""Who asks for the pages, and what the pages show: the demonstration, enlarged to a préfecture of several years."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import composition
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clu_portal import demonstration
from clu_portal.accounts.freshness import record_sign_in
from clu_portal.accounts.models import User
from clu_portal.demonstration.prefectures import VALMARCHE
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from committees import demonstration as committees
from committees.demonstration import story as planned
from committees.demonstration import valmarche
from committees.demonstration.story import Story
from committees.meetings.enums import MeetingState
from committees.meetings.models import Meeting
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes
from committees.tests.factories import member_of

MEETINGS = 60
PREFECTURES = 24
REPEATED = {"complete": 3, "drafted": 12}  # these texts, so many times, make about ten pages


def load() -> tuple[str, str, list[str], dict[str, str]]:
    """Return the cookies of a référent and of a member, the addresses of the five pages and of those of committees."""
    committees.STORIES[VALMARCHE.slug] = long_story
    prefecture = demonstration.load(VALMARCHE)
    others = range(1, PREFECTURES + 1)
    Prefecture.objects.bulk_create(Prefecture(slug=f"p-{n}", name=f"Préfecture {n}") for n in others)
    with scope(prefecture.pk):
        return enlarge(prefecture)


def long_story(today: date) -> Story:
    """The story of the first préfecture, with minutes of about ten pages."""
    story = valmarche.story(today)
    return replace(story, meetings=[lengthened(meeting) for meeting in story.meetings])


def lengthened(meeting: planned.Meeting) -> planned.Meeting:
    times = REPEATED.get(meeting.key, 1)
    if meeting.text is None or times == 1:
        return meeting
    written = meeting.text.sections
    return replace(meeting, text=replace(meeting.text, sections=lambda: [repeated(one, times) for one in written()]))


def repeated(section: dict, times: int) -> dict:
    first, *rest = section["content"]
    return section | {"content": [first, *rest * times]}


def enlarge(prefecture: Prefecture) -> tuple[str, str, list[str], dict[str, str]]:
    in_force = Minutes.objects.filter(state=MinutesState.SEALED).select_related("meeting__committee")
    sealed = in_force.order_by("meeting__held_on").last()
    drafted = Minutes.objects.open().get()
    committee = sealed.meeting.committee
    days = [date(2015, 1, 5) + timedelta(days=45 * n) for n in range(MEETINGS)]
    Meeting.objects.bulk_create(Meeting(committee=committee, held_on=day, state=MeetingState.HELD) for day in days)
    referent = User.objects.get(email="referent@valmarche.example")
    Authenticator.objects.create(user=referent, type=Authenticator.Type.TOTP, data={})
    addresses = [
        reverse("prefecture_home", args=[prefecture.slug]),
        reverse("committees:meeting_list", args=[prefecture.slug]),
        sealed.meeting.get_absolute_url(),
        sealed.get_absolute_url(),
        reverse("committees:minutes_edit", args=[prefecture.slug, drafted.pk]),
    ]
    cookies = cookie(referent), cookie(member_of(committee))
    return *cookies, addresses, composition.addresses(prefecture.slug)


def cookie(user: User) -> str:
    """The session of somebody who signed in with the second factor, and the token of its forms."""
    client = Client()
    client.force_login(user)
    session = client.session
    record_sign_in(SimpleNamespace(session=session), user, "mfa")
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"
