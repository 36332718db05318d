"""« Mise en page des documents »: the form beside a preview drawn by the server, and the sample as a PDF."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from clu_portal.files.rendering import known_rendering, latest_rendering
from clu_portal.files.storage import file_response
from clu_portal.lib.forms import attempt
from clu_portal.organisations import permissions
from clu_portal.organisations.models import DocumentLayout, Prefecture
from clu_portal.organisations.views import facts_of
from committees.layout import acts
from committees.layout.forms import AuthorityForm, LayoutForm
from committees.layout.sample import LAYOUT_PDF, hash_of, sample_document, sample_html

MARKS = {"fraction": "1/2", "continues": ".../...", "page-of": "Page 1 sur 2"}
FRAMED_BY_US = {"frame-ancestors": [SELF], "script-src": [NONE], "form-action": [NONE]}


def both_forms(request) -> tuple[AuthorityForm, LayoutForm]:
    """The forms of the page, on a row of the préfecture that nothing else holds: what is typed wrong stays in them."""
    own_row = Prefecture.objects.get(pk=request.prefecture.pk)
    typed = request.POST or None
    return (
        AuthorityForm(typed, instance=own_row, prefix="autorite"),
        LayoutForm(typed, instance=DocumentLayout.current(), prefix="page"),
    )


@csp_replace({"frame-src": [SELF]})
@require_http_methods(["GET", "POST"])
def layout_edit(request, prefecture):
    permissions.require_reader(request.user)
    if not permissions.may_manage(request.user):
        return layout_read(request)
    authority, form = both_forms(request)
    if request.method == "POST" and all([authority.is_valid(), form.is_valid()]):
        layout = form.save(commit=False)
        if attempt(form, acts.save_layout, layout=layout, by=request.user, **authority.cleaned_data):
            return saved(request, prefecture)
    return render(request, "committees/layout/layout_edit.html", {"authority": authority, "form": form})


def saved(request, prefecture: str):
    """Back to the page, or on to the PDF of what was just saved."""
    messages.success(request, "La mise en page est enregistrée. Ce qui est déjà soumis ou scellé ne change pas.")
    if "pdf" not in request.POST:
        return redirect("committees:layout_edit", prefecture)
    own_row = Prefecture.objects.get(pk=request.prefecture.pk)
    acts.request_sample(layout=DocumentLayout.current(), prefecture=own_row, by=request.user)
    return redirect("committees:layout_pdf", prefecture)


def layout_read(request):
    """The same page for whoever only reads."""
    if request.method == "POST":
        permissions.require_manager(request.user)
    facts = facts_of(request.prefecture, AuthorityForm.Meta.fields)
    facts += facts_of(DocumentLayout.current(), LayoutForm.Meta.fields)
    return render(request, "committees/layout/layout_edit.html", {"facts": facts})


@xframe_options_sameorigin
@csp_replace(FRAMED_BY_US)
@require_http_methods(["GET", "POST"])
def layout_preview(request, prefecture):
    """The sample in the layout saved, or in the one that is typed; what is typed wrong is said, and left as it was."""
    permissions.require_reader(request.user)
    layout, own_row, wrong = DocumentLayout.current(), request.prefecture, []
    if request.method == "POST":
        permissions.require_manager(request.user)
        authority, form = both_forms(request)
        wrong = [field.label for each in (authority, form) for field, _ in each.errors_by_field]
        layout, own_row = typed_so_far(form), typed_so_far(authority)
    document = sample_document(layout, own_row)
    context = document | {"wrong": wrong, "shown_mark": MARKS.get(document["page_mark"], "")}
    return render(request, "committees/layout/layout_preview.html", context)


def typed_so_far(form):
    """The row with what is typed right; each field that is wrong keeps its value."""
    former = {name: form.initial.get(name) for name in form.errors if name in form.fields}
    row = form.instance
    for name, value in former.items():
        setattr(row, name, value)
    return row


@require_http_methods(["GET", "POST"])
def layout_pdf(request, prefecture):
    """Ask for the sample as a PDF, wait for it, take it."""
    permissions.require_reader(request.user)
    layout = DocumentLayout.objects.first()
    if layout is None:
        raise Http404
    if request.method == "POST":
        acts.request_sample(layout=layout, prefecture=request.prefecture, by=request.user)
        return redirect(request.path)
    wanted = hash_of(sample_html(layout, request.prefecture))
    rendering = known_rendering(LAYOUT_PDF, layout, wanted) or latest_rendering(LAYOUT_PDF, layout)
    if rendering and rendering.is_done and "telecharger" in request.GET:
        return file_response(rendering.file, inline=True)
    context = {"rendering": rendering, "is_current": rendering is not None and rendering.input_hash == wanted}
    return render(request, "committees/layout/layout_pdf.html", context)
