"""Members come in by a personal link, or the code of the same mail. They keep no password (A03)."""

from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts import emails, tokens
from clu_portal.accounts.enums import RoleKind, TokenPurpose
from clu_portal.accounts.freshness import record_sign_in
from clu_portal.accounts.logs import log_event
from clu_portal.accounts.models import AccessToken, Role, User
from clu_portal.audit.acts import act, reference
from clu_portal.organisations.models import Person, Prefecture

LINK_VALIDITY = timedelta(hours=24)
CODE_VALIDITY = timedelta(minutes=15)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def allowed(person_ids: set[int]) -> set[int]:
    """Which of these persons may sign in as members: the apps that know mandates answer (offers.member_checks)."""
    return {pk for _, check in offers.member_checks for pk in check.function(person_ids)} if person_ids else set()


def ask_links(*, email: str, prefecture: Prefecture) -> None:
    """Send one mail to each member who has this address. Costs the same work when there is nobody (A06)."""
    persons = list(Person.objects.filter(email__iexact=email).select_related("user"))
    may_come_in = allowed({person.pk for person in persons})
    persons = [person for person in persons if person.pk in may_come_in]
    for person in persons:
        send_link(person=person, prefecture=prefecture)
    if not persons:
        with rehearsal():
            send_link(person=Person(pk=0, surname="inconnu", email=email), prefecture=prefecture)


def send_link(*, person: Person, prefecture: Prefecture, next_path: str = "") -> None:
    """Mail a link of one day and a code of fifteen minutes to a person's own address."""
    if person.user and holds_password(person.user):
        emails.member_has_password(person=person, prefecture=prefecture)
        return
    now = timezone.now()
    expires_at = now + LINK_VALIDITY
    link = tokens.create_token(
        purpose=TokenPurpose.MEMBER_SIGN_IN,
        object_reference=reference(person),
        expires_at=expires_at,
        next_path=next_path,
    )
    code = tokens.create_code(object_reference=reference(person), expires_at=now + CODE_VALIDITY, link=link)
    emails.member_link(person=person, prefecture=prefecture, link=link, code=code, expires_at=expires_at)


def renew_link(*, token: AccessToken) -> None:
    """Send a new link in the place of one that is over, to the person's own address, if that person still may come."""
    person = Person.objects.filter(pk__in=allowed({token.object_pk}), pk=token.object_pk).first()
    if person and person.email:
        send_link(person=person, prefecture=token.prefecture, next_path=token.next_path)


def spend_code(*, email: str, code: str) -> Person:
    """Return the person of this address to whom this code was sent, and use it up. Raises ValidationError."""
    hashes = {
        tokens.hash_code(code, reference(person)): person for person in Person.objects.filter(email__iexact=email)
    }
    known = AccessToken.objects.filter(token_hash__in=hashes).first()
    token = tokens.find(known.token_hash if known else "", TokenPurpose.MEMBER_CODE)
    person = hashes[token.token_hash]
    with transaction.atomic():
        tokens.spend(token)
    return person


def sign_in_person(request, person: Person) -> User:
    """Sign a member in, in a fresh session. Called after its link or code was spent, in the préfecture's scope.

    Raises ValidationError: not_member (no mandate gives access any more), needs_password (an account that has a
    password or another role), inactive.
    """
    if person.pk not in allowed({person.pk}):
        raise ValidationError("Votre accès à cet espace a pris fin.", code="not_member")
    user = person.user or open_member_account(person=person, by=None).user
    if holds_password(user):
        raise ValidationError("Votre compte se connecte par son mot de passe.", code="needs_password")
    if not user.is_active:
        raise ValidationError("Ce compte est désactivé.", code="inactive")
    give_member_role(user, person.prefecture_id)
    request.session.flush()
    login(request, user, backend=BACKEND)
    record_sign_in(request, user, "personal_link")
    log_event("sign_in", user, method="personal_link")
    return user


def holds_password(user: User) -> bool:
    """Whether a personal link would go round the password or the second factor of an account."""
    return user.has_usable_password() or user.needs_second_factor


@act("member_account_opened")
def open_member_account(*, person: Person, by) -> Person:
    """Give a person an account at the first sign-in: no address, no password, links only."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.user is None:
        locked.user = User.objects.create_user(None, None, name=str(locked)[:160])
        locked.save(update_fields=["user"])
    person.user = locked.user
    return person


def give_member_role(user: User, prefecture_id: int) -> None:
    today = timezone.localdate()
    if not user.roles.in_force_on(today).filter(prefecture_id=prefecture_id, kind=RoleKind.MEMBER).exists():
        Role.objects.get_or_create(
            user=user, prefecture_id=prefecture_id, kind=RoleKind.MEMBER, ends_on=None, closed_at=None
        )


@contextmanager
def rehearsal():
    """Do the work of an answer, then undo it: an unknown address takes as long as a known one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
