import pytest

from committees.minutes.tree.draw import draw
from committees.minutes.tree.errors import TreeError
from committees.minutes.tree.schema import check_section

from .trees import cell, header, section, table


def drawn(*rows, medium="pdf", **attrs):
    """Return a table drawn without its section, on one line."""
    lines = draw([section(table(*rows, **attrs))], {}, medium).splitlines()
    return "".join(lines[1:-1]) if medium != "text" else lines


def refusal(*rows):
    with pytest.raises(TreeError) as error:
        check_section(section(table(*rows)))
    return error.value.message, error.value.path[3:]


def test_I03_table_of_20_columns_and_not_21():
    check_section(section(table([cell("a", colspan=19), cell("b")])))
    assert refusal([cell("a", colspan=19), cell("b", colspan=2)]) == (
        "Un tableau a au plus 20 colonnes.",
        (0, "content", 1),
    )


def test_I03_table_of_20_columns_counts_cells_that_come_from_above():
    rows = [cell("a", colspan=15, rowspan=2), cell("b")], [cell("c", colspan=6)]
    assert refusal(*rows)[1] == (1, "content", 0)


def test_table_cell_past_the_last_row_is_refused():
    check_section(section(table([cell("a", rowspan=2), cell("b")], [cell("c")])))
    message, path = refusal([cell("a")], [cell("b", rowspan=2)])
    assert message == "Une cellule fusionnée descend plus bas que la fin de son tableau."
    assert path == (1, "content", 0)


def test_table_merged_cells_that_overlap_are_refused():
    message, path = refusal([cell("a"), cell("b", rowspan=2)], [cell("c", colspan=2)])
    assert message == "Deux cellules fusionnées d’un tableau se chevauchent."
    assert path == (1, "content", 0)


def test_draw_table_leading_header_rows_are_repeated_over_pages():
    html = drawn([header("Mois"), header("Taux")], [header("Mai"), cell("80 %")], caption="Appels")
    assert html == (
        "<table><caption>Appels</caption>"
        '<thead><tr><th scope="col">Mois</th><th scope="col">Taux</th></tr></thead>'
        '<tbody><tr><th scope="row">Mai</th><td>80 %</td></tr></tbody></table>'
    )


def test_draw_table_empty_corner_is_a_plain_cell():
    html = drawn([header(), header("2025")], [header("Taux"), cell("80 %")])
    assert html.startswith('<table><thead><tr><td></td><th scope="col">2025</th></tr></thead>')


def test_draw_table_header_on_the_right_alone_heads_its_column():
    html = drawn([cell(), header("2025")], [header("Taux"), cell("80 %")], [header("Délai"), cell("22 jours")])
    assert html.startswith('<table><thead><tr><td></td><th scope="col">2025</th></tr></thead>')
    assert '<th scope="row">Délai</th><td>22 jours</td>' in html


def test_draw_table_a_row_without_text_is_no_header():
    assert "<thead>" not in drawn([cell(), cell()], [cell("a"), cell("b")])


def test_draw_table_of_values_says_so():
    assert drawn([cell("a"), cell("b")], columns="values").startswith('<table class="values">')


def test_draw_table_without_header_has_neither_head_nor_caption():
    assert drawn([cell("a")], [cell("b")]) == "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>"


def test_draw_table_of_headers_only_keeps_a_body():
    assert drawn([header("a")]) == '<table><tbody><tr><th scope="col">a</th></tr></tbody></table>'


def test_draw_table_head_stops_before_a_merged_cell_that_goes_on_in_the_body():
    html = drawn([header("a"), header("b")], [header("c", rowspan=2), header("d")], [cell("e")])
    head, body = html.split("<tbody>")
    assert head.count("<tr>") == 1
    assert body.startswith('<tr><th scope="col" rowspan="2">c</th><th scope="col">d</th></tr>')


def test_draw_table_header_after_a_plain_cell_has_no_scope():
    assert "<td>a</td><th>b</th>" in drawn([cell("a"), header("b")])


def test_draw_table_ragged_rows_are_made_as_wide_as_the_widest():
    html = drawn([cell("a"), cell("b"), cell("c", rowspan=2)], [cell("d")])
    assert html.endswith('<td rowspan="2">c</td></tr><tr><td>d</td><td></td></tr></tbody></table>')


def test_draw_table_cell_of_two_paragraphs_keeps_them():
    assert "<td><p>a</p><p>b</p></td>" in drawn([cell("a", "", "b")])


def test_draw_table_on_screen_scrolls_with_the_keyboard_under_its_name():
    html = drawn([cell("a")], caption='Les "délais"', medium="screen")
    assert html.startswith('<div class="table-scroll" role="group" tabindex="0" aria-label="Les &quot;délais&quot;">')


def test_draw_table_text_keeps_the_columns_apart():
    rows = [header(), header("2025", colspan=2)], [header("Taux", rowspan=2), cell("1", "2"), cell("3")], [cell("4")]
    assert drawn(*rows, caption="Délais", medium="text") == ["Délais", "\t2025\t", "Taux\t1 2\t3", "\t4\t"]


def test_draw_table_without_any_text_is_not_drawn():
    assert draw([section(table([cell(), header()]))], {}, "pdf") == ""
