"""The committees: their list, the page of one, its composition on a day; created, changed, renamed, merged."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.once import done_once
from committees.composition import acts, permissions
from committees.composition.attendance import kept_rates
from committees.composition.composition import by_college, composition_on
from committees.composition.forms import CommitteeForm, DayForm, MergeForm, RenameForm
from committees.composition.models import Committee, CommitteeType
from committees.composition.rules import name_on
from committees.composition.views.common import form_page, run_form
from committees.composition.waiting import warning_lines
from committees.composition.wording import in_words, merger_words
from committees.meetings.models import Meeting
from committees.meetings.models.meeting import read_joint


@require_GET
def committee_list(request, prefecture):
    committees = Committee.objects.visible_to(request.user).select_related("type", "site", "service", "merged_into")
    today = timezone.localdate()
    lines = [(committee, merger_words(committee, today)) for committee in committees]
    context = {"lines": lines, "may_manage": permissions.may_manage(request.user)}
    return render(request, "committees/composition/committee_list.html", context)


@require_GET
def committee_detail(request, prefecture, pk):
    user, today = request.user, timezone.localdate()
    committee = permissions.without_drafts(user, permissions.get_committee(user, pk), "merged_by")
    former_names = committee.former_names.select_related("act")
    composition_acts = permissions.acts_of(committee, user).select_related("amends")
    is_staff = permissions.is_staff(user)
    meetings = Meeting.objects.visible_to(user).of_committees([committee.pk]).latest_first()
    context = {
        "committee": committee,
        "colleges": by_college(composition_on(committee, today)),
        "day": today,
        "warnings": warning_lines(committee) if is_staff else [],
        "rates": kept_rates(committee) if is_staff else None,
        "former_names": [permissions.without_drafts(user, row, "act") for row in former_names],
        "acts": [permissions.without_drafts(user, row, "amends") for row in composition_acts],
        "meetings": read_joint(list(meetings.with_committees()[:10])),
        "may_manage": permissions.may_manage(user),
        "may_change": permissions.may_change(user, committee),
        "may_merge": committee.merged_on is None,
        "merger": merger_words(committee, today),
    }
    return render(request, "committees/composition/committee_detail.html", context)


@require_GET
def committee_composition(request, prefecture, pk):
    """« Composition au »: the day is in the address, today without one."""
    committee = permissions.get_committee(request.user, pk)
    today = timezone.localdate()
    asked = request.GET if "au" in request.GET else {"au": today.isoformat()}
    form = DayForm(asked, submit_label="Afficher")
    day = form.cleaned_data["au"] if form.is_valid() else None
    rows = composition_on(committee, day) if day else []
    former = committee.former_names.values_list("name", "last_day")
    context = {
        "committee": committee,
        "form": form,
        "day": day,
        "merger": merger_words(committee, today) if day and committee.has_merged_on(day) else "",
        "subtitle": f"Composition au {in_words(day)}" if day else "Composition",
        "name": name_on(day, name=committee.name, former_names=former) if day else committee.name,
        "colleges": by_college(rows),
        "seat_count": len(rows),
        "vacant": [row for row in rows if row.is_vacant],
        "acts": [act for act in permissions.acts_of(committee, request.user) if day and act.effective_on <= day],
    }
    return render(request, "committees/composition/committee_composition.html", context)


@require_http_methods(["GET", "POST"])
@done_once
def committee_create(request, prefecture):
    require_role(request.user, RoleKind.REFERENT)
    initial = {"type": CommitteeType.objects.first()}
    form = CommitteeForm(request.POST or None, initial=initial, submit_label="Créer le comité")
    if request.method == "POST" and form.is_valid():
        message = "Le comité est créé. Ajoutez ses sièges et ses membres."
        if saved := run_form(request, form, acts.save_committee, message, committee=form.save(commit=False)):
            return redirect(saved)
    return form_page(request, form, title="Créer un comité", committee=None)


@require_http_methods(["GET", "POST"])
def committee_update(request, prefecture, pk):
    committee = permissions.get_committee_to_manage(request.user, pk)
    form = CommitteeForm(request.POST or None, instance=committee, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        committee = form.save(commit=False)
        if saved := run_form(request, form, acts.save_committee, "Le comité est enregistré.", committee=committee):
            return redirect(saved)
    former = permissions.get_committee(request.user, pk)
    return form_page(request, form, title="Modifier le comité", committee=former)


@require_http_methods(["GET", "POST"])
def committee_rename(request, prefecture, pk):
    committee = permissions.get_committee_to_manage(request.user, pk)
    form = RenameForm(request.POST or None, committee=committee, submit_label="Renommer le comité")
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("name", "starts_on", "composition_act")}
        message = "Le comité a son nouveau nom ; l'ancien reste inscrit."
        if saved := run_form(request, form, acts.rename_committee, message, committee=committee, **values):
            return redirect(saved)
    notes = ["L'ancien nom reste inscrit jusqu'à la veille, et sert pour toute date passée."]
    return form_page(request, form, title="Renommer le comité", committee=committee, notes=notes)


@require_http_methods(["GET", "POST"])
def committee_merge(request, prefecture, pk):
    committee = permissions.get_committee_to_manage(request.user, pk)
    form = MergeForm(request.POST or None, committee=committee, submit_label="Fusionner les comités")
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data.copy()
        values.pop("confirm")
        is_to_come = values["merged_on"] > timezone.localdate()
        message = f"La fusion est inscrite au {values['merged_on']:%d/%m/%Y}." if is_to_come else MERGED
        if saved := run_form(request, form, acts.merge_committee, message, committee=committee, **values):
            return redirect(saved.merged_into)
    return form_page(request, form, title="Fusionner avec un autre comité", committee=committee, notes=MERGER_NOTES)


MERGED = "Les comités ont fusionné."
MERGER_NOTES = (
    "Les sièges et les mandats de ce comité finissent la veille. Il garde ses réunions et ses comptes-rendus.",
    "Une fusion ne se défait pas. Jusqu'à la veille, le comité se réunit et change encore, sans que l'autre suive ; "
    "à partir de ce jour, il ne change plus.",
)
