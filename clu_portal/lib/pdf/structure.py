"""What WeasyPrint 70 tags line by line, or not at all: paragraphs opened by a heading, footnotes."""

import pydyf

from clu_portal.lib.pdf.tables import is_element

Elements = dict[bytes, pydyf.Dictionary]
HEADINGS = {f"/H{level}" for level in range(1, 7)}
# No template draws an <article> but that of a heading on the line of its paragraph.
RUN_IN = "/Art"


def mend_structure(document: object, pdf: pydyf.PDF) -> None:
    """WeasyPrint finisher: one element for a paragraph drawn in line, whatever its lines; /Note for each footnote."""
    elements = {item.reference: item for item in pdf.objects if is_element(item)}
    for element in list(elements.values()):
        if element["S"] == RUN_IN:
            element["S"] = "/Div"
            element["K"] = pydyf.Array(joined_lines(element, elements))
        elif element["S"] == "/Document":
            tag_notes(element, elements)


def joined_lines(element: pydyf.Dictionary, elements: Elements) -> list[bytes]:
    """Return the children of a run-in, the lines of its heading made one, and those of its paragraph another."""
    kept: list[bytes] = []
    for reference in element["K"]:
        child = elements[reference]
        last = elements[kept[-1]] if kept else None
        if last is not None and (child["S"] == last["S"] or child["S"] == "/Span"):
            adopt(last, reference, child, elements)
        else:
            kept.append(reference)
    return kept


def adopt(parent: pydyf.Dictionary, reference: bytes, child: pydyf.Dictionary, elements: Elements) -> None:
    """Give to `parent` the children of `child`, or `child` itself when it is a mere space between two."""
    moved = [reference] if child["S"] == "/Span" else list(child["K"])
    parent["K"].extend(moved)
    for one in moved:
        if one in elements:
            elements[one]["P"] = parent.reference
    if child["S"] != "/Span":
        child["K"] = pydyf.Array()


def tag_notes(root: pydyf.Dictionary, elements: Elements) -> None:
    """The notes of a page are the <span> of the one area without a name that stands beside the sections."""
    areas = [elements[reference] for reference in root["K"] if elements[reference]["S"] == "/NonStruct"]
    notes = [elements[reference] for area in areas for reference in area["K"] if reference in elements]
    for number, note in enumerate((note for note in notes if note["S"] == "/Span"), start=1):
        note["S"] = "/Note"
        note["ID"] = pydyf.String(f"note-{number}")
