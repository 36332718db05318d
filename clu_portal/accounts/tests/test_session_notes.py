"""What the list of sessions knows of each: noted as it begins, then once a minute."""

from datetime import timedelta

import time_machine
from allauth.usersessions.models import UserSession
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.tests.factories import user_with_role

PAGE = "/compte/revenir/"


def test_session_is_noted_at_its_first_page(client, prefecture):
    client.force_login(user_with_role(RoleKind.AGENT))
    UserSession.objects.all().delete()
    client.get(PAGE)
    assert UserSession.objects.get().session_key == client.session.session_key


def test_session_is_noted_once_a_minute(client, prefecture):
    client.force_login(user_with_role(RoleKind.AGENT))
    start = timezone.now()
    client.get(PAGE, HTTP_USER_AGENT="first")
    client.get(PAGE, HTTP_USER_AGENT="second")
    assert UserSession.objects.get().user_agent == "first"
    with time_machine.travel(start + timedelta(seconds=62)):
        client.get(PAGE, HTTP_USER_AGENT="third")
        assert UserSession.objects.get().user_agent == "third"


def test_session_with_a_new_key_is_noted_at_once(client, prefecture):
    client.force_login(user_with_role(RoleKind.AGENT))
    client.get(PAGE)
    session = client.session
    session.cycle_key()
    client.cookies["session"] = session.session_key
    client.get(PAGE)
    assert UserSession.objects.filter(session_key=session.session_key).exists()
