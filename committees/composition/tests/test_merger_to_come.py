"""A merger that is decided and to come: the committee is there until the eve, closed from the day on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from committees.composition import acts
from committees.composition.models import Committee, Seat
from committees.composition.rules import has_merged
from committees.composition.warnings import all_warnings
from committees.composition.wording import in_words
from committees.meetings.acts import save_meeting
from committees.meetings.forms import MeetingForm
from committees.meetings.models import Meeting
from committees.tests.factories import (
    CommitteeFactory,
    CompositionActFactory,
    MandateFactory,
    SeatFactory,
    referent,
)

JULY = date(2026, 7, 1)
ONE_DAY = timedelta(days=1)
# The day of the merger, counted from today; whether the committee is closed today.
BOUNDS = [(0, True), (1, False)]


@pytest.mark.parametrize(
    ("merged_on", "day", "expected"),
    [(None, JULY, False), (JULY, JULY - ONE_DAY, False), (JULY, JULY, True), (JULY, JULY + ONE_DAY, True)],
)
def test_committee_is_no_more_from_the_day_of_its_merger_on(merged_on, day, expected):
    assert has_merged(merged_on, day) is expected


def refusal_if_any(act, **arguments) -> dict[str, list[str]]:
    """Field → codes of a refusal; empty when the act is done."""
    try:
        act(**arguments, by=referent())
    except ValidationError as refusal:
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
        return {name: [error.code for error in errors] for name, errors in by_field.items()}
    return {}


def merged_in(days: int) -> Committee:
    """A committee of one vacant seat that merges so many days from today."""
    committee, into = CommitteeFactory(name="CLU"), CommitteeFactory(name="CLUAC")
    SeatFactory(committee=committee, wording="Familles")
    day = timezone.localdate() + timedelta(days=days)
    act = CompositionActFactory(committee=committee, signed_on=timezone.localdate())
    merger = {"into": into, "merged_on": day, "composition_act": act, "carry_over": False}
    return acts.merge_committee(committee=committee, **merger, by=referent())


@pytest.mark.parametrize(("days", "is_closed"), BOUNDS)
def test_composition_moves_until_the_eve(prefecture, days, is_closed):
    committee = merged_in(days)
    asked = [
        (acts.save_seat, {"seat": Seat(committee=committee, wording="Aînés")}),
        (acts.save_committee, {"committee": committee}),
    ]
    for act, arguments in asked:
        assert refusal_if_any(act, **arguments) == ({"": ["merged"]} if is_closed else {})


@pytest.mark.parametrize(("days", "is_closed"), BOUNDS)
def test_pages_say_the_merger_in_its_tense(client, prefecture, days, is_closed):
    committee = merged_in(days)
    client.force_login(referent())
    day = f"le {in_words(committee.merged_on)} dans"
    said = f"a fusionné {day}" if is_closed else f"fusionnera {day}"
    slug = prefecture.slug
    pages = [
        committee.get_absolute_url(),
        reverse("committees:committee_list", args=[slug]),
        reverse("committees:committee_composition", args=[slug, committee.pk]) + f"?au={committee.merged_on}",
    ]
    shown = [" ".join(client.get(page).content.decode().split()) for page in pages]
    assert [said in page for page in shown] == [True, True, True]
    assert ("Ajouter un siège" in shown[0]) is not is_closed
    assert "Fusionner" not in shown[0]


def test_composition_of_the_eve_says_nothing_of_the_merger(client, prefecture):
    committee = merged_in(1)
    client.force_login(referent())
    page = reverse("committees:committee_composition", args=[prefecture.slug, committee.pk])
    assert "fusionne" not in client.get(page).content.decode()


@pytest.mark.parametrize(("days", "is_closed"), BOUNDS)
def test_meetings_and_warnings_go_on_until_the_eve(prefecture, days, is_closed):
    committee, today = merged_in(days), timezone.localdate()
    assert (committee not in MeetingForm().fields["committee"].queryset) is is_closed
    refused = refusal_if_any(save_meeting, meeting=Meeting(committee=committee, held_on=today))
    undated = refusal_if_any(save_meeting, meeting=Meeting(committee=committee))
    assert refused == undated == ({"": ["merged"]} if is_closed else {})
    warned = {warning.committee for warning in all_warnings(Committee.objects.all(), today)}
    assert (committee not in warned) is is_closed


def test_seat_opened_before_the_merger_ends_on_the_eve(prefecture):
    committee = merged_in(10)
    seat = acts.save_seat(seat=Seat(committee=committee, wording="Aînés"), by=referent())
    assert (seat.ends_on, seat.ended_by) == (committee.merged_on - ONE_DAY, committee.merged_by)
    for day, refused in ((committee.merged_on, {"ends_on": ["after_the_merger"]}), (committee.last_day, {})):
        assert refusal_if_any(acts.end_seat, seat=seat, ends_on=day) == refused
    for day, refused in ((committee.merged_on, {"starts_on": ["after_the_merger"]}), (committee.last_day, {})):
        late = Seat(committee=committee, wording="Tard", starts_on=day)
        assert refusal_if_any(acts.save_seat, seat=late) == refused


def test_merger_to_come_is_the_only_one(prefecture):
    committee = merged_in(1)
    act = CompositionActFactory(committee=committee, signed_on=timezone.localdate())
    merger = {"merged_on": committee.merged_on, "composition_act": act, "carry_over": False}
    again = {"committee": committee, "into": CommitteeFactory()} | merger
    assert refusal_if_any(acts.merge_committee, **again) == {"merged_on": ["merging"]}
    other = {"committee": MandateFactory().seat.committee, "into": committee} | merger
    assert refusal_if_any(acts.merge_committee, **other) == {"into": ["merged"]}


@pytest.mark.parametrize(("days", "is_refused"), [(9, True), (10, True), (11, False)])
def test_committee_that_another_one_joins_does_not_merge_before(prefecture, days, is_refused):
    joined = CommitteeFactory()
    Committee.objects.filter(pk=merged_in(10).pk).update(merged_into=joined)
    day = timezone.localdate() + timedelta(days=days)
    arrete = CompositionActFactory(committee=joined, signed_on=JULY, effective_on=day)
    values = {"into": CommitteeFactory(), "merged_on": day, "composition_act": arrete, "carry_over": False}
    refused = refusal_if_any(acts.merge_committee, committee=joined, **values)
    assert refused == ({"merged_on": ["awaited"]} if is_refused else {})


def test_merger_inscribed_since_a_page_was_read_is_kept(prefecture):
    stale = CommitteeFactory()
    seat = SeatFactory(committee=stale)
    into, merged_on = CommitteeFactory(), timezone.localdate() + 10 * ONE_DAY
    arrete = CompositionActFactory(committee=into, signed_on=JULY, effective_on=merged_on)
    fresh = Committee.objects.get(pk=stale.pk)
    values = {"into": into, "merged_on": merged_on, "composition_act": arrete, "carry_over": False}
    acts.merge_committee(committee=fresh, **values, by=referent())
    acts.save_committee(committee=stale, by=referent())
    acts.save_seat(seat=seat, by=referent())
    assert Committee.objects.get(pk=stale.pk).merged_on == merged_on
    assert Seat.objects.get(pk=seat.pk).ends_on == merged_on - ONE_DAY
