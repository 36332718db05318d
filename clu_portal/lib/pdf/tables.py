"""WeasyPrint 70 writes wrong /Headers below a merged cell. A /Scope on each header cell is enough for PDF/UA-1."""

import pydyf


def scope_headers(document: object, pdf: pydyf.PDF) -> None:
    """WeasyPrint finisher: tie each header cell to its column or its row by /Scope, in place."""
    elements = {item.reference: item for item in pdf.objects if is_element(item)}
    for row in elements.values():
        if row["S"] == "/TR":
            scope_row([elements[reference] for reference in row["K"]], is_head=elements[row["P"]]["S"] == "/THead")


def is_element(item: object) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"


def scope_row(cells: list[pydyf.Dictionary], *, is_head: bool) -> None:
    heads_columns = is_head or all(cell["S"] == "/TH" for cell in cells)
    for cell in cells:
        cell["A"].pop("Headers", None)
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = "/Column" if heads_columns else "/Row"
