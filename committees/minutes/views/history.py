"""The pages of the versions of the text: the list, one version of a section, the whole text at a moment."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.lib.paging import number_in, page_of
from committees.minutes import history, permissions
from committees.minutes.models import Minutes, SectionRevision
from committees.minutes.tree.compare import section_name
from committees.minutes.views.text import UUID

PAGE_SIZE = 30


@require_GET
def minutes_versions(request, prefecture, pk):
    minutes = permissions.get_minutes_to_prepare(request.user, pk)
    section = request.GET.get("section", "")
    revisions = history.revisions_of(minutes, section if UUID.match(section) else "")
    before = number_in(request.GET.get("avant"))
    if before is not None:
        revisions = revisions.filter(pk__lt=before)
    page, last = page_of(revisions, PAGE_SIZE)
    rows = list(zip(page, history.names_of(page), strict=True))
    context = {"minutes": minutes, "rows": rows, "last": last, "section": section if UUID.match(section) else ""}
    return render(request, "committees/minutes_versions.html", context)


@require_http_methods(["GET", "POST"])
def minutes_version(request, prefecture, pk):
    """What one version changed, and what restoring it would change now; POST restores it."""
    revision, minutes = revision_and_minutes(request.user, pk)
    if request.method == "POST":
        shown = number_in(request.POST.get("shown")) or 0
        if restored(request, history.restore_section, revision=revision, shown=shown):
            return redirect("committees:minutes_versions", prefecture, minutes.pk)
    now = history.current(minutes)[str(revision.section.uuid)][1]
    context = {
        "minutes": minutes,
        "revision": revision,
        "name": section_name(revision.content),
        "made": history.difference(revision.section.uuid, history.version_before(revision), revision.content),
        "undone": history.difference(revision.section.uuid, now, revision.content),
        **to_restore(request.user, minutes),
    }
    return render(request, "committees/minutes_version.html", context)


@require_http_methods(["GET", "POST"])
def minutes_at(request, prefecture, pk):
    """The whole text as it was when this version was saved, beside the text of now; POST restores it."""
    revision, minutes = revision_and_minutes(request.user, pk)
    if request.method == "POST":
        shown = number_in(request.POST.get("shown")) or 0
        if restored(request, history.restore_text, minutes=minutes, moment=revision.at, shown=shown):
            return redirect("committees:minutes_versions", prefecture, minutes.pk)
    then = history.text_at(minutes, revision.at)
    differences = list(history.differences_with_now(minutes, then))
    context = {
        "minutes": minutes,
        "revision": revision,
        "changed": [one for one in differences if one.is_changed],
        "unchanged": [one for one in differences if not one.is_changed],
        "moved": [uuid for uuid in minutes.section_order if uuid in then]
        != [u for u in then if u in minutes.section_order],
        **to_restore(request.user, minutes),
    }
    return render(request, "committees/minutes_at.html", context)


def revision_and_minutes(user, pk: int) -> tuple[SectionRevision, Minutes]:
    """A version of minutes whose unsealed text this person may see; 404 before 403, as for the minutes."""
    revision = SectionRevision.objects.filter(pk=pk).select_related("section", "author").first()
    if revision is None:
        raise Http404
    return revision, permissions.get_minutes_to_prepare(user, revision.section.minutes_id)


def to_restore(user, minutes: Minutes) -> dict:
    may_restore = permissions.may_write(user) and minutes.is_drafting and not minutes.is_frozen
    return {"may_restore": may_restore, "shown": history.last_change(minutes)}


def restored(request, act, **given) -> bool:
    """Restore, and say so; a refusal is said on the page, which shows the text of now."""
    try:
        act(by=request.user, **given)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, "La version est rétablie : c'est la plus récente. Les autres restent dans la liste.")
    return True
