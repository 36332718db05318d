import pytest
from django.core.exceptions import ValidationError

from clu_portal.accounts.models import AccessToken
from clu_portal.mail.models import OutgoingMessage
from clu_portal.tests.factories import PersonFactory
from committees.distribution import acts
from committees.distribution.models import Distribution
from committees.tests.factories import (
    CommitteeFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    drafted_minutes,
    referent,
    sealed_minutes,
)


def test_distribute_minutes_writes_to_each_member_in_force_once(prefecture):
    committee = CommitteeFactory()
    first, second = MandateFactory(seat__committee=committee), MandateFactory(seat__committee=committee)
    MandateFactory(seat=SeatFactory(committee=committee), person=first.person)
    MandateFactory(seat__committee=committee, ends_on="2025-06-01")
    MandateFactory(seat__committee=committee, person=PersonFactory(email=""))
    minutes = sealed_minutes(MeetingFactory(committee=committee))
    acts.distribute_minutes(minutes=minutes, by=referent())
    sent = set(OutgoingMessage.objects.values_list("recipient", flat=True))
    assert sent == {first.person.email, second.person.email}


def test_distribute_minutes_link_opens_the_minutes_and_is_not_stored(prefecture):
    mandate = MandateFactory()
    minutes = sealed_minutes(MeetingFactory(committee=mandate.seat.committee))
    acts.distribute_minutes(minutes=minutes, by=referent())
    [token] = AccessToken.objects.all()
    message = OutgoingMessage.objects.get()
    assert (token.object_reference, token.next_path) == (f"person:{mandate.person.pk}", minutes.get_absolute_url())
    assert "http://127.0.0.1:8000/acces/" in message.text
    assert token.token_hash not in message.text
    assert message.ticket.expires_at == token.expires_at


def test_distribute_minutes_not_sealed_is_refused(prefecture):
    with pytest.raises(ValidationError) as refusal:
        acts.distribute_minutes(minutes=drafted_minutes(), by=referent())
    assert refusal.value.code == "not_sealed"


def test_distribute_minutes_to_nobody_is_refused_and_keeps_nothing(prefecture):
    with pytest.raises(ValidationError) as refusal:
        acts.distribute_minutes(minutes=sealed_minutes(), by=referent())
    assert refusal.value.code == "nobody"
    assert not Distribution.objects.exists()
