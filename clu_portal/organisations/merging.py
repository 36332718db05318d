"""Two rows of a registry created for one thing: one is kept, everything said of the other is said of it."""

from collections import Counter, defaultdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count
from django.utils.text import capfirst

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.accounts.tokens import withdraw
from clu_portal.audit.acts import act, reference
from clu_portal.organisations.uses import every_row, foreign_keys_to, reference_fields


@act("registry_rows_merged")
def merge_rows(*, kept: models.Model, dropped: models.Model, by) -> models.Model:
    """Move every reference from one row to the other, fill the empty fields of the one kept, remove the other.

    What was sealed, and the journal, stay as they were written. Raises ValidationError: same_row, already_removed,
    two_accounts, conflict (a constraint refuses that both be one).
    """
    require_role(by, RoleKind.REFERENT)
    if kept.pk == dropped.pk:
        raise ValidationError("Choisissez deux lignes différentes.", code="same_row")
    kept, dropped = locked_pair(kept, dropped)
    check_accounts(kept, dropped)
    for _, offered in offers.mergers:
        offered.function(kept, dropped)
    for field in foreign_keys_to(type(kept)):
        move_key(field, kept, dropped)
    for field in reference_fields():
        move_references(field, reference(dropped), reference(kept))
    former = reference(dropped)
    withdraw(former)
    complete(kept, dropped)
    dropped.delete()
    kept.full_clean()
    kept.save()
    for _, offered in offers.merged:
        offered.function(kept)
    kept.audit_details = {"merged": former}
    return kept


def locked_pair(kept: models.Model, dropped: models.Model) -> tuple[models.Model, models.Model]:
    rows = type(kept).objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, dropped.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) != 2:
        raise ValidationError("L'une des deux lignes n'est plus là.", code="already_removed")
    return found[kept.pk], found[dropped.pk]


def check_accounts(kept: models.Model, dropped: models.Model) -> None:
    if getattr(kept, "user_id", None) and getattr(dropped, "user_id", None):
        message = "Chacune des deux a un compte : retirez d'abord le rôle de l'un, deux comptes ne se réunissent pas."
        raise ValidationError(message, code="two_accounts")


def move_key(field: models.ForeignKey, kept: models.Model, dropped: models.Model) -> None:
    """Raises ValidationError (conflict), in the words of the constraint that refuses."""
    try:
        with transaction.atomic():
            every_row(field.model).filter(**{field.name: dropped}).update(**{field.name: kept})
    except IntegrityError as error:
        raise ValidationError(reason_of(field.model, error), code="conflict") from error


def reason_of(model: type[models.Model], error: IntegrityError) -> str:
    """« Mandat : Cette personne tient déjà ce siège. »"""
    broken = error.__cause__.diag.constraint_name
    constraint = next((found for found in model._meta.constraints if found.name == broken), None)
    said = constraint and constraint.violation_error_message
    if not said or said == constraint.default_violation_error_message:
        said = "les deux figurent déjà au même endroit."
    return f"Les deux lignes ne peuvent pas être réunies. {capfirst(model._meta.verbose_name)} : {said}"


def move_references(field: models.Field, former: str, name: str) -> None:
    """What would say twice the same thing, or lead from a thing to itself, is said no more."""
    for row in every_row(field.model).filter(**{field.name: former}):
        try:
            with transaction.atomic():
                every_row(field.model).filter(pk=row.pk).update(**{field.name: name})
        except IntegrityError:
            row.delete()


def complete(kept: models.Model, dropped: models.Model) -> None:
    """Fill the empty fields of the row kept from the other, its account included."""
    for field in kept._meta.concrete_fields:
        if fills(field, kept, dropped):
            setattr(kept, field.attname, getattr(dropped, field.attname))


def fills(field: models.Field, kept: models.Model, dropped: models.Model) -> bool:
    of_the_corbeille = field.name in ("trashed_at", "trashed_by")
    return not of_the_corbeille and not getattr(kept, field.attname) and bool(getattr(dropped, field.attname))


def compared(rows: tuple[models.Model, models.Model], names: list[str]) -> list[tuple[str, str, str, bool]]:
    """Field by field: its name, what each row says, whether they differ."""
    found = []
    for name in names:
        values = [shown(row, name) for row in rows]
        label = capfirst(rows[0]._meta.get_field(name).verbose_name)
        found.append((label, *values, values[0] != values[1]))
    return found


def shown(row: models.Model, name: str) -> str:
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    return str(value or "")


def counted_uses(rows: tuple[models.Model, models.Model]) -> list[tuple[str, int, int]]:
    """What refers to each of two rows, counted by kind. One query per field that may."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for field in foreign_keys_to(type(rows[0])):
        found = every_row(field.model).filter(**{f"{field.name}__in": rows}).order_by()
        add(counts, field, found.values_list(field.attname).annotate(Count("pk")))
    pks = {reference(row): row.pk for row in rows}
    for field in reference_fields():
        found = every_row(field.model).filter(**{f"{field.name}__in": pks}).order_by()
        named = found.values_list(field.name).annotate(Count("pk"))
        add(counts, field, [(pks[name], count) for name, count in named])
    return [(label, *(found[row.pk] for row in rows)) for label, found in sorted(counts.items())]


def most_used(rows: tuple[models.Model, models.Model], uses: list[tuple[str, int, int]]) -> models.Model:
    """The row that most things refer to, from what `counted_uses` found; the first when it is even."""
    first, second = (sum(line[side] for line in uses) for side in (1, 2))
    return rows[1] if second > first else rows[0]


def add(counts: dict[str, Counter], field: models.Field, found) -> None:
    for pk, count in found:
        counts[capfirst(field.model._meta.verbose_name)][pk] += count
