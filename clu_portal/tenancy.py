"""The préfecture is the boundary of every right.

`scope()` names the préfecture of the moment, in Python and in PostgreSQL (row security, clu_portal/isolation.py).
Three layers hold the boundary: the manager below, forced row security under a role that owns nothing, composite
foreign keys. A test switches each off in turn (tests/test_isolation_layers.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.http import Http404
from django.urls import Resolver404, resolve

from clu_portal.files.uploads import receive_files

if TYPE_CHECKING:
    from clu_portal.organisations.models import Prefecture

_current: ContextVar[int | None] = ContextVar("prefecture", default=None)
_row: ContextVar["Prefecture | None"] = ContextVar("prefecture_row", default=None)

# What lives outside a préfecture: addresses and tickets, no business text. tests/test_isolation.py holds the list.
DIRECTORY = frozenset(
    {
        "accounts.AccessToken",
        "accounts.Role",
        "accounts.User",
        "files.RenderingTicket",
        "files.SealedFingerprint",
        "mail.MailTicket",
        "organisations.Prefecture",
        "portal.Heartbeat",
    }
)
# Tables of the libraries: sessions, sign-in, counters of attempts. No business text either.
LIBRARY_APPS = frozenset({"account", "auth", "contenttypes", "dsfr", "mfa", "sessions", "usersessions"})


class NoScope(RuntimeError):
    """A row of a préfecture was asked for while no préfecture was named."""


def current_prefecture_id() -> int | None:
    return _current.get()


def required_prefecture_id() -> int:
    prefecture_id = _current.get()
    if prefecture_id is None:
        raise NoScope("Open scope(prefecture_id) before touching the rows of a préfecture.")
    return prefecture_id


def current_prefecture() -> "Prefecture":
    """The row of the préfecture of the moment, read once per scope. Raises NoScope."""
    row = _row.get()
    if row is None:
        row = apps.get_model("organisations", "Prefecture").objects.get(pk=required_prefecture_id())
        _row.set(row)
    return row


def _name_in_database(prefecture_id: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.prefecture', %s, true)", [str(prefecture_id or "")])


@contextmanager
def scope(prefecture_id: int, row: "Prefecture | None" = None) -> Iterator[None]:
    """Run a block inside one transaction (or savepoint) of one préfecture, whose row may be known already.

    The former préfecture is named again on leaving; after an error the database has already put it back, since the
    setting is local to the transaction and a savepoint rolled back takes it along.
    """
    nested = connection.in_atomic_block
    former = _current.get()
    with transaction.atomic():
        _name_in_database(prefecture_id)
        token, row_token = _current.set(prefecture_id), _row.set(row)
        try:
            yield
        finally:
            _current.reset(token)
            _row.reset(row_token)
        if nested and not connection.needs_rollback:
            _name_in_database(former)


@contextmanager
def as_if_in(prefecture_id: int) -> Iterator[None]:
    """Write queries as in a préfecture, without asking the database anything (compiled.py)."""
    token = _current.set(prefecture_id)
    try:
        yield
    finally:
        _current.reset(token)


class TenantManager(models.Manager):
    """Raises without a scope, and never answers with rows of another préfecture."""

    def get_queryset(self) -> models.QuerySet:
        return _rows_of(required_prefecture_id(), self.model, self._queryset_class, self._db).all()

    def with_trashed(self) -> models.QuerySet:
        """The rows in the corbeille too, which nothing else shows (clu_portal/trash)."""
        return self._queryset_class(self.model, using=self._db).filter(prefecture_id=required_prefecture_id())


@lru_cache(maxsize=2000)
def _rows_of(prefecture_id: int, model: type[models.Model], queryset_class: type, using: str | None):
    """A query that is copied and never run, so that no row is kept in it: the copy costs less than the filter."""
    rows = queryset_class(model, using=using).filter(prefecture_id=prefecture_id)
    return rows.filter(trashed_at__isnull=True) if model.is_trashable else rows


class PrefectureOfRow(ForwardManyToOneDescriptor):
    """`row.prefecture`, without a query for the rows of the préfecture of the moment."""

    def get_object(self, instance):
        if instance.prefecture_id == current_prefecture_id():
            return current_prefecture()
        return super().get_object(instance)


class PrefectureField(models.ForeignKey):
    """The préfecture a row belongs to, filled from the scope."""

    forward_related_accessor_class = PrefectureOfRow

    def __init__(self, **kwargs):
        kwargs |= {
            "to": "organisations.Prefecture",
            "on_delete": models.PROTECT,
            "editable": False,
            "related_name": "+",
            "default": current_prefecture_id,
            "verbose_name": "préfecture",
        }
        super().__init__(**kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, "django.db.models.ForeignKey", args, kwargs


class TenantChoiceField(forms.ModelChoiceField):
    """A choice among the rows of the préfecture, read when the form is made and not when its class is."""

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset.none(), **kwargs)

    def __deepcopy__(self, memo):
        field = super().__deepcopy__(memo)
        if current_prefecture_id() is not None:
            field.queryset = self.queryset.model._default_manager.all()
        return field


class TenantForeignKey(models.ForeignKey):
    """A link between two rows of one préfecture; isolation.py gives it its composite constraint."""

    def __init__(self, to, on_delete=models.PROTECT, **kwargs):
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def formfield(self, **kwargs):
        unscoped = models.QuerySet(self.remote_field.model)
        return models.Field.formfield(self, **({"form_class": TenantChoiceField, "queryset": unscoped} | kwargs))

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


class TenantOneToOneField(models.OneToOneField):
    """A one-to-one link between two rows of one préfecture."""

    def __init__(self, to, on_delete=models.PROTECT, **kwargs):
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.OneToOneField", args, kwargs


class TenantModel(models.Model):
    """A row of a préfecture. A subclass with a Meta inherits TenantModel.Meta; with a manager, TenantManager."""

    is_trashable = False  # clu_portal/trash/models.py

    prefecture = PrefectureField()

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


def one_per_uuid(name: str) -> models.UniqueConstraint:
    """A uuid names one row of a préfecture; another préfecture may hold the same thing, brought there by a file."""
    return models.UniqueConstraint(
        fields=["prefecture", "uuid"],
        name=f"one_{name}_per_uuid",
        violation_error_code="uuid_taken",
        violation_error_message="Cet uuid est déjà pris dans cette préfecture.",
    )


class TenancyMiddleware:
    """Reads the préfecture in the address, and answers the whole request in its scope, hence in one transaction."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        slug = prefecture_slug(request.path_info, settings.ROOT_URLCONF)
        if slug is None:
            return self.get_response(request)
        request.prefecture = self.get_prefecture(request.user, slug)
        receive_files(request)
        with scope(request.prefecture.pk, request.prefecture):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def get_prefecture(self, user, slug: str):
        """The row that the account's roles were read with, or the one of that name. Raises Http404."""
        from clu_portal.organisations.models import Prefecture

        known = user.known_prefecture(slug) if user.is_authenticated else None
        try:
            return known or Prefecture.objects.get(slug=slug)
        except Prefecture.DoesNotExist as error:
            raise Http404 from error


@lru_cache(maxsize=1000)
def prefecture_slug(path: str, urlconf: str) -> str | None:
    """Return the slug of the préfecture an address belongs to, None outside any préfecture."""
    try:
        return resolve(path, urlconf).kwargs.get("prefecture")
    except Resolver404:
        return None
