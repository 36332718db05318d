from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clu_portal import offers
from clu_portal.lib.forms import attempt_button, refusal_of
from clu_portal.trash import acts, permissions
from clu_portal.trash.rules import KEPT_DAYS, is_over, last_day


@require_GET
def trash_list(request, prefecture):
    """What is in the corbeille, the latest first, with who put it there and until when it may be put back."""
    permissions.require_manager(request.user)
    found = [(name, kind.function, row) for name, kind in offers.trash_kinds for row in kind.function.in_trash()]
    found.sort(key=lambda line: line[2].trashed_at, reverse=True)
    lines = [
        {
            "row": row,
            "label": kind.label,
            "until": last_day(timezone.localdate(row.trashed_at)),
            "is_over": is_over(timezone.localdate(row.trashed_at), today=timezone.localdate()),
            "address": reverse("trash:row_restore", args=[prefecture, name, row.pk]),
        }
        for name, kind, row in found
    ]
    return render(request, "trash/trash_list.html", {"lines": lines, "kept_days": KEPT_DAYS})


@require_http_methods(["GET", "POST"])
def row_trash(request, prefecture, kind, pk):
    kind = permissions.get_kind(kind)
    row = permissions.get_row_to_trash(request.user, kind, pk)
    list_address = reverse(kind.list_page, args=[prefecture])
    if request.method == "POST":
        done = f"C'est à la corbeille, pour {KEPT_DAYS} jours."
        return redirect(list_address if attempt_button(request, acts.trash_row, done, row=row) else request.path)
    refusal = refusal_of(kind.check, row)
    context = {"kind": kind, "row": row, "kept_days": KEPT_DAYS, "list_address": list_address, "refusal": refusal}
    return render(request, "trash/row_trash.html", context)


@require_POST
def row_restore(request, prefecture, kind, pk):
    row = permissions.get_row_to_restore(request.user, permissions.get_kind(kind), pk)
    attempt_button(request, acts.restore_row, f"« {row} » est remis en place.", row=row)
    return redirect("trash:trash_list", prefecture)
