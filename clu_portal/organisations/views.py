from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.defaultfilters import linebreaksbr
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal import offers
from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt, attempt_button, refusal_of, wants_another
from clu_portal.lib.paging import number_in, page_of
from clu_portal.organisations import acts, permissions
from clu_portal.organisations.forms import IdentityForm, MergeForm, SettingsForm, TwinForm
from clu_portal.organisations.merging import check_accounts, compared, counted_uses, merge_rows, most_used
from clu_portal.organisations.models import Prefecture, PrefectureSettings


@require_GET
def row_list(request, prefecture, registry):
    """One page of a registry, « ?recherche= » by name, « ?apres= » the last row of the page before."""
    permissions.require_reader(request.user)
    searched = request.GET.get("recherche", "")[:80]
    rows = registry.rows(request.user).matching(searched).after(number_in(request.GET.get("apres")))
    page, last = page_of(rows)
    context = {
        "registry": registry,
        "lines": [registry.line(row, prefecture) for row in page],
        "last": last,
        "searched": searched,
        "may_manage": permissions.may_manage(request.user),
        "sheet": sheet_addresses(registry, prefecture),
        "create_address": registry.address("create", prefecture),
        "list_address": registry.address("list", prefecture),
    }
    return render(request, "organisations/row_list.html", context)


def sheet_addresses(registry, slug: str) -> dict[str, str]:
    """Where a registry is imported and exported; nothing for one that has no sheet."""
    if registry.path not in offers.sheets:
        return {}
    sheet = offers.sheets[registry.path]
    return {page: sheet.address(page, slug) for page in ("import", "export")}


@require_http_methods(["GET", "POST"])
@done_once
def row_create(request, prefecture, registry):
    permissions.require_manager(request.user)
    return edit_row(request, registry, registry.model(), registry.add)


@require_http_methods(["GET", "POST"])
def row_update(request, prefecture, registry, pk):
    row = permissions.get_row_to_manage(request.user, registry.model, pk)
    return edit_row(request, registry, row, registry.change)


def edit_row(request, registry, row, title: str):
    slug = request.prefecture.slug
    list_address = registry.address("list", slug)
    again = "" if row.pk else "Enregistrer et ajouter"
    form = registry.form(request.POST or None, instance=row, cancel_address=list_address, again_label=again)
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_row, row=form.save(commit=False), by=request.user):
            messages.success(request, registry.saved)
            return redirect(request.get_full_path() if again and wants_another(request) else list_address)
    context = {"form": form, "title": title, "registry": registry, "list_address": list_address}
    context["remove_address"] = registry.removal_address(slug, row.pk) if row.pk else ""
    context["merge_address"] = registry.address("merge", slug, row.pk) if row.pk and registry.has_twins else ""
    return render(request, "organisations/row_form.html", context)


@require_http_methods(["GET", "POST"])
def row_remove(request, prefecture, registry, pk):
    row = permissions.get_row_to_manage(request.user, registry.model, pk)
    back = registry.address("update", prefecture, pk)
    if request.method == "POST":
        removed = attempt_button(request, acts.remove_row, registry.removed, row=row)
        return redirect(registry.address("list", prefecture) if removed else back)
    context = {
        "registry": registry,
        "text": f"« {row} » disparaît de la liste. Le journal garde la trace du retrait.",
        "list_address": registry.address("list", prefecture),
        "back": back,
        "refusal": refusal_of(acts.check_unused, row),
    }
    return render(request, "organisations/row_remove.html", context)


@require_GET
def row_merge_choose(request, prefecture, registry, pk):
    """Which other row is the same; then both are shown side by side."""
    row = permissions.get_row_to_manage(request.user, registry.model, pk)
    others = registry.rows(request.user).exclude(pk=pk)
    form = TwinForm(request.GET if "avec" in request.GET else None, others=others, submit_label="Comparer")
    if form.is_bound and form.is_valid():
        return redirect(registry.address("merge_with", prefecture, pk, form.cleaned_data["avec"].pk))
    context = {"form": form, "registry": registry, "row": row, "list_address": registry.address("list", prefecture)}
    context["has_others"] = others.exists()
    return render(request, "organisations/row_merge_choose.html", context)


@require_http_methods(["GET", "POST"])
def row_merge(request, prefecture, registry, pk, other):
    """Both rows field by field, what refers to each, and which one is kept: at first the one most referred to."""
    if pk == other:
        return redirect(registry.address("merge", prefecture, pk))
    rows = tuple(permissions.get_row_to_manage(request.user, registry.model, found) for found in (pk, other))
    uses = counted_uses(rows)
    form = MergeForm(
        request.POST or None, rows=rows, submit_label="Réunir", initial={"kept": most_used(rows, uses).pk}
    )
    if request.method == "POST" and form.is_valid():
        kept, dropped = rows if form.cleaned_data["kept"] == str(pk) else reversed(rows)
        if attempt(form, merge_rows, kept=kept, dropped=dropped, by=request.user):
            messages.success(request, f"Les deux lignes sont réunies : « {kept} » reste.")
            return redirect(registry.address("update", prefecture, kept.pk))
    context = {
        "form": form,
        "registry": registry,
        "rows": rows,
        "fields": compared(rows, registry.form.Meta.fields),
        "uses": uses,
        "refusal": refusal_of(check_accounts, *rows),
        "list_address": registry.address("list", prefecture),
    }
    return render(request, "organisations/row_merge.html", context)


@require_http_methods(["GET", "POST"])
def settings_edit(request, prefecture):
    permissions.require_reader(request.user)
    if not permissions.may_manage(request.user):
        return settings_read(request)
    own_row = Prefecture.objects.get(pk=request.prefecture.pk)
    identity = IdentityForm(request.POST or None, instance=own_row, prefix="identite")
    form = SettingsForm(request.POST or None, instance=PrefectureSettings.current(), prefix="reglages")
    if request.method == "POST" and all([identity.is_valid(), form.is_valid()]):
        settings = form.save(commit=False)
        if attempt(form, acts.save_settings, settings=settings, by=request.user, **identity.cleaned_data):
            messages.success(request, "Les réglages sont enregistrés.")
            return redirect("organisations:settings_edit", prefecture)
    return render(request, "organisations/settings_edit.html", {"identity": identity, "form": form})


def settings_read(request):
    """The same page for whoever only reads."""
    if request.method == "POST":
        permissions.require_manager(request.user)
    facts = facts_of(request.prefecture, IdentityForm.Meta.fields)
    facts += facts_of(PrefectureSettings.current(), SettingsForm.Meta.fields)
    return render(request, "organisations/settings_edit.html", {"facts": facts})


def facts_of(row, names: list[str]) -> list[tuple[str, str]]:
    return [(capfirst(row._meta.get_field(name).verbose_name), fact(row, name)) for name in names]


def fact(row, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return getattr(row, f"get_{name}_display", lambda: linebreaksbr(value, autoescape=True))()
