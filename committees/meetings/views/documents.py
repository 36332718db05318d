from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.audit.once import done_once
from clu_portal.files.storage import file_response
from clu_portal.files.uploads import accepts_files_of
from clu_portal.lib.forms import attempt
from committees.meetings import acts, permissions
from committees.meetings.acts.documents import LARGEST_DOCUMENT
from committees.meetings.forms import DocumentForm, DocumentUpdateForm


@require_GET
def documents_edit(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    documents = permissions.documents_of(meeting, request.user).select_related("file")
    context = {"meeting": meeting, "documents": list(documents)}
    return render(request, "committees/meetings/documents_edit.html", context)


@accepts_files_of(LARGEST_DOCUMENT)
@require_http_methods(["GET", "POST"])
@done_once
def document_add(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    form = DocumentForm(request.POST or None, request.FILES or None, submit_label="Ajouter le document")
    if request.method == "POST" and form.is_valid():
        try:
            acts.add_document(meeting=meeting, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("upload", error.messages)
        else:
            messages.success(request, "Le document est ajouté.")
            return redirect(meeting)
    return render(request, "committees/document_add.html", {"form": form, "meeting": meeting})


@require_http_methods(["GET", "POST"])
def document_update(request, prefecture, pk):
    document = permissions.get_part_to_manage(request.user, "document", pk)
    form = DocumentUpdateForm(request.POST or None, instance=document, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_document, document=form.save(commit=False), by=request.user):
            messages.success(request, f"Le document « {document.title} » est enregistré.")
            return redirect("committees:documents_edit", prefecture, document.meeting_id)
    context = {"form": form, "meeting": document.meeting, "document": document}
    return render(request, "committees/meetings/document_update.html", context)


@require_GET
def document_download(request, prefecture, pk):
    return file_response(permissions.get_document(request.user, pk).file)


@login_not_required
@require_GET
def document_public(request, prefecture, uuid):
    """A document the référent opened to everybody."""
    return file_response(permissions.get_public_document(uuid).file)
