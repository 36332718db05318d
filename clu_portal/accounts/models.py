import uuid
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from clu_portal.accounts.enums import SECOND_FACTOR_ROLES, SECOND_FACTORS, RoleKind, TokenPurpose
from clu_portal.accounts.rules import rights, role_is_in_force
from clu_portal.compiled import compiled
from clu_portal.organisations.models import NATIONAL_SLUG, Prefecture
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel, current_prefecture_id


class Rights(NamedTuple):
    """What an account may do today, by préfecture, and where it stands with its second factor."""

    roles: dict[int, set[str]]
    needs_second_factor: bool
    has_second_factor: bool
    prefectures: dict[str, Prefecture]


class UserManager(BaseUserManager):
    def create_user(self, email: str | None, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower() if email else None, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """An account. Agents have an address and a password; a member's account has neither, only links opened."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("courriel", unique=True, null=True, blank=True)
    name = models.CharField("prénom et nom", max_length=160)
    is_active = models.BooleanField("actif", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=models.functions.Lower("email")), name="email_is_lower_case"
            )
        ]

    def __str__(self):
        return self.name or self.email or f"compte {self.pk}"

    def roles_in(self, prefecture_id: int | None) -> frozenset[str]:
        """The kinds of role held today in a préfecture. Read once per request, hence withdrawn at the next one."""
        return frozenset(self._rights.roles.get(prefecture_id, ()))

    @property
    def prefecture_ids(self) -> set[int]:
        """The préfectures where this account holds a role today."""
        return set(self._rights.roles)

    def has_role(self, *kinds: str) -> bool:
        """Whether one of these roles is held in the préfecture of the moment."""
        return not self.roles_in(current_prefecture_id()).isdisjoint(kinds)

    def known_prefecture(self, slug: str) -> Prefecture | None:
        """The row of a préfecture where this account holds or held a role. Read with the roles; it gives no right."""
        return self._rights.prefectures.get(slug)

    @property
    def needs_second_factor(self) -> bool:
        return self._rights.needs_second_factor

    @property
    def has_second_factor(self) -> bool:
        """Whether an account that holds a role has an application or a security key. Read with the roles."""
        return self._rights.has_second_factor

    @cached_property
    def _rights(self) -> Rights:
        """The kinds of role held today by préfecture, and the second factor: one query for all."""
        today, held, factors, prefectures = timezone.localdate(), {}, set(), {}
        for kind, starts_on, ends_on, closed_at, factor, *columns in _roles_of(self.pk):
            prefecture = Prefecture.from_db(self._state.db, PREFECTURE_COLUMNS, columns)
            closed_on = closed_at and timezone.localdate(closed_at)
            if role_is_in_force(today, starts_on, ends_on, closed_on):
                held.setdefault(prefecture.pk, set()).add(kind)
            prefectures[prefecture.slug] = prefecture
            factors.add(factor)
        national = prefectures.get(NATIONAL_SLUG)
        needs_factor = any(not kinds.isdisjoint(SECOND_FACTOR_ROLES) for kinds in held.values())
        own = rights(held, national and national.pk)
        return Rights(own, needs_factor, not factors.isdisjoint(SECOND_FACTORS), prefectures)


PREFECTURE_COLUMNS = [column.attname for column in Prefecture._meta.concrete_fields]


@compiled
def _roles_of(user: int) -> models.QuerySet:
    """Every role of an account, each kind of second factor it has, and the préfecture of the role."""
    prefecture = [f"prefecture__{column}" for column in PREFECTURE_COLUMNS]
    role = ("kind", "starts_on", "ends_on", "closed_at", "user__authenticator__type")
    return Role.objects.filter(user=user).values_list(*role, *prefecture)


def display_name(user: User) -> str:
    return str(user)


class RoleQuerySet(models.QuerySet):
    def in_force_on(self, day):
        return self.filter(starts_on__lte=day).not_over_on(day)

    def not_over_on(self, day):
        """In force on that day, or to come."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), Q(closed_at__isnull=True) | Q(closed_at__date__gt=day)
        )


class Role(models.Model):
    """What an account may do in one préfecture, from a day to a day. A row of the directory."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    prefecture = models.ForeignKey("organisations.Prefecture", models.PROTECT, related_name="roles")
    kind = models.CharField("rôle", max_length=20, choices=RoleKind)
    service = TenantForeignKey("organisations.Service", null=True, blank=True, related_name="+")
    title = models.CharField("fonction", max_length=160, blank=True, help_text="« Secrétaire générale »")
    starts_on = models.DateField("depuis le", default=timezone.localdate)
    ends_on = models.DateField("jusqu'au", null=True, blank=True)
    closed_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = "rôle"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "prefecture", "kind"],
                condition=Q(ends_on__isnull=True, closed_at__isnull=True),
                name="one_open_role_of_a_kind",
                violation_error_message="Cette personne tient déjà ce rôle.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="role_ends_after_it_starts",
                violation_error_message="Le rôle doit finir le jour où il commence, ou après.",
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_kind_display()}"

    @property
    def audit_details(self) -> dict:
        """What the journal keeps of a role: which one, never whose name."""
        return {"kind": self.kind, "user": self.user_id}


class AccessToken(models.Model):
    """A personal link: hash → préfecture, purpose, object, expiry. The link itself is never stored (A07)."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    prefecture = models.ForeignKey("organisations.Prefecture", models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=30, choices=TokenPurpose)
    object_reference = models.CharField(max_length=80)
    next_path = models.CharField(max_length=300, blank=True)
    twin = models.OneToOneField(
        "self", models.CASCADE, null=True, editable=False, help_text="Same mail: link and code."
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "lien personnel"
        indexes = [models.Index(fields=["prefecture", "purpose", "object_reference"], name="access_token_object")]

    def __str__(self):
        return f"{self.purpose} {self.object_reference}"

    @property
    def object_pk(self) -> int:
        return int(self.object_reference.partition(":")[2])


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(TenantModel):
    """Somebody invited to hold a role; accepted by a personal link, once."""

    email = models.EmailField("courriel")
    name = models.CharField("prénom et nom", max_length=160)
    kind = models.CharField("rôle", max_length=20, choices=RoleKind)
    title = models.CharField("fonction", max_length=160, blank=True)
    service = TenantForeignKey("organisations.Service", null=True, blank=True, verbose_name="service")
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(InvitationQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "invitation"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "email", "kind"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
                violation_error_message="Une invitation est déjà en attente pour cette adresse et ce rôle.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_kind_display()})"

    @property
    def audit_details(self) -> dict:
        return {"kind": self.kind}


def require_role(user: User, *kinds: str) -> None:
    """Raise PermissionDenied unless the account holds one of these roles in the préfecture of the moment."""
    if not (user.is_authenticated and user.has_role(*kinds)):
        raise PermissionDenied
