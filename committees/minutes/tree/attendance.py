"""The attendance list in each of its layouts: from the groups known to the cells that a medium draws."""

from collections.abc import Iterator

from .facts import known_facts

Row = dict[str, str]
Group = dict

# The heading of each column; a table without any has a name at the head of each row, and no border.
COLUMNS = {
    "two_columns": (),
    "college_table": ("Membre", "Organisme et fonction"),
    "three_columns": ("Nom", "Fonction", "Organisme"),
}


def layouts_of(facts: dict) -> dict[str, dict]:
    """Every layout but the plain one, as the editor shows it: {"columns", "groups"} by name."""
    known = known_facts(facts)
    return {
        layout: {
            "columns": COLUMNS.get(layout, ()),
            "groups": layout_of([dict(group) for group in known["attendance"]], layout, known["chair"]),
        }
        for layout in (*CELLS, "header_table", "side_by_side")
        if known["attendance"]
    }


def layout_of(known: list[Group], layout: str, chair: str) -> list[Group]:
    """Return the groups as a layout shows them, each with `rows` (cells) or `blocks` (groups side by side)."""
    if layout == "header_table":
        return [{"heading": "", "depth": 0, "rows": header_rows(known, chair)}]
    if layout == "side_by_side":
        return list(beside(known))
    if layout == "college_table":
        known = by_college(known)
    return [{**group, "rows": [CELLS[layout](row) for row in group["rows"]]} for group in known]


def two_columns(row: Row) -> list[str]:
    """« Mme Lise Aubert », « présidente, Union des familles »: who, then all that is known of them."""
    name = naming(row)
    return [name, joined(row.get(key, "") for key in ("function", "body", "rest") if row.get(key) != name)]


def three_columns(row: Row) -> list[str]:
    """A line typed by hand stands whole in the first column: what it is made of is not known."""
    name = row.get("name", "") or ("" if row.get("body") else row["line"])
    return [name, joined(row.get(key, "") for key in ("function", "rest")), row.get("body", "")]


def college_row(row: Row) -> list[str]:
    """« Mme Lise Aubert (excusée) », « présidente, Union des familles »: the state in the cell of the name."""
    name, state = naming(row), row.get("state", "")
    rest = row.get("rest", "")
    said = rest if rest.startswith(state) else joined((state, rest))
    others = joined(row.get(key, "") for key in ("function", "body") if row.get(key) != name)
    return [f"{name} ({said})" if said else name, others]


CELLS = {"two_columns": two_columns, "three_columns": three_columns, "college_table": college_row}


def naming(row: Row) -> str:
    return row.get("name") or row.get("body") or row["line"]


def joined(parts) -> str:
    return ", ".join(filter(None, parts))


def by_college(known: list[Group]) -> list[Group]:
    """The rows of every heading, by college in the order of their first one; then those of no college, by heading."""
    rows = [(row.get("college") or "", group["heading"], row) for group in known for row in group["rows"]]
    groups: dict[str, list[Row]] = {}
    for college, heading, row in sorted(rows, key=lambda found: not found[0]):
        groups.setdefault(college or heading, []).append(row)
    return [{"heading": heading, "depth": 0, "rows": rows} for heading, rows in groups.items()]


def header_rows(known: list[Group], chair: str) -> list[dict]:
    """« Présidence », unless the list names who presides, then each heading with its lines and its sub-headings."""
    is_listed = any(group["heading"].casefold().startswith("présiden") for group in known)
    first = [{"label": "Présidence", "parts": [{"heading": "", "lines": [chair]}]}] if chair and not is_listed else []
    rows = list(first)
    for group in known:
        if group["depth"] and len(rows) > len(first):
            rows[-1]["parts"].append({"heading": group["heading"], "lines": group["lines"]})
        else:
            parts = [{"heading": "", "lines": group["lines"]}] if group["lines"] else []
            rows.append({"label": group["heading"], "parts": parts})
    return rows


def beside(known: list[Group]) -> Iterator[Group]:
    """Groups two by two, side by side: sub-headings under their heading, or headings that have none."""
    index = 0
    while index < len(known):
        group, subs = known[index], under(known, index)
        index += 1 + len(subs)
        if subs:
            yield group | {"blocks": []}
            yield from pairs(subs)
        elif index < len(known) and not under(known, index):
            yield {"heading": "", "depth": group["depth"], "lines": [], "blocks": [group, known[index]]}
            index += 1
        else:
            yield {"heading": "", "depth": group["depth"], "lines": [], "blocks": [group]}


def pairs(groups: list[Group]) -> Iterator[Group]:
    for start in range(0, len(groups), 2):
        yield {"heading": "", "depth": 1, "lines": [], "blocks": groups[start : start + 2]}


def under(known: list[Group], index: int) -> list[Group]:
    """The sub-headings of a group."""
    found = []
    for group in known[index + 1 :]:
        if not group["depth"]:
            break
        found.append(group)
    return found if not known[index]["depth"] else []
