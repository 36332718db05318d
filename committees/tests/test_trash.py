"""Meetings and committees in the corbeille: which go there, what hides with them, what is left once purged."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.action_plan.models import Action
from clu_portal.organisations.models import Person
from clu_portal.tests.factories import user_with_role
from clu_portal.trash import acts
from committees.composition import acts as composition
from committees.composition.models import College, Committee, CompositionAct, Mandate, Seat
from committees.composition.sheet import COMPOSITION_SHEET
from committees.composition.warnings import all_warnings
from committees.meetings import acts as meeting_acts
from committees.meetings import permissions
from committees.meetings.models import AgendaItem, Attendance, CommitteeRules, JointCommittee, Meeting, MeetingDocument
from committees.meetings.rules import was_convened
from committees.tests.factories import (
    AgendaItemFactory,
    CollegeFactory,
    CommitteeFactory,
    CompositionActFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    drafted_minutes,
    referent,
    sealed_minutes,
)


@pytest.mark.parametrize(
    ("state", "second", "noted", "convened"),
    [
        ("prepared", None, False, False),
        ("held", None, False, False),
        ("convened", None, False, True),
        ("cancelled", None, True, True),
        ("held", date(2026, 1, 1), False, True),
    ],
)
def test_was_convened(state, second, noted, convened):
    assert was_convened(state, second, noted=noted) is convened


@pytest.fixture
def by(prefecture):
    return referent()


def full_meeting(by) -> Meeting:
    meeting = MeetingFactory(state="prepared", held_on=timezone.localdate() + timedelta(days=9))
    AgendaItemFactory(meeting=meeting)
    Attendance.objects.create(meeting=meeting, printed_line="Mme A")
    upload = SimpleUploadedFile("note.pdf", b"%PDF-1.7\n%%EOF\n")
    meeting_acts.add_document(
        meeting=meeting, title="Note", kind="annexed", visibility="members", upload=upload, by=by
    )
    return meeting


def refusal(row, by) -> str:
    with pytest.raises(ValidationError) as refused:
        acts.trash_row(row=row, by=by)
    return refused.value.code


def test_meeting_is_hidden_with_its_parts_then_put_back(client, by, prefecture):
    meeting = full_meeting(by)
    document = MeetingDocument.objects.get()
    slug = prefecture.slug
    about = ["meeting_detail", "meeting_update", "agenda_edit", "attendance_edit", "documents_edit", "meeting_votes"]
    addresses = [reverse(f"committees:{name}", args=[slug, meeting.pk]) for name in about]
    addresses += [
        reverse("committees:agenda_item_update", args=[slug, AgendaItem.objects.get().pk]),
        reverse("committees:attendance_update", args=[slug, Attendance.objects.get().pk]),
        reverse("committees:document_download", args=[slug, document.pk]),
    ]
    lists = [
        reverse("committees:meeting_list", args=[slug]),
        reverse("committees:committee_detail", args=[slug, meeting.committee_id]),
        prefecture.get_absolute_url(),
    ]
    client.force_login(by)

    def seen() -> tuple:
        statuses = {client.get(address).status_code for address in addresses}
        return statuses, {meeting.get_absolute_url() in client.get(page).content.decode() for page in lists}

    assert seen() == ({200}, {True})
    acts.trash_row(row=meeting, by=by)
    assert seen() == ({404}, {False})
    acts.restore_row(row=meeting, by=by)
    assert seen() == ({200}, {True})


def test_meeting_purged_goes_with_its_parts(by):
    meeting = acts.trash_row(row=full_meeting(by), by=by)
    Meeting.objects.with_trashed().update(trashed_at=timezone.localtime() - timedelta(days=31))
    acts.purge(timezone.localdate())
    assert not Meeting.objects.with_trashed().exists()
    for part in (AgendaItem, Attendance, MeetingDocument):
        assert not part.objects.exists()
    assert Committee.objects.get() == meeting.committee


def test_meeting_convened_then_cancelled_stays(by):
    meeting = MeetingFactory(state="prepared")
    meeting_acts.record_convocation(meeting=meeting, by=by)
    assert refusal(meeting, by) == "convened"
    meeting_acts.cancel_meeting(meeting=meeting, reason="Grève", by=by)
    assert refusal(meeting, by) == "convened"


@pytest.mark.parametrize(
    "use",
    [
        sealed_minutes,
        drafted_minutes,
        lambda meeting: Action.objects.create(title="Afficher", origin=f"meeting:{meeting.pk}"),
    ],
)
def test_meeting_that_gave_something_stays(use, by):
    meeting = MeetingFactory()
    use(meeting)
    assert refusal(meeting, by) == "in_use"


@pytest.mark.parametrize("state", ["prepared", "held", "cancelled", "postponed"])
def test_meeting_nobody_was_convened_to_goes(state, by):
    acts.trash_row(row=MeetingFactory(state=state), by=by)
    assert not Meeting.objects.exists()


def signed_act(committee: Committee) -> CompositionAct:
    return CompositionActFactory(committee=committee, signed_on=date(2026, 1, 1))


def convened(committee: Committee) -> Meeting:
    meeting = MeetingFactory(committee=committee, state="prepared")
    return meeting_acts.record_convocation(meeting=meeting, by=referent())


def joint(committee: Committee) -> JointCommittee:
    return JointCommittee.objects.create(meeting=MeetingFactory(), committee=committee)


def sat_elsewhere(committee: Committee) -> Attendance:
    seat = SeatFactory(committee=committee)
    return Attendance.objects.create(meeting=MeetingFactory(), seat=seat, printed_line="Mme A")


SERVES = [
    ("held", lambda committee: MeetingFactory(committee=committee)),
    ("held", lambda committee: acts.trash_row(row=MeetingFactory(committee=committee), by=referent())),
    ("convened", convened),
    ("signed", signed_act),
    ("in_use", lambda committee: CommitteeFactory(merged_into=committee, merged_on=date(2026, 1, 1))),
    ("in_use", joint),
    ("in_use", sat_elsewhere),
]


@pytest.mark.parametrize(("code", "use"), SERVES)
def test_committee_that_serves_stays(code, use, by):
    committee = CommitteeFactory()
    use(committee)
    assert refusal(committee, by) == code


def full_committee(by) -> Committee:
    """Entered by mistake: all that a committee may hold before it meets."""
    committee = CommitteeFactory(name="Essai")
    college = CollegeFactory(committee=committee)
    act = CompositionActFactory(committee=committee)
    CompositionActFactory(committee=committee, amends=act)
    seat = SeatFactory(committee=committee, college=college, opened_by=act)
    mandate = MandateFactory(seat=seat, opened_by=act)
    meeting = MeetingFactory(committee=committee, state="prepared")
    Attendance.objects.create(meeting=meeting, seat=seat, person=mandate.person, printed_line="Mme A")
    meeting_acts.save_rules(rules=CommitteeRules(committee=committee), by=by)
    return committee


PARTS = (College, CompositionAct, Seat, Mandate, Meeting)


def counts() -> list[int]:
    return [model.objects.count() for model in (Committee, *PARTS)]


def test_committee_entered_by_mistake_goes_with_all_it_holds_and_comes_back_whole(by):
    committee = full_committee(by)
    apart = MeetingFactory(committee=committee, state="prepared")
    acts.trash_row(row=apart, by=by)
    whole = counts()
    acts.trash_row(row=committee, by=by)
    assert counts() == [0] * 6
    acts.restore_row(row=committee, by=by)
    assert counts() == whole == [1, 1, 2, 1, 1, 1]
    assert Meeting.objects.with_trashed().get(trashed_at__isnull=False) == apart


def test_member_of_a_committee_in_the_corbeille_sees_nothing_of_it(client, by, prefecture):
    committee = full_committee(by)
    user = user_with_role(RoleKind.MEMBER, user__email=None)
    Person.objects.filter(mandates__seat__committee=committee).update(user=user)
    client.force_login(user)
    pages = [committee.get_absolute_url(), reverse("committees:committee_list", args=[prefecture.slug])]
    assert ["Essai" in client.get(page).content.decode() for page in pages] == [True, True]
    acts.trash_row(row=committee, by=by)
    assert client.get(pages[0]).status_code == 404
    assert "Essai" not in client.get(pages[1]).content.decode()


def test_export_leaves_out_the_committee_in_the_corbeille(by):
    committee = full_committee(by)
    assert len(COMPOSITION_SHEET.table()) == 2
    acts.trash_row(row=committee, by=by)
    assert len(COMPOSITION_SHEET.table()) == 1


def test_meeting_of_a_committee_in_the_corbeille_is_a_part_of_it(client, by, prefecture):
    committee = full_committee(by)
    meeting = Meeting.objects.get()
    acts.trash_row(row=committee, by=by)
    with pytest.raises(ValidationError) as refused:
        acts.restore_row(row=meeting, by=by)
    assert refused.value.code == "not_there"
    client.force_login(by)
    listed = client.get(reverse("trash:trash_list", args=[prefecture.slug])).content.decode()
    assert listed.count("Remettre<") == 1


def test_committee_purged_goes_with_all_it_holds(by):
    committee = full_committee(by)
    acts.trash_row(row=committee, by=by)
    Committee.objects.with_trashed().update(trashed_at=timezone.localtime() - timedelta(days=31))
    acts.purge(timezone.localdate())
    assert [model.objects.with_trashed().count() for model in (Committee, *PARTS)] == [0] * 6
    assert (CommitteeRules.objects.count(), Attendance.objects.count()) == (0, 0)


def test_person_seated_in_the_corbeille_still_serves(by):
    committee = full_committee(by)
    person = Person.objects.get(mandates__seat__committee=committee)
    acts.trash_row(row=committee, by=by)
    assert refusal(person, by) == "in_use"


def test_committee_never_used_goes_with_its_rules(by):
    committee = CommitteeFactory(name="Essai")
    meeting_acts.save_rules(rules=CommitteeRules(committee=committee), by=by)
    acts.trash_row(row=committee, by=by)
    assert not Committee.objects.exists()
    CommitteeFactory(name="Essai")
    with pytest.raises(ValidationError):
        acts.restore_row(row=committee, by=by)
    Committee.objects.with_trashed().filter(pk=committee.pk).update(
        trashed_at=timezone.localtime() - timedelta(days=31)
    )
    acts.purge(timezone.localdate())
    assert (Committee.objects.with_trashed().count(), CommitteeRules.objects.count()) == (1, 0)


def test_meeting_in_the_corbeille_is_none_for_the_warnings(by):
    today = timezone.localdate()
    committee = CommitteeFactory()
    Committee.objects.filter(pk=committee.pk).update(created_at=timezone.now() - timedelta(days=800))
    meeting = MeetingFactory(committee=committee, held_on=today - timedelta(days=1))

    def warned() -> int:
        return len(all_warnings(Committee.objects.all(), today))

    assert warned() == 0
    acts.trash_row(row=meeting, by=by)
    assert warned() == 1


ASKED_MEANWHILE = {
    "save_committee": lambda known: (composition.save_committee, {"committee": known["committee"]}),
    "end_seat": lambda known: (composition.end_seat, {"seat": known["seat"], "ends_on": timezone.localdate()}),
    "save_seat": lambda known: (composition.save_seat, {"seat": known["seat"]}),
    "end_mandate": lambda known: (
        composition.end_mandate,
        {"mandate": known["mandate"], "ends_on": timezone.localdate()},
    ),
    "save_meeting": lambda known: (meeting_acts.save_meeting, {"meeting": known["meeting"]}),
    "record_convocation": lambda known: (meeting_acts.record_convocation, {"meeting": known["meeting"]}),
}


@pytest.mark.parametrize("asked", ASKED_MEANWHILE)
def test_act_on_what_goes_to_the_corbeille_meanwhile_is_refused(by, asked):
    committee = full_committee(by)
    known = {"committee": committee, "meeting": Meeting.objects.get()}
    known["mandate"] = Mandate.objects.select_related("seat__committee").get()
    known["seat"] = known["mandate"].seat
    acts.trash_row(row=Committee.objects.get(), by=by)
    call, arguments = ASKED_MEANWHILE[asked](known)
    with pytest.raises(ValidationError):
        call(**arguments, by=by)
    assert counts() == [0] * 6


def test_page_posted_after_the_meeting_went_to_the_corbeille_says_so(client, by, prefecture, monkeypatch):
    meeting = MeetingFactory(state="prepared")
    read = permissions.get_meeting_to_manage

    def trashed_just_after(user, pk):
        found = read(user, pk)
        acts.trash_row(row=Meeting.objects.get(pk=pk), by=by)
        return found

    monkeypatch.setattr(permissions, "get_meeting_to_manage", trashed_just_after)
    client.force_login(by)
    page = reverse("committees:attendance_propose", args=[prefecture.slug, meeting.pk])
    assert client.post(page).status_code == 302
    said = client.get(reverse("committees:meeting_list", args=[prefecture.slug])).content.decode()
    assert "mis à la corbeille par quelqu&#x27;un d&#x27;autre" in said


@pytest.mark.parametrize(("name", "comes_back"), [("CLU d'Evreux", False), ("clu d'évreux", False), ("CLU", True)])
def test_committee_whose_name_was_taken_meanwhile_stays_in_the_corbeille(by, name, comes_back):
    committee = CommitteeFactory(name="CLU d'Évreux")
    acts.trash_row(row=committee, by=by)
    CommitteeFactory(name=name)
    if comes_back:
        acts.restore_row(row=committee, by=by)
    else:
        with pytest.raises(ValidationError) as refusal:
            acts.restore_row(row=committee, by=by)
        assert refusal.value.error_dict["name"][0].code == "name_taken"
    assert Committee.objects.filter(pk=committee.pk).exists() is comes_back
