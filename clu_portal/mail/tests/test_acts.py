from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.mail.acts import replay_message
from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.mail.tests.factories import enqueue
from clu_portal.tests.factories import user_with_role


def test_replay_message_past_its_hour_is_refused(prefecture):
    message = enqueue()
    MailTicket.objects.update(state="dead", expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(ValidationError) as refusal:
        replay_message(message=message, by=user_with_role(RoleKind.REFERENT))
    assert refusal.value.code == "expired"


def test_replay_message_whose_link_was_forgotten_is_refused(prefecture):
    message = enqueue(text=f"Ouvrez https://portail.example/acces/{'k' * 43}/")
    MailTicket.objects.update(state="dead")
    OutgoingMessage.objects.forget_links()
    with pytest.raises(ValidationError) as refusal:
        replay_message(message=message, by=user_with_role(RoleKind.REFERENT))
    assert refusal.value.code == "link_forgotten"


def test_replay_message_by_a_member_is_refused(prefecture):
    message = enqueue()
    MailTicket.objects.update(state="dead")
    with pytest.raises(PermissionDenied):
        replay_message(message=message, by=user_with_role(RoleKind.MEMBER))
