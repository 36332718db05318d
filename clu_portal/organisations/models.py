import uuid

from django.contrib.postgres.lookups import Unaccent
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower

from clu_portal.addresses import address_of
from clu_portal.lib.business_days import Zone
from clu_portal.organisations.defaults import default
from clu_portal.organisations.enums import Civility, Family, Gender, Theme
from clu_portal.organisations.imports.models import ImportRun
from clu_portal.organisations.layout import DocumentLayout
from clu_portal.organisations.listing import ListedQuerySet
from clu_portal.organisations.sentences import StandardSentence
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel, one_per_uuid
from clu_portal.trash.models import TrashableModel

__all__ = [
    "NATIONAL_SLUG",
    "ClosingDay",
    "DocumentLayout",
    "ImportRun",
    "Organisation",
    "Person",
    "Prefecture",
    "PrefectureSettings",
    "Service",
    "Site",
    "StandardSentence",
]

NATIONAL_SLUG = "administration-nationale"
ZONES = [(zone.value, zone.label) for zone in Zone]
NAME_KEY = Unaccent(Lower("name"))


class PrefectureQuerySet(models.QuerySet):
    def real(self):
        """Without the national administration, which holds no committee."""
        return self.exclude(slug=NATIONAL_SLUG)


class Prefecture(models.Model):
    """The boundary of every right. A row of the directory: it says who a préfecture is, nothing of its business."""

    slug = models.SlugField("adresse", unique=True, help_text="Début des adresses de ses pages : /valmarche/…")
    name = models.CharField("nom", max_length=120, help_text="« Préfecture de la Valmarche »")
    department_code = models.CharField(
        "code du département", max_length=3, blank=True, validators=[RegexValidator(r"^[0-9A-Z]{2,3}$")]
    )
    city = models.CharField("ville", max_length=80, blank=True)
    authority_line = models.CharField(
        "ligne d'autorité", max_length=120, blank=True, help_text="« Préfète de la Valmarche »"
    )
    authority_gender = models.CharField("genre", max_length=10, choices=Gender, default=Gender.MASCULINE)
    theme = models.CharField("apparence", max_length=10, choices=Theme, default=Theme.NEUTRAL)
    is_demonstration = models.BooleanField("fictive", default=False, editable=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    objects = PrefectureQuerySet.as_manager()

    class Meta:
        verbose_name = "préfecture"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(authority_gender__in=Gender.values), name="prefecture_gender"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="prefecture_theme"),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def national(cls) -> "Prefecture":
        """The national administration: a boundary of its own, for its acts and its messages."""
        return cls.objects.get_or_create(slug=NATIONAL_SLUG, defaults={"name": "Administration nationale"})[0]

    @property
    def is_national(self) -> bool:
        return self.slug == NATIONAL_SLUG

    def get_absolute_url(self) -> str:
        return address_of("prefecture_home", self.slug)


class PrefectureSettings(TenantModel):
    """One typed row per préfecture. Defaults and their sources: organisations/defaults.py."""

    link_validity_days = models.PositiveSmallIntegerField(
        "validité des liens envoyés (jours)", default=default("link_validity_days"), validators=[MinValueValidator(1)]
    )
    invitation_validity_days = models.PositiveSmallIntegerField(
        "validité des invitations (jours)",
        default=default("invitation_validity_days"),
        validators=[MinValueValidator(1)],
    )
    local_drafts = models.BooleanField(
        "garder sur le poste le texte pas encore enregistré", default=default("local_drafts")
    )
    draft_image_dpi = models.PositiveSmallIntegerField(
        "finesse des pages montrées avant l'approbation (ppp)",
        default=default("draft_image_dpi"),
        validators=[MinValueValidator(40), MaxValueValidator(150)],
    )
    day_of_receipt_counts = models.BooleanField(
        "le jour de réception compte", default=default("day_of_receipt_counts")
    )
    reply_time_limit_days = models.PositiveSmallIntegerField(
        "délai de réponse aux réclamations (jours ouvrés)", default=default("reply_time_limit_days")
    )
    months_without_meeting = models.PositiveSmallIntegerField(
        "mois sans réunion avant d'avertir", default=default("months_without_meeting")
    )
    legal_notice = models.TextField("mentions légales", blank=True)
    privacy_notice = models.TextField("données personnelles", blank=True)
    accessibility_contact = models.TextField("contact pour l'accessibilité", blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = "réglages de la préfecture"
        constraints = [
            models.UniqueConstraint(fields=["prefecture"], name="one_settings_row_per_prefecture"),
            models.CheckConstraint(
                condition=Q(link_validity_days__gte=1, invitation_validity_days__gte=1),
                name="validity_of_a_day_at_least",
            ),
            models.CheckConstraint(condition=Q(draft_image_dpi__range=(40, 150)), name="draft_image_dpi_in_range"),
        ]

    def __str__(self):
        return "Réglages de la préfecture"

    @classmethod
    def current(cls) -> "PrefectureSettings":
        """The settings of the préfecture of the moment; the defaults, not saved, before anybody changed them."""
        return cls.objects.first() or cls()


class Site(TenantModel):
    """A place that receives the public. Its zone decides which days are worked (lib/business_days.py)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=120)
    address = models.TextField("adresse", blank=True)
    zone = models.CharField("zone de jours fériés", max_length=40, choices=ZONES, default=Zone.METROPOLE.value)
    good_friday = models.BooleanField(
        "le Vendredi saint est férié",
        default=False,
        help_text="Alsace-Moselle : seulement dans les communes ayant un temple protestant ou une église mixte.",
    )

    objects = TenantManager.from_queryset(ListedQuerySet)()
    list_key = NAME_KEY
    searched_fields = ("name",)

    class Meta(TenantModel.Meta):
        verbose_name = "site"
        ordering = ["name"]
        constraints = [
            one_per_uuid("site"),
            models.UniqueConstraint(
                fields=["prefecture", "name"],
                name="one_site_per_name",
                violation_error_code="name_taken",
                violation_error_message="Un site porte déjà ce nom.",
            ),
            models.CheckConstraint(
                condition=Q(good_friday=False) | Q(zone=Zone.ALSACE_MOSELLE.value),
                name="good_friday_in_alsace_moselle_only",
                violation_error_message="Le Vendredi saint n'est férié qu'en Alsace-Moselle.",
            ),
            models.CheckConstraint(condition=Q(zone__in=[zone.value for zone in Zone]), name="site_zone"),
        ]

    def __str__(self):
        return self.name


class Service(TenantModel):
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=160)
    acronym = models.CharField("sigle", max_length=20, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("messagerie du service", blank=True)

    objects = TenantManager.from_queryset(ListedQuerySet)()
    list_key = NAME_KEY
    searched_fields = ("name", "acronym")

    class Meta(TenantModel.Meta):
        verbose_name = "service"
        ordering = ["name"]
        constraints = [
            one_per_uuid("service"),
            models.UniqueConstraint(
                fields=["prefecture", "name"],
                name="one_service_per_name",
                violation_error_code="name_taken",
                violation_error_message="Un service porte déjà ce nom.",
            ),
        ]

    def __str__(self):
        return self.name


class Organisation(TrashableModel):
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=200)
    acronym = models.CharField("sigle", max_length=20, blank=True)
    family = models.CharField("famille", max_length=20, choices=Family, default=Family.OTHER)

    objects = TenantManager.from_queryset(ListedQuerySet)()
    list_key = NAME_KEY
    searched_fields = ("name", "acronym")

    class Meta(TenantModel.Meta):
        verbose_name = "organisme"
        ordering = ["name"]
        constraints = [
            one_per_uuid("organisation"),
            models.UniqueConstraint(
                fields=["prefecture", "name"],
                condition=Q(trashed_at__isnull=True),
                name="one_organisation_per_name",
                violation_error_code="name_taken",
                violation_error_message="Un organisme porte déjà ce nom.",
            ),
            models.CheckConstraint(condition=Q(family__in=Family.values), name="organisation_family"),
        ]

    def __str__(self):
        return self.name


class Person(TrashableModel):
    """Somebody the préfecture knows. Apart from the account: two persons may share an address."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    civility = models.CharField("civilité", max_length=10, choices=Civility, blank=True)
    given_name = models.CharField("prénom", max_length=80, blank=True)
    surname = models.CharField("nom", max_length=80)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    organisation = TenantForeignKey(
        Organisation, null=True, blank=True, verbose_name="organisme", related_name="persons"
    )
    user = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, editable=False, related_name="persons"
    )

    objects = TenantManager.from_queryset(ListedQuerySet)()
    list_key = Unaccent(Lower(Concat("surname", Value(" "), "given_name")))
    searched_fields = ("surname", "given_name")

    class Meta(TenantModel.Meta):
        verbose_name = "personne"
        ordering = ["surname", "given_name"]
        constraints = [
            one_per_uuid("person"),
            models.UniqueConstraint(
                fields=["prefecture", "user"], condition=Q(user__isnull=False), name="one_person_per_account"
            ),
            models.CheckConstraint(condition=Q(civility__in=Civility.values), name="person_civility"),
        ]

    def __str__(self):
        return " ".join(part for part in (self.get_civility_display(), self.given_name, self.surname) if part)

    @property
    def greeting(self) -> str:
        return Civility(self.civility).greeting

    def get_civility_display(self) -> str:
        return Civility(self.civility).label if self.civility else ""


class ClosingDayQuerySet(ListedQuerySet):
    def of_site(self, site: Site | None):
        """Closing days of the whole préfecture, and of the site when there is one."""
        return self.filter(Q(site=site) | Q(site__isnull=True))


class ClosingDay(TenantModel):
    """A day a site, or the whole préfecture, is closed: it counts in no time limit."""

    site = TenantForeignKey(
        Site, models.CASCADE, null=True, blank=True, verbose_name="site", related_name="closing_days"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    reason = models.CharField("motif", max_length=120, help_text="« pont de l'Ascension »")

    objects = TenantManager.from_queryset(ClosingDayQuerySet)()
    list_key = F("starts_on")
    last_first = True
    searched_fields = ("reason",)

    class Meta(TenantModel.Meta):
        verbose_name = "jour de fermeture"
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="closing_ends_after_it_starts",
                violation_error_message="La fermeture doit finir le jour où elle commence, ou après.",
            )
        ]

    def __str__(self):
        return f"{self.reason} ({self.starts_on:%d/%m/%Y})"
