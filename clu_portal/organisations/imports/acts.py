"""A sheet sent, written as one act, undone as one act."""

from collections import defaultdict
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.accounts.tokens import withdraw
from clu_portal.audit.acts import act, lock_operation, reference
from clu_portal.audit.models import AuditEntry
from clu_portal.lib.sheets import SheetError, SheetLine, read_sheet
from clu_portal.lib.text import safe_file_name
from clu_portal.organisations.imports.models import ImportRun
from clu_portal.organisations.imports.sheets import Outcome, Planned, Sheet
from clu_portal.organisations.uses import uses_among

USED_SHOWN = 20
KEPT_DAYS = 30  # a file sent and not written; the portal's choice, as for the corbeille


def sheet_of(run: ImportRun) -> Sheet:
    return offers.sheets[run.kind]


def plan_of(run: ImportRun) -> list[Planned]:
    """What the lines would do now: what others wrote since they were sent counts."""
    sheet = sheet_of(run)
    return sheet.plan(sheet, [SheetLine(number, cells) for number, cells in run.lines])


@act("import_prepared")
def prepare_import(*, kind: str, upload, by) -> ImportRun:
    """Keep the lines of a file; nothing else is written. Raises ValidationError: those of the file, of its columns."""
    require_role(by, RoleKind.REFERENT)
    try:
        found = read_sheet(upload.name, upload.read())
    except SheetError as error:
        raise ValidationError({"upload": ValidationError(str(error), code=error.code)}) from error
    try:
        lines = offers.sheets[kind].lines_of(found)
    except ValidationError as refusal:
        raise ValidationError({"upload": refusal}) from refusal
    named = {"kind": kind, "file_name": safe_file_name(upload.name), "sent_by": by}
    return ImportRun.objects.create(lines=lines, line_count=len(lines), **named)


@act("import_applied")
def apply_import(*, run: ImportRun, by) -> ImportRun:
    """Write all that is new in a file, or nothing.

    Raises ValidationError: already_applied, wrong_lines, nothing_new, changed_meanwhile.
    """
    require_role(by, RoleKind.REFERENT)
    lock_operation("import")
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.is_applied:
        raise ValidationError("Ce fichier est déjà importé.", code="already_applied")
    planned = plan_of(run)
    if any(line.outcome is Outcome.WRONG for line in planned):
        raise ValidationError("Une ligne au moins est à corriger : rien n'est importé.", code="wrong_lines")
    rows = [row for line in planned for row in line.rows]
    if not rows:
        raise ValidationError("Tout est déjà connu : il n'y a rien à importer.", code="nothing_new")
    run.created = [reference(row) for row in written(rows, sheet_of(run).made)]
    run.applied_at, run.lines = timezone.now(), []
    run.save(update_fields=["created", "applied_at", "lines"])
    return run


def forget_files(today: date) -> None:
    """Remove the files sent and never written, once nobody comes back to them: they hold names and addresses."""
    old = ImportRun.objects.filter(applied_at__isnull=True, created_at__date__lt=today - timedelta(days=KEPT_DAYS))
    old.delete()


def written(rows: list[models.Model], in_order: tuple[type[models.Model], ...]) -> list[models.Model]:
    """Save new rows, model after model: those that others need first."""
    by_model = [(model, [row for row in rows if isinstance(row, model)]) for model in in_order]
    try:
        with transaction.atomic():
            return [row for model, news in by_model for row in model.objects.bulk_create(news)]
    except IntegrityError as error:
        message = "Le répertoire a changé pendant l'import : rien n'est écrit. Recommencez."
        raise ValidationError(message, code="changed_meanwhile") from error


@act("import_cancelled")
def cancel_import(*, run: ImportRun, by) -> ImportRun:
    """Remove all that an import made, or nothing. Raises ValidationError: not_applied, already_undone, in_use."""
    require_role(by, RoleKind.REFERENT)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    made = rows_made(run)
    for model, rows in made.items():
        list(model.objects.select_for_update(of=("self",)).filter(pk__in=rows))
    check_cancellable(run)
    for model, rows in reversed(made.items()):
        withdraw(*map(reference, rows.values()))
        model.objects.filter(pk__in=rows).delete()
    run.undone_at = timezone.now()
    run.save(update_fields=["undone_at"])
    return run


def check_cancellable(run: ImportRun) -> None:
    """Raises ValidationError: not_applied, already_undone, in_use."""
    if not run.is_applied:
        raise ValidationError("Ce fichier n'a pas été importé.", code="not_applied")
    if run.is_undone:
        raise ValidationError("Cet import est déjà annulé.", code="already_undone")
    if used := uses_of_import(run, rows_made(run)):
        raise ValidationError(refusal_of(used), code="in_use")


def rows_made(run: ImportRun) -> dict[type[models.Model], dict[int, models.Model]]:
    """What an import made and is still there, model by model in the order they were made."""
    pks = defaultdict(list)
    for name in run.created:
        kind, _, pk = name.partition(":")
        pks[kind].append(int(pk))
    return {model: model.objects.in_bulk(pks[model._meta.model_name]) for model in sheet_of(run).made}


def uses_of_import(run: ImportRun, made: dict) -> dict[models.Model, list[str]]:
    """What was done since with each row an import made: other rows refer to it, or somebody changed it.

    Its sheet knows what else may have been done.
    """
    own = {model: set(rows) for model, rows in made.items()}
    used: dict[models.Model, list[str]] = defaultdict(list)
    for model, rows in made.items():
        for pk, uses in uses_among(model, set(rows), apart_from=own).items():
            used[rows[pk]] += uses
    names = {reference(row): row for rows in made.values() for row in rows.values()}
    changed = AuditEntry.objects.filter(subject__in=names, at__gte=run.applied_at).values_list("subject", flat=True)
    for name in changed.distinct().order_by():
        used[names[name]].append("modifiée depuis")
    for row, reasons in sheet_of(run).held(run, made).items():
        used[row] += reasons
    return used


def refusal_of(used: dict[models.Model, list[str]]) -> str:
    first = list(used.items())[:USED_SHOWN]
    more = f" ; et {len(used) - USED_SHOWN} autres" if len(used) > USED_SHOWN else ""
    shown = " ; ".join(f"« {row} » ({', '.join(dict.fromkeys(uses))})" for row, uses in first)
    return f"Rien n'est annulé : des lignes créées par cet import servent déjà. {shown}{more}."
