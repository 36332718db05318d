"""Sending sealed minutes to those the référent chose among the persons proposed."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind, TokenPurpose
from clu_portal.accounts.members import holds_password
from clu_portal.accounts.models import require_role
from clu_portal.accounts.tokens import access_url, create_token
from clu_portal.audit.acts import act
from clu_portal.mail import outbox
from clu_portal.mail.texts import compose
from clu_portal.organisations.models import Person, PrefectureSettings
from committees.distribution.enums import Ground
from committees.distribution.models import Distribution, DistributionRecipient
from committees.distribution.recipients import Candidate, candidates
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes


@act("minutes_distributed")
def distribute_minutes(
    *, minutes: Minutes, chosen: Mapping[int, str] | None = None, former_count: int = 0, by
) -> Distribution:
    """Write to each person chosen, a link for a member, the file itself for anybody else; keep who gets paper.

    `chosen`: the address each person was shown with, "" for by post; None for whoever is proposed. `former_count`: how
    many distributions were seen. Raises ValidationError (not_sealed, already_sent, nobody, not_proposed, changed).
    """
    require_role(by, RoleKind.REFERENT)
    minutes = Minutes.objects.select_for_update(no_key=True).get(pk=minutes.pk)
    if minutes.state != MinutesState.SEALED:
        raise ValidationError("Seul un compte-rendu scellé et en vigueur se diffuse.", code="not_sealed")
    if minutes.distributions.count() != former_count:
        raise ValidationError("Ce compte-rendu vient d'être diffusé : rechargez la page.", code="already_sent")
    recipients = chosen_among(candidates(minutes), chosen)
    distribution = Distribution.objects.create(minutes=minutes, by=by)
    for one in recipients:
        message = None if one.by_post else send_minutes_available(minutes, one, distribution)
        DistributionRecipient.objects.create(
            distribution=distribution, person=one.person, ground=one.ground, email=one.person.email, message=message
        )
    return distribution


def chosen_among(known: list[Candidate], chosen: Mapping[int, str] | None) -> list[Candidate]:
    """The candidates chosen, as they were shown. Raises ValidationError (nobody, not_proposed, changed)."""
    if chosen is None:
        chosen = {one.person.pk: one.person.email for one in known if one.is_proposed}
    if not chosen:
        raise ValidationError("Choisissez au moins un destinataire.", code="nobody")
    found = [one for one in known if one.person.pk in chosen]
    if len(found) != len(chosen):
        message = "La liste a changé depuis qu'elle vous a été montrée : choisissez de nouveau."
        raise ValidationError(message, code="not_proposed")
    if any(one.person.email != chosen[one.person.pk] for one in found):
        raise ValidationError("Une adresse a changé depuis : relisez la liste avant d'envoyer.", code="changed")
    return found


def send_minutes_available(minutes: Minutes, one: Candidate, distribution: Distribution):
    """A member gets a personal link to the portal; anybody else, agents too, the sealed file."""
    person = one.person
    is_member = one.ground == Ground.MEMBER
    days = PrefectureSettings.objects.values_list("link_validity_days", flat=True).first() or 30
    expires_at = timezone.now() + timedelta(days=days)
    has_account = person.user is not None and holds_password(person.user)
    address = settings.BASE_URL + minutes.get_absolute_url()
    if is_member and not has_account:
        address = access_url(personal_link(minutes, person, expires_at))
    context = {"minutes": minutes, "person": person, "address": address, "days": days, "has_account": has_account}
    subject, text, html = compose("minutes_available", context | {"is_member": is_member})
    return outbox.enqueue(
        kind="minutes_available",
        dedup_key=f"minutes_available:{minutes.pk}:{distribution.pk}:{person.pk}",
        recipient=person.email,
        subject=subject,
        text=text,
        html=html,
        files=() if is_member else (minutes.sealed_file,),
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
