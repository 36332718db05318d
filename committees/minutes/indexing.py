"""The rows of what was said, written again from the text of a section."""

from clu_portal.action_plan.models import Action
from committees.minutes.indexed import Answer, AnsweredRemark, Citation, Decision, Exchange, Remark
from committees.minutes.models import Minutes
from committees.minutes.tree import said
from committees.minutes.tree.nodes import attribute
from committees.minutes.tree.reading import text_of


def index_section(minutes: Minutes, section: str, content: dict | None) -> None:
    """Make the rows of a section those of its content, checked; None leaves no row."""
    for model in (Exchange, Decision, Citation):
        model.objects.filter(minutes=minutes, section=section).delete()
    if content is not None:
        for position, exchange in enumerate(said.exchanges_in(content)):
            index_exchange(minutes, section, position, exchange)
        index_decisions(minutes, section, said.nodes_in(content, "decision"))
        index_actions(minutes, section, said.nodes_in(content, "action"))


def index_decisions(minutes: Minutes, section: str, nodes: list[dict]) -> None:
    Decision.objects.bulk_create(
        Decision(
            minutes=minutes,
            section=section,
            position=position,
            kind=attribute(node, "kind"),
            decided_by=attribute(node, "decided_by"),
            text=text_of(node).strip(),
        )
        for position, node in enumerate(nodes)
    )


def index_actions(minutes: Minutes, section: str, nodes: list[dict]) -> None:
    """Cite the actions that exist; typed_actions.py creates those just typed."""
    if not nodes:
        return
    ids = [attribute(node, "id") for node in nodes]
    known = {str(action.uuid): action for action in Action.objects.filter(uuid__in=ids)}
    Citation.objects.bulk_create(
        Citation(
            minutes=minutes,
            section=section,
            position=position,
            action=known[attribute(node, "id")],
            wording=attribute(node, "wording"),
        )
        for position, node in enumerate(nodes)
        if attribute(node, "id") in known
    )


def index_exchange(minutes: Minutes, section: str, position: int, exchange: said.Exchange) -> None:
    row = Exchange.objects.create(minutes=minutes, section=section, position=position, opening=exchange.opening)
    remarks = Remark.objects.bulk_create(
        Remark(exchange=row, uuid=r.id, position=rank, kind=r.kind, speaker=r.speaker, text=r.text)
        for rank, r in enumerate(exchange.remarks)
    )
    answers = Answer.objects.bulk_create(
        Answer(exchange=row, position=rank, speaker=a.speaker, text=a.text) for rank, a in enumerate(exchange.answers)
    )
    by_id = {remark.uuid: remark for remark in remarks}
    AnsweredRemark.objects.bulk_create(
        AnsweredRemark(answer=answer, remark=by_id[id])
        for answer, typed in zip(answers, exchange.answers, strict=True)
        for id in typed.answers
    )


def reindex_minutes(minutes: Minutes) -> None:
    """Write the rows of all the sections of minutes again, those removed included."""
    for section in minutes.sections.all():
        index_section(minutes, str(section.uuid), section.content)
