"""What changes the registries and the settings of a préfecture."""

from django.conf import settings as portal_settings
from django.core.exceptions import ValidationError
from django.db import models

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.accounts.tokens import withdraw
from clu_portal.audit.acts import act, reference
from clu_portal.organisations.enums import Theme
from clu_portal.organisations.models import Person, Prefecture, PrefectureSettings
from clu_portal.organisations.uses import uses_of
from clu_portal.tenancy import required_prefecture_id


@act("registry_row_saved")
def save_row(*, row: models.Model, by) -> models.Model:
    """Save a site, a service, an organisation, a person or a closing day. Raises ValidationError (name_taken…)."""
    require_role(by, RoleKind.REFERENT)
    row.full_clean()
    if isinstance(row, Person):
        withdraw_links_to_former_address(row)
    row.save()
    return row


def withdraw_links_to_former_address(person: Person) -> None:
    """What was mailed to an address that is corrected is in somebody else's mailbox (A07)."""
    locked = Person.objects.select_for_update().filter(pk=person.pk).first()
    if locked and locked.email != person.email:
        withdraw(reference(person))


@act("registry_row_removed")
def remove_row(*, row: models.Model, by) -> models.Model:
    """Remove a row nothing refers to. Raises ValidationError: in_use, already_removed."""
    require_role(by, RoleKind.REFERENT)
    rows = type(row).objects.filter(pk=row.pk)
    if not rows.select_for_update().exists():
        raise ValidationError("Cette ligne est déjà retirée.", code="already_removed")
    check_unused(row)
    rows.delete()
    return row


def check_unused(row: models.Model) -> None:
    """Raises ValidationError (in_use)."""
    if uses := uses_of(row):
        message = f"Impossible de retirer « {row} » : d'autres lignes s'y réfèrent ({', '.join(uses)})."
        raise ValidationError(message, code="in_use")


@act("settings_saved")
def save_settings(*, settings: PrefectureSettings, by, **identity: str) -> PrefectureSettings:
    """Save the settings and who the préfecture is. Raises ValidationError: state_identity."""
    require_role(by, RoleKind.REFERENT)
    prefecture = Prefecture.objects.select_for_update().get(pk=required_prefecture_id())
    if identity.get("theme") == Theme.STATE and not portal_settings.STATE_IDENTITY_ALLOWED:
        message = "L'identité de l'État n'est pas ouverte sur cette installation."
        raise ValidationError(message, code="state_identity")
    for name, value in identity.items():
        setattr(prefecture, name, value)
    prefecture.full_clean()
    prefecture.save(update_fields=identity)
    settings.full_clean()
    settings.save()
    return settings
