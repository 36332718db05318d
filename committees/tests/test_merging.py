"""Two organisations or two persons that were one: everything said of the one dropped is said of the one kept."""

import re

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.action_plan.models import Action
from clu_portal.audit.models import AuditEntry
from clu_portal.links.models import Link, Relation
from clu_portal.organisations.merging import counted_uses, merge_rows
from clu_portal.organisations.models import Organisation, Person
from clu_portal.organisations.uses import foreign_keys_to
from clu_portal.tenancy import scope
from clu_portal.tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PrefectureFactory,
    UserFactory,
    user_with_role,
)
from clu_portal.trash.acts import trash_row
from committees.composition.models import Mandate
from committees.distribution.acts import distribute_minutes
from committees.distribution.models import DistributionRecipient
from committees.meetings.models import Attendance, AttendancePerson, Invitation
from committees.meetings.printing import persons_of, refresh_wording
from committees.minutes.models import Minutes
from committees.tests.factories import (
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    drafted_minutes,
    referent,
    sealed_minutes,
    secretary_general,
    submitted_minutes,
)


@pytest.fixture
def by(prefecture):
    return referent()


def refusal(kept, dropped, by) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        merge_rows(kept=kept, dropped=dropped, by=by)
    assert type(dropped).objects.filter(pk=dropped.pk).exists()
    return refused.value


def a_pair() -> tuple[Person, Person]:
    return PersonFactory(given_name="Odile", phone=""), PersonFactory(given_name="Odile", phone="01 00 00 00 00")


def everything_about(person: Person) -> None:
    meeting = MeetingFactory()
    MandateFactory(person=person, seat__committee=meeting.committee)
    Attendance.objects.create(meeting=meeting, person=person, printed_line="Mme A")
    Attendance.objects.create(meeting=meeting, other_person=person, printed_line="représentée")
    shared = Attendance.objects.create(meeting=meeting, printed_line="Mmes A et B")
    AttendancePerson.objects.create(attendance=shared, person=person)
    Invitation.objects.create(meeting=meeting, person=person)
    Action.objects.create(title="Afficher", owner=person, origin=f"person:{person.pk}")
    Link.objects.create(source=f"person:{person.pk}", relation=Relation.GAVE_ACTION, target="action:1")
    Link.objects.create(source="meeting:1", relation=Relation.DISCUSSED_IN, target=f"person:{person.pk}")
    distribute_minutes(minutes=sealed_minutes(meeting), by=referent())


def names_of(person: Person) -> dict[str, int]:
    """How many rows name a person, field by field, read without the code under test."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Person:
                found[f"{model.__name__}.{field.name}"] = model.objects.filter(**{field.name: person}).count()
    for model, name in ((Action, "origin"), (Link, "source"), (Link, "target")):
        found[f"{model.__name__}.{name}"] = model.objects.filter(**{name: f"person:{person.pk}"}).count()
    return found


def test_everything_said_of_the_one_dropped_is_said_of_the_one_kept(by):
    kept, dropped = a_pair()
    everything_about(dropped)
    before = names_of(dropped)
    assert all(before.values())
    minutes = Minutes.objects.get()
    merge_rows(kept=kept, dropped=dropped, by=by)
    assert names_of(kept) == before
    assert not Person.objects.with_trashed().filter(pk=dropped.pk).exists()
    after = Minutes.objects.get()
    assert (after.facts, after.text_hash, after.sealed_file) == (minutes.facts, minutes.text_hash, minutes.sealed_file)
    assert DistributionRecipient.objects.get().email == dropped.email


def test_row_kept_is_filled_where_it_was_empty(by):
    kept, dropped = a_pair()
    email = kept.email
    merge_rows(kept=kept, dropped=dropped, by=by)
    kept.refresh_from_db()
    assert (kept.phone, kept.email) == ("01 00 00 00 00", email)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject) == ("registry_rows_merged", f"person:{kept.pk}")
    assert entry.details == {"merged": f"person:{dropped.pk}"}


def test_organisations_are_merged_with_their_seats_persons_and_those_of_the_corbeille(by):
    kept, dropped = OrganisationFactory(acronym=""), OrganisationFactory(acronym="UDF")
    seat, person = SeatFactory(organisation=dropped), PersonFactory(organisation=dropped)
    hidden = trash_row(row=PersonFactory(organisation=dropped), by=by)
    Attendance.objects.create(meeting=MeetingFactory(), organisation=dropped, printed_line="UDF")
    Invitation.objects.create(meeting=MeetingFactory(), organisation=dropped)
    merge_rows(kept=kept, dropped=dropped, by=by)
    assert Organisation.objects.get().acronym == "UDF"
    assert set(Person.objects.with_trashed().values_list("organisation", flat=True)) == {kept.pk}
    seat.refresh_from_db()
    assert (seat.organisation, person.pk, hidden.pk) == (kept, person.pk, hidden.pk)
    assert {row.organisation for row in [*Attendance.objects.all(), *Invitation.objects.all()]} == {kept}


def test_account_of_the_one_dropped_passes_over(by):
    kept, dropped = a_pair()
    user = UserFactory()
    Person.objects.filter(pk=dropped.pk).update(user=user)
    merge_rows(kept=kept, dropped=dropped, by=by)
    assert Person.objects.get(user=user) == kept


def test_two_accounts_are_refused(by):
    kept, dropped = PersonFactory(user=UserFactory()), PersonFactory(user=UserFactory())
    assert refusal(kept, dropped, by).code == "two_accounts"


def test_mandates_that_would_overlap_are_refused_with_the_reason(by):
    kept, dropped = a_pair()
    seat = SeatFactory()
    MandateFactory(seat=seat, person=kept)
    MandateFactory(seat=seat, person=dropped, kind="substitute")
    refused = refusal(kept, dropped, by)
    assert (refused.code, refused.message.rpartition(" : ")[2]) == ("conflict", "Cette personne tient déjà ce siège.")
    assert Mandate.objects.filter(person=dropped).exists()


@pytest.mark.parametrize("is_kept_first", [True, False])
@pytest.mark.parametrize("both_among_others", [True, False])
def test_line_that_named_both_counts_one_person(by, is_kept_first, both_among_others):
    kept, dropped = a_pair()
    first, second = (kept, dropped) if is_kept_first else (dropped, kept)
    line = Attendance.objects.create(meeting=MeetingFactory(), person=None if both_among_others else first)
    for person in [first, second] if both_among_others else [second]:
        AttendancePerson.objects.create(attendance=line, person=person)
    merge_rows(kept=kept, dropped=dropped, by=by)
    assert persons_of(Attendance.objects.get()) == [kept]


def test_line_that_named_somebody_else_still_does(by):
    kept, dropped = a_pair()
    line = Attendance.objects.create(meeting=MeetingFactory(), person=kept, other_person=PersonFactory())
    other = AttendancePerson.objects.create(attendance=line, person=PersonFactory()).person
    Attendance.objects.create(meeting=line.meeting, person=dropped)
    merge_rows(kept=kept, dropped=dropped, by=by)
    found = Attendance.objects.order_by("pk")
    assert [persons_of(one) for one in found] == [[kept, other], [kept]]
    assert found[0].other_person == line.other_person


@pytest.mark.parametrize("is_kept_first", [True, False])
def test_nobody_represents_themselves_after_a_merge(by, is_kept_first):
    kept, dropped = a_pair()
    first, second = (kept, dropped) if is_kept_first else (dropped, kept)
    Attendance.objects.create(meeting=MeetingFactory(), person=first, other_person=second)
    merge_rows(kept=kept, dropped=dropped, by=by)
    line = Attendance.objects.get()
    assert (line.person, line.other_person) == (kept, None)


def test_two_lines_that_would_say_the_same_thing_are_refused(by, monkeypatch):
    monkeypatch.setattr(offers, "mergers", offers.Shelf("merger"))
    kept, dropped = a_pair()
    line = Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mmes A et B")
    for person in (kept, dropped):
        AttendancePerson.objects.create(attendance=line, person=person)
    refused = refusal(kept, dropped, by)
    assert refused.message.endswith("Autre personne d'une ligne : les deux figurent déjà au même endroit.")


def line_about(kept: Person, dropped: Person, **values) -> Attendance:
    """A line proposed from the directory, of the row about to go."""
    meeting = values.pop("meeting", None) or MeetingFactory()
    line = Attendance.objects.create(meeting=meeting, person=dropped, status="present", **values)
    refresh_wording(meeting)
    line.refresh_from_db()
    return line


def renamed_pair() -> tuple[Person, Person]:
    return PersonFactory(given_name="Odile", surname="Ferrandier"), PersonFactory(given_name="O.", surname="Ferandier")


@pytest.mark.parametrize(("follows", "printed"), [(True, "Mme Odile Ferrandier"), (False, "Mme O. Ferandier")])
def test_line_that_follows_prints_the_name_kept_and_one_typed_stays(by, follows, printed):
    pair = renamed_pair()
    line = line_about(*pair, line_follows=True)
    assert line.printed_line == "Mme O. Ferandier"
    Attendance.objects.update(line_follows=follows)
    merge_rows(kept=pair[0], dropped=pair[1], by=by)
    line.refresh_from_db()
    assert line.printed_line == printed


@pytest.mark.parametrize("name", ["person", "other", "among others", "proxy"])
def test_line_is_written_again_whatever_names_the_person(by, name):
    kept, dropped = renamed_pair()
    meeting = MeetingFactory()
    if name == "person":
        line_about(kept, dropped, meeting=meeting, line_follows=True)
    elif name == "other":
        values = {"representation": "represented_by", "other_person": dropped, "line_follows": True}
        line_about(kept, PersonFactory(), meeting=meeting, **values)
    elif name == "among others":
        line = line_about(kept, PersonFactory(), meeting=meeting, line_follows=True)
        AttendancePerson.objects.create(attendance=line, person=dropped)
    else:
        holder = line_about(kept, dropped, meeting=meeting, line_follows=False, printed_line="Le pouvoir")
        line_about(kept, PersonFactory(), meeting=meeting, line_follows=True, proxy_to=holder)
    refresh_wording(meeting)
    assert "Ferandier" in "".join(line.printed_line for line in meeting.attendances.all())
    merge_rows(kept=kept, dropped=dropped, by=by)
    printed = "".join(line.printed_line for line in meeting.attendances.all())
    assert ("Ferandier" in printed, "Odile Ferrandier" in printed) == (False, True)


def test_line_of_an_organisation_is_written_again(by):
    kept, dropped = OrganisationFactory(name="Union des usagers"), OrganisationFactory(name="Union usagers")
    line = line_about(None, None, organisation=dropped, line_follows=True)
    assert "Union usagers" in line.printed_line
    merge_rows(kept=kept, dropped=dropped, by=by)
    line.refresh_from_db()
    assert "Union des usagers" in line.printed_line


@pytest.mark.parametrize(
    ("minutes", "is_written_again"), [(drafted_minutes, True), (submitted_minutes, False), (sealed_minutes, False)]
)
def test_line_of_minutes_given_to_read_stays_as_it_was_read(by, minutes, is_written_again):
    pair = renamed_pair()
    line = line_about(*pair, line_follows=True)
    minutes(line.meeting)
    merge_rows(kept=pair[0], dropped=pair[1], by=by)
    line.refresh_from_db()
    assert ("Odile" in line.printed_line) is is_written_again


def test_links_said_twice_are_said_once_and_none_leads_to_itself(by):
    kept, dropped = a_pair()
    for person in (kept, dropped):
        Link.objects.create(source="meeting:1", relation=Relation.DISCUSSED_IN, target=f"person:{person.pk}")
    Link.objects.create(source=f"person:{kept.pk}", relation=Relation.DISCUSSED_IN, target=f"person:{dropped.pk}")
    merge_rows(kept=kept, dropped=dropped, by=by)
    assert list(Link.objects.values_list("source", "target")) == [("meeting:1", f"person:{kept.pk}")]


def test_row_is_not_merged_with_itself_nor_with_one_that_is_gone(by):
    kept, _ = a_pair()
    assert refusal(kept, kept, by).code == "same_row"
    gone = trash_row(row=PersonFactory(), by=by)
    with pytest.raises(ValidationError) as refused:
        merge_rows(kept=kept, dropped=gone, by=by)
    assert refused.value.code == "already_removed"


@pytest.mark.parametrize("role", [kind for kind in RoleKind if kind != RoleKind.REFERENT])
def test_only_the_referent_merges(role, by):
    kept, dropped = a_pair()
    with pytest.raises(PermissionDenied):
        merge_rows(kept=kept, dropped=dropped, by=user_with_role(role))


@pytest.mark.parametrize("model", [Person, Organisation])
def test_every_foreign_key_to_a_registry_is_moved(model):
    """House rule: a new field that names a person or an organisation is found, and may be changed by the runtime."""
    every = {
        field for other in apps.get_models() for field in other._meta.get_fields() if getattr(field, "column", None)
    }
    naming = {field for field in every if field.is_relation and field.related_model is model}
    assert set(foreign_keys_to(model)) == naming
    assert len(naming) >= 4
    frozen = [
        str(field)
        for field in naming
        if getattr(field.model, "append_only", False) and field.name not in getattr(field.model, "movable_fields", ())
    ]
    assert frozen == []


def test_text_fields_that_name_rows_are_known():
    """House rule: a text field named like a reference is moved, or is history that stays as written."""
    kept_as_written = {
        "AuditEntry.subject", "AccessToken.object_reference", "Rendering.subject", "AuditEntry.request_reference",
        "OutgoingMessage.subject", "Vote.subject", "SealedFingerprint.document",
    }  # fmt: skip
    named = re.compile(r"(source|target|origin|subject|reference|document)$")
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "CharField" and named.search(field.name)
    }
    moved = {f"{model.__name__}.{n}" for model in apps.get_models() for n in getattr(model, "reference_fields", ())}
    assert found - kept_as_written == moved


def page(name: str, prefecture, *args) -> str:
    return reverse(f"organisations:person_{name}", args=[prefecture.slug, *args])


def test_pages_show_both_side_by_side_then_merge(client, by, prefecture):
    kept, dropped = a_pair()
    MandateFactory.create_batch(2, person=dropped)
    client.force_login(by)
    choose = page("merge", prefecture, kept.pk)
    assert choose in client.get(page("update", prefecture, kept.pk)).content.decode()
    both = page("merge_with", prefecture, kept.pk, dropped.pk)
    assert client.get(choose, {"avec": dropped.pk}).headers["Location"] == both
    text = client.get(both).content.decode()
    assert '<th scope="row">Mandat</th><td>0</td><td>2</td>' in text
    assert dropped.phone in text
    assert client.post(both, {"kept": kept.pk}).status_code == 200
    assert Person.objects.count() == 2
    done = client.post(both, {"kept": kept.pk, "confirm": "on"})
    assert done.headers["Location"] == page("update", prefecture, kept.pk)
    assert list(Person.objects.all()) == [kept]


@pytest.mark.parametrize(("of_opened", "of_other", "chosen"), [(1, 2, 1), (1, 1, 0), (2, 1, 0)])
def test_row_that_serves_most_is_proposed(client, by, prefecture, of_opened, of_other, chosen):
    pair = a_pair()
    for row, count in zip(pair, (of_opened, of_other), strict=True):
        MandateFactory.create_batch(count, person=row)
    client.force_login(by)
    form = client.get(page("merge_with", prefecture, *(row.pk for row in pair))).context["form"]
    assert form["kept"].value() == pair[chosen].pk


def test_row_is_not_compared_with_itself(client, by, prefecture):
    row, other = a_pair()
    client.force_login(by)
    choose = page("merge", prefecture, row.pk)
    assert client.get(page("merge_with", prefecture, row.pk, row.pk)).headers["Location"] == choose
    assert list(client.get(choose).context["form"].fields["avec"].queryset) == [other]
    assert client.get(choose, {"avec": row.pk}).status_code == 200


def test_rows_that_cannot_be_one_are_shown_without_a_button(client, by, prefecture):
    pair = a_pair()
    client.force_login(by)
    both = page("merge_with", prefecture, *(row.pk for row in pair))
    assert "Réunir" in buttons(client.get(both))
    for row in pair:
        Person.objects.filter(pk=row.pk).update(user=user_with_role(RoleKind.AGENT))
    shown = client.get(both)
    assert "deux comptes ne se réunissent pas" in shown.content.decode()
    assert "Réunir" not in buttons(shown)


def buttons(answer) -> list[str]:
    return re.findall(r'<button class="fr-btn[^>]*>\s*([^<]*?)\s*</button>', answer.content.decode())


def test_counted_uses_cost_the_same_for_more_rows(by, count_queries):
    kept, dropped = a_pair()
    few = count_queries(lambda: counted_uses((kept, dropped)))
    MandateFactory.create_batch(20, person=dropped)
    assert count_queries(lambda: counted_uses((kept, dropped))) == few


def test_secretary_general_sees_the_rows_and_does_not_merge(client, prefecture):
    kept, dropped = a_pair()
    client.force_login(secretary_general())
    assert client.get(page("merge_with", prefecture, kept.pk, dropped.pk)).status_code == 403


def test_T02_row_of_another_prefecture_is_one_that_does_not_exist(client, by, prefecture):
    with scope(PrefectureFactory().pk):
        foreign = PersonFactory()
    kept, _ = a_pair()
    client.force_login(by)
    choose = page("merge", prefecture, kept.pk)
    shown = [client.get(choose, {"avec": pk}).context["form"].errors for pk in (foreign.pk, 987_654_321)]
    assert shown[0] == shown[1] != {}
    assert client.get(page("merge_with", prefecture, kept.pk, foreign.pk)).status_code == 404
