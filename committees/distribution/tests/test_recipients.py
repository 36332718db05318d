"""Who is proposed, and what reaches whom."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from clu_portal.mail.models import OutgoingMessage
from clu_portal.tests.factories import PersonFactory
from committees.distribution import acts
from committees.distribution.enums import Ground
from committees.distribution.models import Distribution, DistributionRecipient
from committees.distribution.recipients import candidates
from committees.distribution.rules import ground_in_words, ground_of, is_proposed
from committees.meetings.enums import Gender
from committees.meetings.models import Attendance, AttendancePerson, Invitation
from committees.minutes.models import Minutes
from committees.tests.factories import MandateFactory, MeetingFactory, referent, sealed_minutes


@pytest.mark.parametrize(
    ("is_member", "statuses", "is_invited", "ground"),
    [
        (True, {"absent"}, False, Ground.MEMBER),
        (True, (), True, Ground.MEMBER),
        (False, {"present"}, True, Ground.PRESENT),
        (False, {"excused", "present"}, False, Ground.PRESENT),
        (False, {"excused"}, True, Ground.EXCUSED),
        (False, {"represented"}, False, Ground.EXCUSED),
        (False, {"absent"}, True, Ground.INVITED),
        (False, {"expected"}, True, Ground.INVITED),
        (False, {"absent"}, False, None),
        (False, (), False, None),
    ],
)
def test_ground_is_the_first_that_holds(is_member, statuses, is_invited, ground):
    assert ground_of(is_member=is_member, statuses=statuses, is_invited=is_invited) == ground


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        (Ground.MEMBER, "membre en fonction"),
        (Ground.PRESENT, "présente à la réunion"),
        (Ground.EXCUSED, "excusée"),
        (Ground.INVITED, "invitée, sans être venue"),
    ],
)
def test_ground_agrees_with_the_person(ground, said):
    assert ground_in_words(ground, Gender.FEMININE) == said
    assert ground_in_words(ground, Gender.MASCULINE) == ground_in_words(ground, Gender.UNKNOWN) == ground.label


@pytest.mark.parametrize(
    ("civility", "said"), [("madame", "présente à la réunion"), ("monsieur", "présent à la réunion")]
)
def test_page_says_why_each_person_is_proposed_in_their_gender(prefecture, client, civility, said):
    meeting = MeetingFactory()
    guest = PersonFactory(surname="Colin", civility=civility)
    Attendance.objects.create(meeting=meeting, person=guest, printed_line="Colin", status="present", capacity="guest")
    client.force_login(referent())
    page = client.get(reverse("committees:minutes_distribute", args=[prefecture.slug, sealed_minutes(meeting).pk]))
    assert f'<td data-label="À titre de">{said}</td>' in page.content.decode()


@pytest.mark.parametrize("ground", Ground)
def test_box_is_ticked_for_who_sits_came_or_excused_themselves_and_has_received_nothing(ground):
    assert is_proposed(ground, has_received=False) == (ground != Ground.INVITED)
    assert not is_proposed(ground, has_received=True)


@pytest.fixture
def minutes(prefecture) -> Minutes:
    """Sealed minutes of a meeting with a member who came, a guest, a pair, an excused one, an invited one."""
    mandate = MandateFactory(person=PersonFactory(surname="Aubert"))
    MandateFactory(seat__committee=mandate.seat.committee, person=PersonFactory(surname="Brun", email=""))
    meeting = MeetingFactory(committee=mandate.seat.committee)
    for surname, status, capacity in (("Colin", "present", "guest"), ("Diaz", "excused", "guest")):
        attend(meeting, surname, status, capacity)
    attend(meeting, mandate.person, "present", "member")
    pair = attend(meeting, "Etienne", "present", "guest")
    AttendancePerson.objects.create(attendance=pair, person=PersonFactory(surname="Faure"))
    attend(meeting, "Girard", "represented", "guest", other_person=PersonFactory(surname="Henry"))
    Invitation.objects.create(meeting=meeting, person=PersonFactory(surname="Imbert", email="i@exemple.fr"))
    attend(meeting, "Jolly", "absent", "guest")
    return sealed_minutes(meeting)


def attend(meeting, person, status, capacity, **more) -> Attendance:
    person = PersonFactory(surname=person) if isinstance(person, str) else person
    more |= {"representation": "represented_by"} if more else {}
    return Attendance.objects.create(
        meeting=meeting, person=person, status=status, capacity=capacity, printed_line=str(person), **more
    )


def proposed(minutes: Minutes) -> list[tuple[str, str, bool]]:
    return [(one.person.surname, one.ground, one.is_proposed) for one in candidates(minutes)]


def test_candidates_are_each_person_once_with_the_reason(minutes):
    assert proposed(minutes) == [
        ("Aubert", "member", True),
        ("Brun", "member", True),
        ("Colin", "present", True),
        ("Etienne", "present", True),
        ("Faure", "present", True),
        ("Henry", "present", True),
        ("Diaz", "excused", True),
        ("Girard", "excused", True),
        ("Imbert", "invited", False),
    ]


def test_candidates_cost_the_same_queries_for_one_or_many(minutes, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        candidates(minutes)


def client_of(client, minutes: Minutes) -> str:
    client.force_login(referent())
    return reverse("committees:minutes_distribute", args=[minutes.prefecture.slug, minutes.pk])


def shown(*persons) -> list[str]:
    return [f"{person.pk}:{person.email}" for person in persons]


def persons(minutes: Minutes, *surnames: str) -> list:
    return [one.person for one in candidates(minutes) if one.person.surname in surnames]


def test_page_shows_the_exact_list_before_anything_leaves(client, minutes):
    address = client_of(client, minutes)
    asked = client.get(address).content.decode()
    assert asked.count(" checked") == 8
    chosen = persons(minutes, "Aubert", "Brun", "Imbert")
    listed = client.post(address, {"chosen": [person.pk for person in chosen]})
    assert [one.person.surname for one in listed.context["by_mail"]] == ["Aubert", "Imbert"]
    assert [one.person.surname for one in listed.context["by_post"]] == ["Brun"]
    assert not Distribution.objects.exists()
    sent = client.post(address, {"former_count": "0", "shown": shown(*chosen)}, follow=True).content.decode()
    assert "Le compte-rendu part à 2 personnes par courriel. À envoyer par courrier" in sent
    kept = DistributionRecipient.objects.order_by("person__surname").values_list("person__surname", "ground", "email")
    assert list(kept) == [
        (p.surname, g, p.email) for p, g in zip(chosen, ("member", "member", "invited"), strict=True)
    ]
    assert "à envoyer par courrier" in sent


def test_member_receives_a_link_and_anybody_else_the_sealed_file(minutes):
    member, guest = persons(minutes, "Aubert", "Colin")
    acts.distribute_minutes(minutes=minutes, chosen={p.pk: p.email for p in (member, guest)}, by=referent())
    of_member = OutgoingMessage.objects.get(recipient=member.email)
    of_guest = OutgoingMessage.objects.get(recipient=guest.email)
    assert ("/acces/" in of_member.text, of_member.attachments.count()) == (True, 0)
    assert ("/acces/" in of_guest.text, "/verifier/" in of_guest.text) == (False, True)
    assert [attached.file.sha256 for attached in of_guest.attachments.all()] == [minutes.sealed_file.sha256]


def test_who_has_received_the_minutes_is_no_longer_ticked(client, minutes):
    [aubert] = persons(minutes, "Aubert")
    acts.distribute_minutes(minutes=minutes, chosen={aubert.pk: aubert.email}, by=referent())
    assert ("Aubert", "member", False) in proposed(minutes)
    assert "déjà envoyé le" in client.get(client_of(client, minutes)).content.decode()


def test_list_chosen_before_somebody_else_sent_is_not_shown_for_sending(client, minutes):
    address, chosen = client_of(client, minutes), [one.person.pk for one in candidates(minutes)]
    assert 'name="former_count" value="0"' in client.get(address).content.decode()
    acts.distribute_minutes(minutes=minutes, by=referent())
    answer = client.post(address, {"chosen": chosen, "former_count": "0"}, follow=True)
    assert "vient d&#x27;être diffusé" in answer.content.decode()
    assert 'name="shown"' not in answer.content.decode()
    assert minutes.distributions.count() == 1


def test_nobody_chosen_is_said_beside_the_list(client, minutes):
    answer = client.post(client_of(client, minutes), {})
    assert answer.status_code == 200
    assert "Choisissez au moins un destinataire." in answer.content.decode()


@pytest.mark.parametrize("code", ["not_proposed", "changed", "nobody", "already_sent"])
def test_refused_distribution_changes_nothing(minutes, code):
    [aubert] = persons(minutes, "Aubert")
    stranger = PersonFactory()
    chosen = {
        "not_proposed": {aubert.pk: aubert.email, stranger.pk: stranger.email},
        "changed": {aubert.pk: "autre@exemple.fr"},
        "nobody": {},
        "already_sent": {aubert.pk: aubert.email},
    }[code]
    with pytest.raises(ValidationError) as refusal:
        acts.distribute_minutes(
            minutes=minutes, chosen=chosen, former_count=int(code == "already_sent"), by=referent()
        )
    assert refusal.value.code == code
    assert not Distribution.objects.exists()
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(
    ("civility", "greeting"), [("madame", "Madame,"), ("monsieur", "Monsieur,"), ("", "Madame, Monsieur,")]
)
def test_mail_greets_a_person_by_their_civility(minutes, civility, greeting):
    [aubert] = persons(minutes, "Aubert")
    type(aubert).objects.filter(pk=aubert.pk).update(civility=civility)
    acts.distribute_minutes(minutes=minutes, chosen={aubert.pk: aubert.email}, by=referent())
    assert OutgoingMessage.objects.get().text.splitlines()[2] == greeting
