"""Acts of the national administration on préfectures. It sees counts, never a text."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.invitations import require_national_admin
from clu_portal.accounts.logs import log_event
from clu_portal.accounts.models import Invitation, Role, User
from clu_portal.accounts.rules import slug_is_reserved
from clu_portal.audit.acts import act
from clu_portal.organisations.models import Prefecture, PrefectureSettings
from clu_portal.tenancy import scope


@act("prefecture_created")
def create_prefecture(*, by: User, slug: str, **description: str) -> Prefecture:
    """Create a préfecture with its settings. Raises ValidationError: reserved_slug, slug_taken."""
    require_national_admin(by)
    if slug_is_reserved(slug):
        raise ValidationError({"slug": ValidationError("Ce mot est réservé au portail.", code="reserved_slug")})
    if Prefecture.objects.filter(slug=slug).exists():
        raise ValidationError({"slug": ValidationError("Cette adresse est déjà prise.", code="slug_taken")})
    prefecture = Prefecture.objects.create(slug=slug, **description)
    with scope(prefecture.pk):
        PrefectureSettings.objects.get_or_create()
        for _, offered in offers.new_prefectures:
            offered.function()
    log_event("prefecture_created", by, created=prefecture.pk)
    return prefecture


@act("prefecture_updated")
def update_prefecture(*, prefecture: Prefecture, by: User, name: str, department_code: str) -> Prefecture:
    """Correct what only the national administration says of a préfecture; its address never changes."""
    require_national_admin(by)
    prefecture.name, prefecture.department_code = name, department_code
    prefecture.full_clean()
    prefecture.save(update_fields=["name", "department_code"])
    log_event("prefecture_updated", by, updated=prefecture.pk)
    return prefecture


@dataclass(frozen=True)
class PrefectureCounts:
    """One line of the national list: numbers, and whether somebody is in charge."""

    prefecture: Prefecture
    referent_count: int
    agent_count: int
    invitation_count: int

    @property
    def has_referent(self) -> bool:
        return self.referent_count > 0


def counts() -> list[PrefectureCounts]:
    """Every préfecture with its numbers. Invitations are counted in the scope of each."""
    kinds: dict[int, list[str]] = {}
    for prefecture_id, kind in Role.objects.in_force_on(timezone.localdate()).values_list("prefecture", "kind"):
        kinds.setdefault(prefecture_id, []).append(kind)
    return [
        PrefectureCounts(
            prefecture=prefecture,
            referent_count=kinds.get(prefecture.pk, []).count(RoleKind.REFERENT),
            agent_count=sum(kind != RoleKind.MEMBER for kind in kinds.get(prefecture.pk, [])),
            invitation_count=_invitation_count(prefecture),
        )
        for prefecture in Prefecture.objects.real()
    ]


def _invitation_count(prefecture: Prefecture) -> int:
    with scope(prefecture.pk):
        return Invitation.objects.open().count()
