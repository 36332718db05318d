"""The drafts made from the data: the arrêté of composition, and the letters to those it appoints.

What the portal does not know (the texts cited, who carries it out) is left between brackets, to be completed.
"""

from datetime import timedelta

from django.conf import settings

from clu_portal.organisations.enums import Brand, Civility, Gender
from clu_portal.organisations.layout_rules import authority_lines
from clu_portal.organisations.models import DocumentLayout, Prefecture
from clu_portal.tenancy import current_prefecture
from committees.composition.changes import SeatChange, differences
from committees.composition.composition import CollegeRows, Holder, SeatRow, by_college, composition_on
from committees.composition.models import CompositionAct
from committees.composition.papers import heading, lines, table
from committees.composition.wording import in_words

MARK = "PROJET – non signé"
DEMONSTRATION_MARK = "DÉMONSTRATION – sans valeur"
CALLS = {Civility.MADAME: "Madame", Civility.MONSIEUR: "Monsieur", Civility.NONE: "Madame, Monsieur"}


def draft_of(title: str, blocks: list[dict]) -> dict:
    """The context both templates draw: the paper, marked as a draft on each page."""
    demonstration = settings.DEMONSTRATION or current_prefecture().is_demonstration
    mark = f"{MARK} · {DEMONSTRATION_MARK}" if demonstration else MARK
    return {
        "title": title,
        "blocks": blocks,
        "draft": True,
        "demonstration": demonstration,
        "mark": mark,
        "page_mark": "page-of",
    }


def act_document(act: CompositionAct) -> dict:
    """The draft of the arrêté: what changes when it amends another, then the whole composition."""
    composition = composition_on(act.committee, act.effective_on)
    articles = []
    if act.amends:
        before = composition_on(act.committee, act.effective_on - timedelta(days=1))
        articles.append((amending(act), [changes_table(differences(before, composition))]))
    tables = [college_table(college) for college in by_college(composition)]
    articles.append((stating(act), tables or [lines("[Aucun siège n'est saisi à cette date.]")]))
    articles.append(("[Autorité chargée de l'exécution, publication et voies de recours : à compléter.]", []))
    numbered = [
        block for number, article in enumerate(articles, start=1) for block in article_blocks(number, *article)
    ]
    return draft_of(act.title, [*opening(act), *numbered, *closing()])


def opening(act: CompositionAct) -> list[dict]:
    title = f"Arrêté n° {act.number or '[numéro]'}"
    former = f"Vu l'{naming(act.amends)} ;" if act.amends else ""
    return [
        lines(*letterhead(), kind="letterhead"),
        heading(title, level=1),
        lines(act.title),
        lines(f"{authority()},", "[Vu les textes : à compléter] ;", former),
        lines("Arrête :"),
    ]


def article_blocks(number: int, text: str, blocks: list[dict]) -> list[dict]:
    return [heading("Article 1er" if number == 1 else f"Article {number}"), lines(text), *blocks]


def amending(act: CompositionAct) -> str:
    return (
        f"La composition du comité « {act.committee} », fixée par l'{naming(act.amends)}, est modifiée comme suit "
        f"à compter du {in_words(act.effective_on)}."
    )


def stating(act: CompositionAct) -> str:
    if act.amends:
        return "La composition du comité est en conséquence la suivante."
    return (
        f"La composition du comité « {act.committee} » est fixée comme suit à compter du {in_words(act.effective_on)}."
    )


def naming(act: CompositionAct) -> str:
    """« arrêté n° 2026-12 du 3 mars 2026 »: what is known of it."""
    signed = f" du {in_words(act.signed_on)}" if act.signed_on else ""
    return f"arrêté n° {act.number or '[numéro]'}{signed}"


def changes_table(changes: list[SeatChange]) -> dict:
    if not changes:
        return lines("[Aucun changement n'est saisi à cette date.]")
    rows = [([change.row.label], [change.label], names(change.leaving), names(change.arriving)) for change in changes]
    return table("Changements", ("Siège", "Changement", "Qui part", "Qui arrive"), rows)


def college_table(college: CollegeRows) -> dict:
    rows = [([seat.label], full_member(seat), names(seat.substitutes)) for seat in college.seats]
    return table(college.label or "Membres", ("Siège", "Titulaire", "Suppléants"), rows)


def full_member(seat: SeatRow) -> list[str]:
    if seat.full_member:
        return [seat.full_member.name]
    return ["À désigner"] if seat.is_vacant else ["Qui tient la fonction"]


def names(holders: tuple[Holder, ...]) -> list[str]:
    return [holder.name for holder in holders]


def letters_document(act: CompositionAct) -> dict:
    """One letter to each person the arrêté appoints, each on its page."""
    seats = composition_on(act.committee, act.effective_on)
    appointed = [(seat, holder) for seat in seats for holder in seat.holders if is_appointed_by(act, holder)]
    blocks = [block for number, pair in enumerate(appointed) for block in letter(act, *pair, new_page=number > 0)]
    nobody = lines("Personne n'est nommé par cet arrêté : il n'y a pas de lettre à écrire.")
    return draft_of(f"Lettres de nomination : {act.committee}", blocks or [heading("Lettres", level=1), nobody])


def is_appointed_by(act: CompositionAct, holder: Holder) -> bool:
    """Named by the arrêté; or, when nothing says by which one, from its first day on."""
    if holder.opened_by_id is None:
        return holder.starts_on == act.effective_on
    return holder.opened_by_id == act.pk


def letter(act: CompositionAct, seat: SeatRow, holder: Holder, *, new_page: bool) -> list[dict]:
    call = CALLS[Civility(holder.civility)]
    return [
        lines(*letterhead(), kind="letterhead", new_page=new_page),
        lines(holder.name, seat.organisation or seat.service or seat.label, place_and_date(), kind="right"),
        heading(f"Nomination au comité « {act.committee} »", level=1),
        lines(f"{call},"),
        lines(appointment(act, seat, holder)),
        lines("Je vous remercie de la part que vous prendrez aux travaux du comité, au service des usagers."),
        lines(f"Je vous prie d'agréer, {call}, l'expression de ma considération distinguée."),
        *closing(with_place=False),
    ]


def appointment(act: CompositionAct, seat: SeatRow, holder: Holder) -> str:
    agreed = {Civility.MADAME: "nommée", Civility.MONSIEUR: "nommé"}.get(holder.civility, "nommé(e)")
    until = f" et jusqu'au {in_words(holder.ends_on)}" if holder.ends_on else ""
    return (
        f"Par l'{naming(act)}, vous êtes {agreed} {holder.kind_label} au comité « {act.committee} », pour le siège "
        f"« {seat.label} », à compter du {in_words(holder.starts_on)}{until}."
    )


def letterhead() -> list[str]:
    """As the minutes print it; in place of a brand block, the authority it names."""
    layout, prefecture = DocumentLayout.current(), current_prefecture()
    in_block = [] if layout.brand == Brand.NONE else authority_of(layout, prefecture)
    lines_above = [*in_block, *layout.letterhead.splitlines()] or [prefecture.name]
    return [*lines_above, *filter(None, layout.services.splitlines())]


def authority_of(layout: DocumentLayout, prefecture: Prefecture) -> list[str]:
    line = prefecture.authority_line
    return authority_lines(line, capitals=layout.authority_capitals, broken=layout.authority_broken)


def authority() -> str:
    """« La préfète de la Valmarche », or all in capitals, from the authority line of the préfecture as it is typed."""
    prefecture = current_prefecture()
    is_feminine = prefecture.authority_gender == Gender.FEMININE
    line = prefecture.authority_line or Gender(prefecture.authority_gender).label
    article = "La" if is_feminine else "Le"
    return f"{article.upper()} {line}" if line.isupper() else f"{article} {line[:1].lower()}{line[1:]}"


def place_and_date() -> str:
    city = current_prefecture().city
    return f"{city}, le [date]" if city else "Le [date]"


def closing(*, with_place: bool = True) -> list[dict]:
    formula = DocumentLayout.objects.values_list("delegation_formula", flat=True).first() or ""
    made = f"Fait à {current_prefecture().city or '[ville]'}, le [date]" if with_place else ""
    return [lines(made, formula, "[Signature]", kind="right")]
