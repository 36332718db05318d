"""What refers to rows: foreign keys of any app, accounts, references written as text (« person:12 »)."""

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from clu_portal.tenancy import TenantModel


def foreign_keys_to(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """Every field of every model that points to this one, an account's directory row included."""
    for other in apps.get_models():
        for field in other._meta.concrete_fields:
            if field.is_relation and field.related_model is model:
                yield field


def reference_fields() -> Iterator[models.Field]:
    """The text fields that name a row of any model: each model says which (`reference_fields`)."""
    for model in apps.get_models():
        for name in getattr(model, "reference_fields", ()):
            yield model._meta.get_field(name)


def every_row(model: type[models.Model]) -> models.QuerySet:
    """The rows of the préfecture, those of the corbeille too."""
    manager = model._default_manager
    return manager.with_trashed() if issubclass(model, TenantModel) else manager.all()


def uses_of(row: models.Model, *, apart_from_parts: bool = False) -> list[str]:
    """Say in French what refers to a row. Its parts are what goes when it goes (on_delete=CASCADE)."""
    return uses_among(type(row), {row.pk}, apart_from_parts=apart_from_parts).get(row.pk, [])


def uses_among(
    model: type[models.Model], pks: set[int], *, apart_from: dict | None = None, apart_from_parts: bool = False
) -> dict[int, list[str]]:
    """Say in French what refers to each of these rows. One query per field that may; some rows may be left aside."""
    uses: dict[int, list[str]] = defaultdict(list)
    for field in foreign_keys_to(model):
        if apart_from_parts and field.remote_field.on_delete is models.CASCADE:
            continue
        found = every_row(field.model).filter(**{f"{field.name}__in": pks})
        found = found.exclude(pk__in=(apart_from or {}).get(field.model, ()))
        for pk in found.order_by().values_list(field.attname, flat=True).distinct():
            uses[pk].append(str(field.model._meta.verbose_name))
    if any(field.name == "user" for field in model._meta.fields):
        for pk in every_row(model).filter(pk__in=pks, user__isnull=False).values_list("pk", flat=True):
            uses[pk].append("compte")
    names = {f"{model._meta.model_name}:{pk}": pk for pk in pks}
    for field in reference_fields():
        found = every_row(field.model).filter(**{f"{field.name}__in": names}).order_by()
        for name in found.values_list(field.name, flat=True).distinct():
            uses[names[name]].append(str(field.model._meta.verbose_name))
    return {pk: list(dict.fromkeys(found)) for pk, found in uses.items()}
