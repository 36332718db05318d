from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clu_portal import navigation
from clu_portal.legal import pages
from clu_portal.lib import accessibility_table
from clu_portal.organisations.models import PrefectureSettings


def own_text(prefecture, field: str) -> str:
    """Return the text a préfecture wrote for one of these pages, empty when it wrote none."""
    if prefecture is None:
        return ""
    return PrefectureSettings.objects.values_list(field, flat=True).first() or ""


def in_prefecture(request):
    return getattr(request, "prefecture", None)


@login_not_required
@require_safe
def accessibility(request, prefecture=None):
    state, criteria = pages.accessibility_state(), pages.criteria()
    context = {
        "state": state,
        "counts": state.by_name,
        "criteria": criteria,
        "not_met": [criterion for criterion in criteria if criterion.result == accessibility_table.NOT_MET],
        "own_text": own_text(in_prefecture(request), "accessibility_contact"),
    }
    return render(request, "legal/accessibility.html", context)


@login_not_required
@require_safe
def legal_notice(request, prefecture=None):
    return render(request, "legal/legal_notice.html", {"own_text": own_text(in_prefecture(request), "legal_notice")})


@login_not_required
@require_safe
def privacy(request, prefecture=None):
    return render(request, "legal/privacy.html", {"own_text": own_text(in_prefecture(request), "privacy_notice")})


@login_not_required
@require_safe
def site_map(request, prefecture=None):
    """What the menu shows to this person, and what is open to everybody."""
    found, user = in_prefecture(request), request.user
    is_known = found is not None and user.is_authenticated
    menu = navigation.menu(found, user.roles_in(found.pk), request.path) if is_known else []
    return render(request, "legal/site_map.html", {"menu": menu, "public": navigation.public_pages(found)})
