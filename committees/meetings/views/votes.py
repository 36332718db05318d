from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt
from committees.meetings import acts, permissions
from committees.meetings.facts import vote_fact
from committees.meetings.forms import CommitteeRulesForm, VoteForm
from committees.meetings.models import Vote
from committees.meetings.quorum import quorum_in_words
from committees.meetings.standing import standings


@require_http_methods(["GET", "POST"])
def committee_rules(request, prefecture, pk):
    """The rules a committee chose, all off at first. `pk` is the committee's."""
    rules = permissions.get_rules_to_manage(request.user, pk)
    form = CommitteeRulesForm(request.POST or None, instance=rules, submit_label="Enregistrer les règles")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_rules, rules=form.save(commit=False), by=request.user):
            messages.success(request, "Les règles du comité sont enregistrées.")
            return redirect(rules.committee)
    context = {"form": form, "committee": rules.committee}
    return render(request, "committees/meetings/committee_rules.html", context)


@require_http_methods(["GET", "POST"])
@done_once
def meeting_votes(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    form = VoteForm(request.POST or None, instance=Vote(meeting=meeting), submit_label="Noter le vote")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_vote, vote=form.save(commit=False), by=request.user):
            messages.success(request, "Le vote est noté.")
            return redirect("committees:meeting_votes", prefecture, pk)
    known = standings(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "votes": [(vote, vote_fact(vote)) for vote in meeting.votes.select_related("agenda_item")],
        "standings": [(one, quorum_in_words(one.quorum, one.rules)) for one in known],
        "may_vote": any(one.rules.has_votes for one in known if one.committee.pk == meeting.committee_id),
    }
    return render(request, "committees/meetings/meeting_votes.html", context)


@require_http_methods(["GET", "POST"])
def vote_update(request, prefecture, pk):
    vote = permissions.get_part_to_manage(request.user, "vote", pk)
    form = VoteForm(request.POST or None, instance=vote, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_vote, vote=form.save(commit=False), by=request.user):
            messages.success(request, "Le vote est enregistré.")
            return redirect("committees:meeting_votes", prefecture, vote.meeting_id)
    return render(request, "committees/meetings/vote_update.html", {"form": form, "meeting": vote.meeting})
