import pytest
from django.core.exceptions import ValidationError

from clu_portal.tests.factories import PersonFactory
from committees.meetings import acts
from committees.meetings.models import Attendance, CommitteeRules
from committees.meetings.tests.lists import line_of, proposed, tick


def give_proxy(meeting, by, giver: str, holder: str) -> Attendance:
    line = line_of(meeting, giver)
    line.proxy_to = line_of(meeting, holder)
    return acts.save_attendance(attendance=line, by=by)


def test_proxies_are_refused_until_the_committee_admits_them_then_up_to_its_maximum(meeting, by):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Brun="excused", Colin="excused")
    with pytest.raises(ValidationError) as refusal:
        give_proxy(meeting, by, "Brun", "Aubert")
    assert refusal.value.error_dict["proxy_to"][0].code == "proxies_off"
    CommitteeRules.objects.create(committee=meeting.committee, has_proxies=True, proxies_per_holder=1)
    given = give_proxy(meeting, by, "Brun", "Aubert")
    assert given.printed_line == "Association Brun : Mme Brun, pouvoir donné à Mme Aubert"
    with pytest.raises(ValidationError) as refusal:
        give_proxy(meeting, by, "Colin", "Aubert")
    assert refusal.value.error_dict["proxy_to"][0].code == "too_many_proxies"
    assert "détient 1 pouvoir au plus" in refusal.value.messages[0]


def test_holder_of_a_proxy_cannot_be_ticked_absent(meeting, by):
    CommitteeRules.objects.create(committee=meeting.committee, has_proxies=True)
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Brun="excused")
    give_proxy(meeting, by, "Brun", "Aubert")
    with pytest.raises(ValidationError) as refusal:
        tick(meeting, by, Aubert="absent")
    assert refusal.value.error_dict["proxy_to"][0].code == "proxy_to_somebody_away"
    assert line_of(meeting, "Aubert").status == "present"


def test_ticking_reads_the_rules_once_whatever_the_number_of_proxies(meeting, by, count_queries):
    CommitteeRules.objects.create(committee=meeting.committee, has_proxies=True, proxies_per_holder=2)
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Brun="excused", Colin="excused")
    found = []
    for giver in ("Brun", "Colin"):
        give_proxy(meeting, by, giver, "Aubert")
        found.append(count_queries(lambda: tick(meeting, by, Aubert="present")))
    assert found[0] == found[1]


def test_proxy_is_judged_on_the_persons_the_line_names_from_now_on(meeting, by):
    CommitteeRules.objects.create(committee=meeting.committee, has_proxies=True)
    proposed(meeting, by)
    tick(meeting, by, Aubert="present")
    brun = line_of(meeting, "Brun")
    member, _ = brun.person, brun.delete()
    line = Attendance(meeting=meeting, person=PersonFactory(), status="excused", line_follows=True)
    line = acts.save_attendance(attendance=line, by=by)
    line.proxy_to = line_of(meeting, "Aubert")
    given = acts.save_attendance(attendance=line, others=[member], by=by)
    with pytest.raises(ValidationError) as refusal:
        acts.save_attendance(attendance=given, others=[], by=by)
    assert refusal.value.error_dict["proxy_to"][0].code == "proxy_without_seat"
    assert [other.person for other in Attendance.objects.get(pk=given.pk).others.all()] == [member]
