"""The rules a committee chose, and the votes they let a meeting record."""

from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from committees.composition.acts.common import check_not_merged
from committees.meetings.acts.parts import save_part
from committees.meetings.enums import VoteMethod
from committees.meetings.models import CommitteeRules, Meeting, Vote
from committees.meetings.quorum import quorum_in_words, voices, vote_result
from committees.meetings.standing import Standing, standings


@act("committee_rules_saved")
def save_rules(*, rules: CommitteeRules, by) -> CommitteeRules:
    """Raises ValidationError (merged)."""
    require_role(by, RoleKind.REFERENT)
    check_not_merged(rules.committee)
    rules.full_clean()
    rules.save()
    return rules


@act("vote_saved")
def save_vote(*, vote: Vote, by) -> Vote:
    """Record a vote and its result.

    Raises ValidationError: no_voice; votes_off, no_quorum, too_many_voices, with the text of the rule that refuses it.
    """
    require_role(by, RoleKind.REFERENT)
    meeting = (
        Meeting.objects.select_for_update(no_key=True, of=["self"]).select_related("committee").get(pk=vote.meeting_id)
    )
    known = standings(meeting, at=vote.voted_at, item=vote.agenda_item_id)
    own = next((standing for standing in known if standing.committee.pk == meeting.committee_id), None)
    if own is None or not own.rules.has_votes:
        raise ValidationError("Ce comité ne vote pas (règles du comité).", code="votes_off")
    for standing in known:
        refuse_without_quorum(standing)
    refuse_too_many(vote, known)
    by_consensus = vote.method == VoteMethod.CONSENSUS
    if not by_consensus and not voices_given(vote):
        raise ValidationError("Notez les voix, ou que le comité a décidé par consensus.", code="no_voice")
    vote.result = vote_result(
        vote.for_count, vote.against_count, vote.chair_voice, own.rules, by_consensus=by_consensus
    )
    return save_part(vote, by)


def refuse_without_quorum(standing: Standing) -> None:
    if not standing.quorum.may_decide:
        said = quorum_in_words(standing.quorum, standing.rules)
        message = f"{standing.committee} : {said} Le vote ne peut pas être noté. Règle : {standing.rules.text}"
        raise ValidationError(message, code="no_quorum")


def voices_given(vote: Vote) -> int:
    return vote.for_count + vote.against_count + vote.abstention_count


def refuse_too_many(vote: Vote, known: list[Standing]) -> None:
    """Raises ValidationError when more voices are counted than the seats present and their proxies have."""
    there = sum(voices(standing.quorum, standing.rules) for standing in known)
    given = voices_given(vote)
    if given > there:
        message = f"{given} voix notées, alors que {there} peuvent l'être (sièges présents et pouvoirs admis)."
        raise ValidationError(message, code="too_many_voices")
