from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from clu_portal.accounts import tokens
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import AccessToken
from clu_portal.audit.acts import reference
from clu_portal.audit.models import AuditEntry
from clu_portal.links.models import Link, Relation
from clu_portal.organisations import acts
from clu_portal.organisations.models import Person, PrefectureSettings, Service, Site
from clu_portal.organisations.persons import person_of
from clu_portal.organisations.tests.factories import ClosingDayFactory
from clu_portal.tests.factories import (
    PersonFactory,
    RoleFactory,
    ServiceFactory,
    SiteFactory,
    UserFactory,
    user_with_role,
)

ROLES = ["secretary_general", "agent", "member", "auditor", "national_admin"]


@pytest.mark.parametrize("role", ROLES)
def test_acts_ask_for_the_referent(role, prefecture):
    site, by = SiteFactory(), user_with_role(role)
    for act, arguments in [
        (acts.save_row, {"row": site}),
        (acts.remove_row, {"row": site}),
        (acts.save_settings, {"settings": PrefectureSettings()}),
    ]:
        with pytest.raises(PermissionDenied):
            act(by=by, **arguments)
    assert (Site.objects.count(), AuditEntry.objects.count()) == (1, 0)


def test_remove_row_twice_is_refused(referent):
    site = SiteFactory()
    acts.remove_row(row=site, by=referent)
    with pytest.raises(ValidationError) as refusal:
        acts.remove_row(row=site, by=referent)
    assert refusal.value.code == "already_removed"
    assert AuditEntry.objects.get().subject == f"site:{site.pk}"


@pytest.mark.parametrize(
    ("make", "use"),
    [
        (SiteFactory, lambda site: ClosingDayFactory(site=site)),
        (ServiceFactory, lambda service: RoleFactory(kind=RoleKind.AGENT, service=service)),
        (PersonFactory, lambda person: Person.objects.filter(pk=person.pk).update(user=UserFactory())),
        (PersonFactory, lambda person: link_to(f"person:{person.pk}")),
    ],
)
def test_remove_row_in_use_is_refused(make, use, referent):
    row = make()
    use(row)
    row.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        acts.remove_row(row=row, by=referent)
    assert refusal.value.code == "in_use"
    assert type(row).objects.filter(pk=row.pk).exists()


def link_to(name: str) -> None:
    Link.objects.create(source="meeting:1", relation=Relation.DISCUSSED_IN, target=name)


def test_save_settings_refuses_the_state_identity(referent):
    with pytest.raises(ValidationError) as refusal:
        acts.save_settings(settings=PrefectureSettings(), theme="state", by=referent)
    assert refusal.value.code == "state_identity"
    assert not PrefectureSettings.objects.exists()


def test_save_row_leaves_nothing_when_refused(referent):
    ServiceFactory(name="Accueil")
    with pytest.raises(ValidationError):
        acts.save_row(row=Service(name="Accueil"), by=referent)
    assert (Service.objects.count(), AuditEntry.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("name", "given_name", "surname"),
    [("Solène Aubrac", "Solène", "Aubrac"), ("Jean Marc Doubs", "Jean Marc", "Doubs"), ("Aubrac", "", "Aubrac")],
)
def test_person_of_an_account_is_made_once(name, given_name, surname, prefecture):
    user = UserFactory(name=name)
    person = person_of(user)
    assert (person.given_name, person.surname, person.email) == (given_name, surname, user.email)
    assert person_of(user) == person


def link_of(person: Person) -> str:
    expires_at = timezone.now() + timedelta(days=1)
    return tokens.create_token(purpose="member_sign_in", object_reference=reference(person), expires_at=expires_at)


def is_good(link: str) -> bool:
    return AccessToken.objects.filter(token_hash=tokens.hash_token(link), used_at__isnull=True).exists()


@pytest.mark.parametrize(("email", "still_good"), [("juste@association.example", False), (None, True)])
def test_A07_link_of_a_person_dies_with_the_address_it_was_sent_to(referent, email, still_good):
    person, other = PersonFactory(), PersonFactory()
    links = [link_of(person), link_of(other)]
    person.phone, person.email = "01 00 00 00 00", email or person.email
    acts.save_row(row=person, by=referent)
    assert [is_good(link) for link in links] == [still_good, True]


def test_A07_code_of_a_person_dies_with_the_address_it_was_sent_to(referent):
    person = PersonFactory()
    tokens.create_code(object_reference=reference(person), expires_at=timezone.now() + timedelta(minutes=15))
    person.email = "juste@association.example"
    acts.save_row(row=person, by=referent)
    assert not AccessToken.objects.filter(used_at__isnull=True).exists()
