from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.mail.models import OutgoingMessage
from clu_portal.tests.factories import user_with_role
from committees.composition.models import SentWarning
from committees.composition.sending import send_warnings
from committees.tests.factories import CommitteeFactory, MandateFactory, SeatFactory, referent


def sent() -> list[tuple[str, str]]:
    messages = OutgoingMessage.objects.filter(kind="composition_warnings").order_by("pk")
    return list(messages.values_list("recipient", "subject"))


def test_send_warnings_writes_once_to_each_referent(prefecture):
    first, second = referent(), referent()
    user_with_role(RoleKind.SECRETARY_GENERAL)
    SeatFactory(committee=CommitteeFactory(name="CLU"), wording="Maires")
    assert (send_warnings(), send_warnings()) == (1, 0)
    subject = "À voir : composition du comité « CLU »"
    assert sent() == [(first.email, subject), (second.email, subject)]
    assert "– Siège vacant : Maires." in OutgoingMessage.objects.first().text


def test_send_warnings_says_only_what_is_new(prefecture):
    referent()
    committee = CommitteeFactory()
    SeatFactory(committee=committee, wording="Maires")
    send_warnings()
    SeatFactory(committee=committee, wording="Familles")
    assert send_warnings() == 1
    first, second = OutgoingMessage.objects.order_by("pk")
    assert ("Maires" in first.text, "Familles" in first.text) == (True, False)
    assert ("Maires" in second.text, "Familles" in second.text) == (False, True)


def test_send_warnings_again_when_the_seat_is_vacant_again(prefecture):
    """A vacancy is known by the mandate that ended: the next one is another."""
    referent()
    seat = SeatFactory()
    assert send_warnings() == 1
    MandateFactory(seat=seat, ends_on=timezone.localdate() - timedelta(days=1))
    assert (send_warnings(), send_warnings()) == (1, 0)


def test_send_warnings_one_message_for_each_committee(prefecture):
    referent()
    for name in ("CLAC", "CLU"):
        committee = CommitteeFactory(name=name)
        for _ in range(3):
            SeatFactory(committee=committee)
    assert send_warnings() == 6
    assert [subject for _, subject in sent()] == [f"À voir : composition du comité « {n} »" for n in ("CLAC", "CLU")]


def test_send_warnings_without_a_referent_keeps_them_for_later(prefecture):
    SeatFactory()
    assert (send_warnings(), SentWarning.objects.count()) == (0, 0)
    referent()
    assert send_warnings() == 1


def test_home_shows_one_line_for_each_committee_to_look_at(client, prefecture):
    committee = CommitteeFactory(name="CLU")
    for _ in range(2):
        SeatFactory(committee=committee)
    MandateFactory(seat=SeatFactory(committee=committee), ends_on=timezone.localdate())
    client.force_login(referent())
    page = client.get(reverse("prefecture_home", args=[prefecture.slug])).content.decode()
    assert "Composition : 1 mandat finit bientôt, 2 sièges vacants" in page
    assert f"{committee.get_absolute_url()}#avertissements" in page


def test_home_of_an_agent_shows_no_warning_of_the_composition(client, prefecture):
    SeatFactory(starts_on=date(2026, 1, 1))
    client.force_login(user_with_role(RoleKind.AGENT))
    assert "Composition :" not in client.get(reverse("prefecture_home", args=[prefecture.slug])).content.decode()
