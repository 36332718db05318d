from django.shortcuts import render
from django.views.decorators.http import require_GET

from clu_portal import offers
from clu_portal.audit import permissions
from clu_portal.audit.forms import JournalForm
from clu_portal.audit.models import AuditEntry
from clu_portal.audit.subjects import name_of
from clu_portal.audit.verbs import wording
from clu_portal.lib.paging import number_in, page_of


@require_GET
def journal(request, prefecture):
    """Who did what, the latest first: « ?acte= », « ?objet= » filter, « ?avant= » gives the page that follows."""
    permissions.require_reader(request.user)
    form = JournalForm({"acte": request.GET.get("acte", ""), "objet": request.GET.get("objet", "")})
    filters = form.filters() if form.is_valid() else {"pk": None}
    entries = AuditEntry.objects.filter(**filters).before(number_in(request.GET.get("avant")))
    page, last = page_of(entries.select_related("user"))
    found = offers.find_references(request.user, {entry.subject for entry in page})
    context = {
        "form": form,
        "lines": [(entry, wording(entry.verb), found.get(entry.subject), name_of(entry.subject)) for entry in page],
        "older": form.address(last.sequence) if last else "",
        "is_filtered": bool(filters),
    }
    return render(request, "audit/journal.html", context)
