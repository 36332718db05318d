"""Bad input comes back with its message and what was typed; nothing is kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from clu_portal.accounts import limits
from clu_portal.accounts.tests.helpers import sign_in
from clu_portal.mail.models import OutgoingMessage
from committees.composition.models import Committee, Mandate
from committees.distribution.models import Distribution
from committees.meetings.models import Meeting
from committees.tests.factories import CommitteeFactory, MandateFactory, MeetingFactory, referent, sealed_minutes


@pytest.fixture
def writer(client, prefecture):
    sign_in(client, referent())
    return client


def test_committee_create_name_already_taken_is_said_and_given_back(writer, prefecture):
    CommitteeFactory(name="CLU")
    page = writer.post(reverse("committees:committee_create", args=[prefecture.slug]), {"name": "CLU", "kind": "clu"})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert 'value="CLU"' in page.content.decode()
    assert Committee.objects.count() == 1


def test_committee_update_name_already_taken_changes_nothing(writer, prefecture):
    CommitteeFactory(name="CLU")
    committee = CommitteeFactory(name="CLAC")
    path = reverse("committees:committee_update", args=[prefecture.slug, committee.pk])
    assert writer.post(path, {"name": "CLU", "kind": "clu"}).context["form"].errors
    assert Committee.objects.get(pk=committee.pk).name == "CLAC"


def test_person_appoint_twice_is_said_on_the_form(writer, prefecture):
    mandate = MandateFactory()
    path = reverse("committees:person_appoint", args=[prefecture.slug, mandate.seat.pk])
    typed = {"person": mandate.person.pk, "kind": "full_member", "starts_on": "2026-01-01"}
    page = writer.post(path, typed)
    assert "tient déjà ce siège" in page.content.decode()
    assert Mandate.objects.count() == 1


def test_meeting_update_end_before_start_is_said_and_given_back(writer, prefecture):
    meeting = MeetingFactory()
    path = reverse("committees:meeting_update", args=[prefecture.slug, meeting.pk])
    typed = {"committee": meeting.committee.pk, "starts_at": "15:00", "ends_at": "14:00", "place": "Salle des actes"}
    page = writer.post(path, typed).content.decode()
    assert "doit suivre" in page
    assert "Salle des actes" in page
    assert Meeting.objects.get(pk=meeting.pk).place == ""


@pytest.mark.parametrize("odd", ["²", "2026-02-30.1", ".²", "x.1", "-1", "9" * 30])
def test_lists_odd_addresses_are_answered(writer, prefecture, odd):
    MeetingFactory()
    for name, parameter in [("meeting_list", "apres"), ("minutes_list", "avant")]:
        path = reverse(f"committees:{name}", args=[prefecture.slug])
        assert writer.get(path, {parameter: odd}).status_code == 200


def test_meeting_with_sealed_minutes_keeps_its_date_and_committee(writer, prefecture):
    meeting = sealed_minutes().meeting
    path = reverse("committees:meeting_update", args=[prefecture.slug, meeting.pk])
    typed = {"committee": meeting.committee.pk, "held_on": "2026-01-01", "place": "Ailleurs"}
    assert "ne changent plus" in writer.post(path, typed).content.decode()
    kept = Meeting.objects.get(pk=meeting.pk)
    assert (kept.held_on, kept.place) == (meeting.held_on, "")


def test_meeting_to_come_is_not_held(writer, prefecture):
    meeting = MeetingFactory(state="prepared", held_on=timezone.localdate() + timedelta(days=1))
    writer.post(reverse("committees:meeting_hold", args=[prefecture.slug, meeting.pk]))
    assert Meeting.objects.get(pk=meeting.pk).state == "prepared"


def test_M02_distribution_sent_twice_from_one_page_is_one(writer, prefecture):
    mandate = MandateFactory()
    minutes = sealed_minutes(MeetingFactory(committee=mandate.seat.committee))
    path = reverse("committees:minutes_distribute", args=[prefecture.slug, minutes.pk])
    for _ in "12":
        writer.post(path, {"former_count": "0", "shown": f"{mandate.person.pk}:{mandate.person.email}"})
    assert (Distribution.objects.count(), OutgoingMessage.objects.count()) == (1, 1)


def test_minutes_verify_is_limited_per_network(writer, prefecture):
    def posted():
        return writer.post(reverse("minutes_verify"), {"pdf": SimpleUploadedFile("x.pdf", b"bonjour")}).status_code

    answers = [posted() for _ in range(limits.FILES_PER_NETWORK.amount + 1)]
    assert answers == [200] * limits.FILES_PER_NETWORK.amount + [429]
