"""« Importer »: a file sent, its report line by line, then written or undone; the model and the export of a sheet."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clu_portal import offers
from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt, attempt_button, refusal_of
from clu_portal.lib.paging import number_in
from clu_portal.lib.sheets import write_csv
from clu_portal.lib.text import content_disposition
from clu_portal.organisations.imports import acts, permissions
from clu_portal.organisations.imports.forms import ImportForm
from clu_portal.organisations.imports.models import ImportRun
from clu_portal.organisations.imports.sheets import Outcome, Planned
from clu_portal.organisations.permissions import may_manage
from clu_portal.tenancy import current_prefecture

LINES_SHOWN = 100
RUNS_SHOWN = 10


def sheet_pages(name: str, path_: str, kind: str) -> list:
    """The three pages of a sheet: /personnes/importer/ is organisations:person_import, and so on."""
    pages = [("import", "importer/", import_create), ("model", "modele.csv", import_model)]
    pages.append(("export", "export.csv", export))
    return [path(f"{path_}/{end}", view, {"kind": kind}, name=f"{name}_{page}") for page, end, view in pages]


@require_http_methods(["GET", "POST"])
@done_once
def import_create(request, prefecture, kind):
    sheet = permissions.get_sheet_to_manage(request.user, kind)
    form = ImportForm(request.POST or None, request.FILES or None, submit_label="Vérifier le fichier")
    if request.method == "POST" and form.is_valid():
        if run := attempt(form, acts.prepare_import, kind=kind, upload=form.cleaned_data["upload"], by=request.user):
            return redirect("organisations:import_detail", prefecture, run.pk)
    context = {
        "form": form,
        "sheet": sheet,
        "list_address": sheet.address("list", prefecture),
        "model_address": sheet.address("model", prefecture),
        "runs": ImportRun.objects.filter(kind=kind).defer("lines")[:RUNS_SHOWN],
    }
    return render(request, "organisations/import_create.html", context)


@require_GET
def import_detail(request, prefecture, pk):
    """The report: wrong lines first, then every line of the file in its order, by pages."""
    run = permissions.get_run_to_manage(request.user, pk)
    sheet = acts.sheet_of(run)
    planned = [] if run.is_applied else acts.plan_of(run)
    wrong = [line for line in planned if line.outcome is Outcome.WRONG]
    after = number_in(request.GET.get("apres")) or 0
    page = [line for line in planned if line.number > after][: LINES_SHOWN + 1]
    context = {
        "run": run,
        "sheet": sheet,
        "list_address": sheet.address("list", prefecture),
        "create_address": sheet.address("import", prefecture),
        "counts": counts(planned),
        "wrong": wrong[:LINES_SHOWN],
        "is_ready": bool(planned) and not wrong and any(line.rows for line in planned),
        "operation_id": uuid4(),
        "page": page[:LINES_SHOWN],
        "last": page[LINES_SHOWN - 1] if len(page) > LINES_SHOWN else None,
    }
    return render(request, "organisations/import_detail.html", context)


def counts(planned: list[Planned]) -> dict[str, int]:
    found = Counter(line.outcome for line in planned)
    return {outcome.value: found[outcome] for outcome in Outcome}


@require_POST
@done_once
def import_apply(request, prefecture, pk):
    run = permissions.get_run_to_manage(request.user, pk)
    attempt_button(request, acts.apply_import, "Les lignes nouvelles sont importées.", run=run)
    return redirect("organisations:import_detail", prefecture, pk)


@require_http_methods(["GET", "POST"])
def import_cancel(request, prefecture, pk):
    run = permissions.get_run_to_manage(request.user, pk)
    back = reverse("organisations:import_detail", args=[prefecture, pk])
    if request.method == "POST":
        attempt_button(request, acts.cancel_import, "L'import est annulé : ce qu'il avait créé est retiré.", run=run)
        return redirect(back)
    refusal = refusal_of(acts.check_cancellable, run)
    context = {"run": run, "sheet": acts.sheet_of(run), "back": back, "refusal": refusal}
    return render(request, "organisations/import_cancel.html", context)


@require_GET
def import_model(request, prefecture, kind):
    sheet = permissions.get_sheet_to_manage(request.user, kind)
    return csv_response(sheet.model_table(), f"modele-{kind}.csv")


@require_GET
def export(request, prefecture, kind):
    sheet = permissions.get_sheet(request.user, kind)
    return csv_response(sheet.table(), export_name(kind, prefecture, timezone.localdate()))


def export_name(kind: str, prefecture: str, day: date) -> str:
    return f"{kind}-{prefecture}-{day.isoformat()}.csv"


def csv_response(table: list[list[str]], name: str) -> HttpResponse:
    response = HttpResponse(write_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def import_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    """What « importrun:12 » leads to, in the journal."""
    if not may_manage(user):
        return {}
    slug = current_prefecture().slug
    found = ImportRun.objects.filter(pk__in=pks).defer("lines", "created")
    return {
        run.pk: offers.Reference(f"Import {run}", reverse("organisations:import_detail", args=[slug, run.pk]))
        for run in found
    }
