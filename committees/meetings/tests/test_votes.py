from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from clu_portal.tests.factories import OrganisationFactory
from committees.meetings import acts
from committees.meetings.facts import rule_facts
from committees.meetings.models import Attendance, CommitteeRules, JointCommittee, Meeting, Vote
from committees.meetings.standing import standings
from committees.meetings.tests.lists import meeting_of
from committees.minutes.acts import begin_minutes
from committees.minutes.facts import facts_of
from committees.minutes.text import sections_in_order
from committees.tests.factories import (
    AgendaItemFactory,
    CommitteeFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    secretary_general,
)


def vote(meeting, by, **counts) -> Vote:
    return acts.save_vote(vote=Vote(meeting=meeting, subject="Horaires", **({"for_count": 1} | counts)), by=by)


def code(meeting, by, **counts) -> str:
    try:
        vote(meeting, by, **counts)
    except ValidationError as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize(
    ("seats", "came", "denominator", "refused"),
    [
        (5, 2, 2, "no_quorum"),
        (5, 3, 2, ""),
        (4, 1, 2, "no_quorum"),
        (4, 2, 2, ""),
        (5, 1, 3, "no_quorum"),
        (5, 2, 3, ""),
        (3, 1, 3, ""),
        (3, 0, 3, "no_quorum"),
    ],
)
def test_vote_is_refused_below_the_quorum(by, seats, came, denominator, refused):
    meeting = meeting_of(seats, came, has_quorum=True, quorum_denominator=denominator)
    assert code(meeting, by) == refused
    assert meeting.votes.exists() is not bool(refused)


def test_refusal_shows_the_rule(by):
    meeting = meeting_of(4, 1, has_quorum=True, rule_text="Article 4 du règlement.")
    with pytest.raises(ValidationError) as refusal:
        vote(meeting, by)
    assert "Article 4 du règlement." in refusal.value.message
    assert "1 siège présent sur 4 ; il en faut 2" in refusal.value.message


@pytest.mark.parametrize(
    ("lifts", "recorded", "refused"), [(True, True, ""), (True, False, "no_quorum"), (False, True, "no_quorum")]
)
def test_second_convocation_lets_the_committee_vote(by, lifts, recorded, refused):
    meeting = meeting_of(4, 1, has_quorum=True, second_convocation_lifts=lifts)
    if recorded:
        meeting.second_convocation_on = date(2026, 3, 10)
        acts.save_meeting(meeting=meeting, by=by)
    assert code(meeting, by) == refused


@pytest.mark.parametrize(("count", "refused"), [(False, "no_quorum"), (True, "")])
def test_proxies_make_the_quorum_or_not(by, count, refused):
    meeting = meeting_of(4, 1, has_quorum=True, has_proxies=True, proxies_count=count)
    giver, holder = meeting.attendances.filter(status="excused").first(), meeting.attendances.first()
    giver.proxy_to = holder
    acts.save_attendance(attendance=giver, by=by)
    assert code(meeting, by) == refused


def test_vote_at_an_hour_counts_who_was_there(by):
    meeting = meeting_of(4, 2, has_quorum=True)
    meeting.attendances.filter(pk=meeting.attendances.first().pk).update(arrived_at=time(15))
    assert code(meeting, by, voted_at=time(14, 59)) == "no_quorum"
    assert code(meeting, by, voted_at=time(15)) == ""


def test_vote_on_an_item_does_not_count_who_missed_it(by):
    meeting = meeting_of(4, 2, has_quorum=True)
    item, other = AgendaItemFactory(meeting=meeting), AgendaItemFactory(meeting=meeting)
    acts.save_attendance(attendance=meeting.attendances.first(), missed=[item], by=by)
    assert code(meeting, by, agenda_item=item) == "no_quorum"
    assert code(meeting, by, agenda_item=other) == ""


@pytest.mark.parametrize(("counts", "refused"), [((2, 1, 0), ""), ((2, 1, 1), "too_many_voices")])
def test_no_more_voices_than_seats_present(by, counts, refused):
    meeting = meeting_of(4, 3)
    known = dict(zip(("for_count", "against_count", "abstention_count"), counts, strict=True))
    assert code(meeting, by, **known) == refused


@pytest.mark.parametrize(
    ("counts", "refused"),
    [
        ({"for_count": 0}, "no_voice"),
        ({"for_count": 0, "method": "consensus"}, ""),
        ({"for_count": 0, "abstention_count": 1}, ""),
    ],
)
def test_vote_without_a_voice_is_unknown_and_not_a_tie(by, counts, refused):
    assert code(meeting_of(seats=3, came=3), by, **counts) == refused


def test_vote_of_a_committee_that_does_not_vote_is_refused(by):
    meeting = MeetingFactory()
    assert code(meeting, by) == "votes_off"
    CommitteeRules.objects.create(committee=meeting.committee, has_quorum=True)
    assert code(meeting, by) == "votes_off"


def test_each_committee_of_a_joint_meeting_needs_its_quorum(by):
    meeting, other = meeting_of(2, 2, has_quorum=True), CommitteeFactory()
    MandateFactory(seat=SeatFactory(committee=other))
    JointCommittee.objects.create(meeting=meeting, committee=other)
    assert code(meeting, by) == ""
    CommitteeRules.objects.create(committee=other, has_quorum=True)
    assert code(meeting, by) == "no_quorum"


def test_tied_vote_follows_the_chair_where_the_rule_says_so(by):
    meeting = meeting_of(4, 4, chair_casts=True)
    assert vote(meeting, by, for_count=2, against_count=2, chair_voice="against").result == "rejected_chair"


def test_vote_by_the_secretary_general_is_refused(by):
    with pytest.raises(PermissionDenied):
        vote(meeting_of(1, 1), secretary_general())


def test_facts_hold_the_quorum_and_the_votes_when_the_rules_are_on(by):
    meeting = meeting_of(2, 1, has_quorum=True)
    vote(meeting, by)
    facts = facts_of(meeting)
    assert facts["quorum"][0]["sentence"] == "1 siège présent sur 2 ; il en faut 1 : le quorum est atteint."
    assert facts["quorum"][0]["rule"].startswith("Le quorum est atteint quand la moitié au moins")
    assert [(one["subject"], one["sentence"]) for one in facts["votes"]] == [
        ("Horaires", "1 voix pour, 0 contre, 0 abstention : adopté.")
    ]


def test_minutes_begin_with_the_rules_that_are_on(by):
    meeting = meeting_of(2, 1, has_quorum=True)
    vote(meeting, by)
    minutes = begin_minutes(meeting=meeting, by=by)
    nodes = [node["type"] for section in sections_in_order(minutes) for node in section.content["content"]]
    assert [name for name in nodes if name in {"attendance", "agenda", "quorum", "votes"}] == [
        "attendance",
        "agenda",
        "quorum",
        "votes",
    ]


def test_facts_hold_nothing_of_the_rules_when_they_are_off(by):
    assert rule_facts(MeetingFactory()) == {}
    assert {name: fact for name, fact in facts_of(MeetingFactory()).items() if name in {"quorum", "votes"}} == {
        "quorum": [],
        "votes": [],
    }


@pytest.mark.parametrize(
    ("numerator", "denominator", "accepted"), [(1, 1, True), (2, 3, True), (3, 2, False), (0, 2, False)]
)
def test_quorum_is_a_fraction(by, numerator, denominator, accepted):
    rules = CommitteeRules(committee=CommitteeFactory(), quorum_numerator=numerator, quorum_denominator=denominator)
    if accepted:
        assert acts.save_rules(rules=rules, by=by).pk
        return
    with pytest.raises(ValidationError, match="fraction"):
        acts.save_rules(rules=rules, by=by)


def line_on(seat, said: str) -> dict:
    """A line that names the seat, its holder or its organisation, or neither."""
    known = {
        "seat": {"seat": seat},
        "holder": {"person": seat.mandates.get().person},
        "organisation": {"organisation": seat.organisation},
        "guest": {"person": seat.mandates.get().person, "capacity": "guest"},
        "nobody": {},
    }
    return {"printed_line": said, **known[said]}


@pytest.mark.parametrize(
    ("lines", "present"),
    [
        (["1:seat"], 1),
        (["1:holder"], 1),
        (["1:organisation"], 1),
        (["1:nobody"], 0),
        (["1:guest"], 0),
        (["1:seat", "1:holder"], 1),
        (["1:organisation", "1:holder"], 1),
        (["1:holder", "2:organisation"], 2),
        (["1:organisation", "2:organisation", "3:holder"], 3),
    ],
)
def test_quorum_counts_the_seats_the_lines_speak_of(by, lines, present):
    """Two seats of four make the quorum, each named by whatever a line says of it."""
    meeting = meeting_of(4, 0, has_quorum=True)
    meeting.attendances.all().delete()
    seats = list(meeting.committee.seats.order_by("pk"))
    for seat in seats:
        seat.organisation = OrganisationFactory()
        seat.save()
    for number, _, said in (line.partition(":") for line in lines):
        Attendance.objects.create(meeting=meeting, **line_on(seats[int(number) - 1], said))
    (standing,) = standings(meeting)
    assert (standing.quorum.present, standing.quorum.is_met) == (present, present >= 2)
    assert code(meeting, by) == ("" if present >= 2 else "no_quorum")


def test_one_line_of_an_organisation_with_two_seats_fills_one(by):
    meeting = meeting_of(2, 0, has_quorum=True, quorum_is_strict=True)
    body = OrganisationFactory()
    meeting.committee.seats.update(organisation=body)
    meeting.attendances.all().delete()
    Attendance.objects.create(meeting=meeting, organisation=body, printed_line="L'union")
    assert standings(meeting)[0].quorum.present == 1
    Attendance.objects.create(meeting=meeting, organisation=body, names="Mme A ; M. B", printed_line="L'union")
    assert standings(meeting)[0].quorum.present == 2


@pytest.mark.parametrize(("days_after", "is_lifted"), [(-1, True), (0, True), (1, False)])
def test_a_second_convocation_later_than_the_meeting_lifts_nothing(by, days_after, is_lifted):
    meeting = meeting_of(3, 1, has_quorum=True, second_convocation_lifts=True)
    again = meeting.held_on + timedelta(days=days_after)
    Meeting.objects.filter(pk=meeting.pk).update(second_convocation_on=again)
    (standing,) = standings(Meeting.objects.get(pk=meeting.pk))
    assert standing.quorum.may_decide is is_lifted
