"""What the acts on a composition check alike."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone

from clu_portal.audit.acts import lock_operation
from clu_portal.organisations.imports.folding import folded
from committees.composition.models import Committee, CompositionAct


def check_act_of(committee: Committee, act: CompositionAct | None, field: str) -> None:
    """Raises ValidationError (foreign_act) when the arrêté is another committee's."""
    if act is not None and act.committee_id != committee.pk:
        refuse(field, "Cet arrêté est celui d'un autre comité.", "foreign_act")


def check_signed(act: CompositionAct, field: str) -> None:
    """Raises ValidationError (unsigned): a project of arrêté changes neither the name nor the life of a committee."""
    if act.is_draft:
        refuse(field, "Cet arrêté n'est pas signé : notez d'abord le jour de sa signature.", "unsigned")


def lock_committee(committee: Committee) -> None:
    """Nobody else changes it meanwhile; a merger inscribed since it was read is kept."""
    if committee.pk is not None:
        row = Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
        committee.merged_into_id, committee.merged_on, committee.merged_by_id = (
            row.merged_into_id,
            row.merged_on,
            row.merged_by_id,
        )


def check_not_merged(committee: Committee) -> None:
    """Raises ValidationError (merged): the composition of a committee that is no more does not move."""
    if committee.has_merged_on(timezone.localdate()):
        raise ValidationError("Ce comité a fusionné avec un autre : sa composition ne change plus.", code="merged")


def check_name_free(row: models.Model, others: models.QuerySet, field: str) -> None:
    """Raises ValidationError (name_taken, label_taken), naming the row of the same name: case and accents aside.

    Two at once wait for each other.
    """
    lock_operation(f"name_of:{row._meta.model_name}")
    typed = getattr(row, field)
    known = next(
        (other for other in others.exclude(pk=row.pk) if folded(getattr(other, field)) == folded(typed)), None
    )
    if known is not None:
        kind = row._meta.verbose_name
        refuse(field, f"Il y a déjà un {kind} « {getattr(known, field)} ».", f"{field}_taken")


def refuse(field: str, message: str, code: str) -> None:
    """Raise a refusal that is shown beside its field."""
    raise ValidationError({field: ValidationError(message, code=code)})


def clean_beside(row: models.Model, **fields: str) -> None:
    """Clean a row; the refusal of a constraint is said beside the field named for its code. Raises ValidationError."""
    try:
        row.full_clean()
    except ValidationError as refusal:
        found = refusal.error_dict
        for error in found.pop(NON_FIELD_ERRORS, []):
            found.setdefault(fields.get(error.code, NON_FIELD_ERRORS), []).append(error)
        raise ValidationError(found) from refusal
