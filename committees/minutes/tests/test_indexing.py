"""What was said is found again as rows, made from the text at each save."""

from uuid import UUID

from django.core.management import call_command

from committees.minutes import corrections
from committees.minutes.indexed import Answer, Exchange, Remark
from committees.minutes.text import SectionChange, save_text
from committees.minutes.tree.said import exchanges_in
from committees.tests.factories import drafted_minutes, referent, sealed_minutes

from .trees import answer, item, node, paragraph, remark, section

A, B, ID = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))


def exchange(**attrs):
    return node(
        "exchange",
        remark("Longs délais.", node("list", item("surtout le lundi")), id=A, speaker="Mme A", kind="question"),
        remark("L’accueil est aimable.", id=B, kind="satisfaction"),
        answer("Un guichet ouvre.", speaker="M. B", answers=[A]),
        answer("Merci."),
        **attrs,
    )


def saved(minutes, *blocks, base=0, operation="operation-1"):
    content = section(*blocks, id=ID) if blocks else None
    changes = [SectionChange(ID, base, content)]
    save_text(minutes=minutes, changes=changes, order=None, operation_id=operation, by=referent())
    return minutes


def rows():
    remarks = [(str(r.uuid), r.kind, r.speaker, r.text) for r in Remark.objects.all()]
    answers = [(a.speaker, a.text, {str(r.uuid) for r in a.remarks.all()}) for a in Answer.objects.all()]
    return remarks, answers


EXPECTED = (
    [
        (A, "question", "Mme A", "Longs délais.\nsurtout le lundi"),
        (B, "satisfaction", "", "L’accueil est aimable."),
    ],
    [("M. B", "Un guichet ouvre.", {A}), ("", "Merci.", {A, B})],
)


def test_said_an_answer_to_none_in_particular_answers_all():
    assert [found.answers for found in exchanges_in(section(exchange()))[0].answers] == [(A,), (A, B)]


def test_save_indexes_the_exchanges(prefecture):
    minutes = saved(drafted_minutes(), paragraph("Avant"), exchange(opening="Mme A :"))
    row = Exchange.objects.get()
    assert (row.minutes, row.section, row.position, row.opening) == (minutes, UUID(ID), 0, "Mme A :")
    assert rows() == EXPECTED


def test_save_again_leaves_no_row_of_before(prefecture):
    minutes = saved(drafted_minutes(), exchange(), exchange())
    saved(minutes, node("exchange", remark("Seule", id=B)), base=1, operation="operation-2")
    assert rows() == ([(B, "observation", "", "Seule")], [])


def test_save_of_a_section_removed_leaves_no_row(prefecture):
    minutes = saved(drafted_minutes(), exchange())
    saved(minutes, base=1, operation="operation-2")
    assert (Exchange.objects.count(), Remark.objects.count(), Answer.objects.count()) == (0, 0, 0)


def test_save_of_prose_costs_the_same_with_sixty_exchanges_elsewhere(prefecture, count_queries):
    minutes = drafted_minutes()
    alone = count_queries(lambda: saved(minutes, paragraph("a")))
    other = section(*[exchange()] * 60)
    changes = [SectionChange(other["attrs"]["id"], 0, other)]
    save_text(minutes=minutes, changes=changes, order=None, operation_id="operation-3", by=referent())
    assert count_queries(lambda: saved(minutes, paragraph("b"), base=1, operation="operation-4")) <= alone


def test_correction_is_indexed_as_the_version_it_begins_from(prefecture):
    minutes = sealed_minutes()
    correction = corrections.correct_minutes(minutes=minutes, by=referent())
    saved(correction, exchange())
    assert Exchange.objects.get().minutes == correction


def test_reindex_minutes_makes_the_rows_again(prefecture, capsys):
    saved(drafted_minutes(), exchange())
    Remark.objects.filter(kind="satisfaction").delete()
    assert rows() != EXPECTED
    call_command("reindex_minutes")
    assert rows() == EXPECTED
    assert capsys.readouterr().out == "Comptes-rendus relus : 1.\n"
