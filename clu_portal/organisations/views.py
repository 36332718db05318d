from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.defaultfilters import linebreaksbr
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt, attempt_button
from clu_portal.lib.paging import number_in, page_of
from clu_portal.organisations import acts, permissions
from clu_portal.organisations.forms import IdentityForm, SettingsForm
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
        "create_address": registry.address("create", prefecture),
        "list_address": registry.address("list", prefecture),
    }
    return render(request, "organisations/row_list.html", context)


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
    form = registry.form(request.POST or None, instance=row, cancel_address=list_address)
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_row, row=form.save(commit=False), by=request.user):
            messages.success(request, registry.saved)
            return redirect(list_address)
    context = {"form": form, "title": title, "registry": registry, "list_address": list_address}
    context["remove_address"] = registry.address("remove", slug, row.pk) if row.pk else ""
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
    }
    return render(request, "organisations/row_remove.html", context)


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
