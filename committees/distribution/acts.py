"""Sending sealed minutes to the members of the committee."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind, TokenPurpose
from clu_portal.accounts.members import holds_password
from clu_portal.accounts.models import require_role
from clu_portal.accounts.tokens import access_url, create_token
from clu_portal.audit.acts import act
from clu_portal.mail import outbox
from clu_portal.mail.texts import compose
from clu_portal.organisations.models import Person, PrefectureSettings
from committees.composition.models import Mandate
from committees.distribution.models import Distribution, DistributionRecipient
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes


def recipients(minutes: Minutes) -> QuerySet[Person]:
    """Whoever sits today in the committees of the meeting, once each; without an address, shown and not written to."""
    of_the_meeting = Q(seat__committee=minutes.meeting.committee) | Q(
        seat__committee__joint_meetings__meeting=minutes.meeting
    )
    mandates = Mandate.objects.in_force_on(timezone.localdate()).filter(of_the_meeting)
    return (
        Person.objects.filter(pk__in=mandates.values("person"))
        .select_related("user")
        .order_by("surname", "given_name")
    )


@act("minutes_distributed")
def distribute_minutes(*, minutes: Minutes, former_count: int = 0, by) -> Distribution:
    """Write to each member with a personal link. Raises ValidationError (not_sealed, already_sent, nobody).

    `former_count`: how many distributions the person had seen; one made meanwhile is not made twice.
    """
    require_role(by, RoleKind.REFERENT)
    minutes = Minutes.objects.select_for_update(no_key=True).get(pk=minutes.pk)
    if minutes.state != MinutesState.SEALED:
        raise ValidationError("Seul un compte-rendu scellé et en vigueur se diffuse.", code="not_sealed")
    if minutes.distributions.count() != former_count:
        raise ValidationError("Ce compte-rendu vient d'être diffusé : rechargez la page.", code="already_sent")
    reachable = [person for person in recipients(minutes) if person.email]
    if not reachable:
        raise ValidationError("Aucun membre n'a d'adresse : complétez la composition du comité.", code="nobody")
    distribution = Distribution.objects.create(minutes=minutes, by=by)
    for person in reachable:
        message = send_minutes_available(minutes, person, distribution)
        DistributionRecipient.objects.create(
            distribution=distribution, person=person, email=person.email, message=message
        )
    return distribution


def send_minutes_available(minutes: Minutes, person: Person, distribution: Distribution):
    days = PrefectureSettings.objects.values_list("link_validity_days", flat=True).first() or 30
    expires_at = timezone.now() + timedelta(days=days)
    has_account = person.user is not None and holds_password(person.user)
    address = settings.BASE_URL + minutes.get_absolute_url()
    if not has_account:
        address = access_url(personal_link(minutes, person, expires_at))
    context = {"minutes": minutes, "person": person, "address": address, "days": days, "has_account": has_account}
    subject, text, html = compose("minutes_available", context)
    return outbox.enqueue(
        kind="minutes_available",
        dedup_key=f"minutes_available:{minutes.pk}:{distribution.pk}:{person.pk}",
        recipient=person.email,
        subject=subject,
        text=text,
        html=html,
        expires_at=expires_at,
    )


def personal_link(minutes: Minutes, person: Person, expires_at) -> str:
    return create_token(
        purpose=TokenPurpose.MEMBER_SIGN_IN,
        object_reference=f"person:{person.pk}",
        expires_at=expires_at,
        next_path=minutes.get_absolute_url(),
    )


def sent_to(minutes: Minutes) -> QuerySet[DistributionRecipient]:
    """Every message of every distribution of these minutes, with where it stands."""
    sent = DistributionRecipient.objects.filter(distribution__minutes=minutes)
    return sent.select_related("person", "distribution", "message__ticket").order_by("-distribution__at", "pk")
