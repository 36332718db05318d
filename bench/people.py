"""Who asks for the pages, and what the pages show: the demonstration, enlarged to a préfecture of several years."""

from datetime import date, timedelta
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clu_portal import demonstration, offers
from clu_portal.accounts.freshness import record_sign_in
from clu_portal.accounts.models import User
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from committees import demonstration as committees
from committees.meetings.enums import MeetingState
from committees.meetings.models import Meeting
from committees.minutes.models import Minutes
from committees.tests.factories import member_of

MEETINGS = 60
PREFECTURES = 24
REPEATED = 12  # a text of the demonstration, so many times, makes about ten pages


def load() -> tuple[str, str, list[str]]:
    """Return the cookie of a référent, the cookie of a member, and the addresses of the five pages."""
    for text in (committees.SEALED_TEXT, committees.DRAFT_TEXT):
        text.update({heading: nodes * REPEATED for heading, nodes in text.items()})
    prefecture = demonstration.load_prefecture()
    others = range(1, PREFECTURES + 1)
    Prefecture.objects.bulk_create(Prefecture(slug=f"p-{n}", name=f"Préfecture {n}") for n in others)
    for _, offered in offers.demonstrations:
        with scope(prefecture.pk):
            finish = offered.function(prefecture)
        if finish:
            finish()
    with scope(prefecture.pk):
        return enlarge(prefecture)


def enlarge(prefecture: Prefecture) -> tuple[str, str, list[str]]:
    sealed = Minutes.objects.sealed().select_related("meeting__committee").get()
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
    return cookie(referent), cookie(member_of(committee)), addresses


def cookie(user: User) -> str:
    """The session of somebody who signed in with the second factor, and the token of its forms."""
    client = Client()
    client.force_login(user)
    session = client.session
    record_sign_in(SimpleNamespace(session=session), user, "mfa")
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"
