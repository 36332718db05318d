"""The one refusal of the tree, and the French words it uses for the person who typed."""

SHOWN_LENGTH = 40

NODE_NAMES = {
    "section": "section",
    "heading": "titre",
    "paragraph": "paragraphe",
    "list": "liste",
    "list_item": "élément de liste",
    "table": "tableau",
    "table_row": "ligne de tableau",
    "table_header": "cellule d’en-tête",
    "table_cell": "cellule de tableau",
    "agenda": "ordre du jour",
    "attendance": "liste de présence",
    "signature_block": "bloc de signature",
    "signature_line": "ligne de signature",
    "exchange": "échange",
    "remark": "observation",
    "answer": "réponse",
    "decision": "décision",
    "action": "action",
    "dossier": "dossier de la réunion",
    "annexes": "annexes",
    "quorum": "quorum",
    "votes": "votes",
    "quotation": "citation",
    "separator": "séparateur",
    "page_break": "saut de page",
    "table_of_contents": "sommaire",
    "footnote": "note de bas de page",
    "meeting_actions": "liste des actions de la réunion",
    "previous_actions": "suites données aux actions précédentes",
    "hard_break": "saut de ligne",
    "text": "texte",
}
ATTRIBUTE_NAMES = {
    "id": "l’identifiant",
    "label": "le numéro du titre",
    "level": "le niveau du titre",
    "marker": "la puce ou le numéro",
    "form": "la forme du titre",
    "columns": "la présentation des colonnes",
    "presentation": "la présentation de l’échange",
    "mentions": "la mention de ce à quoi chaque réponse répond",
    "organisation": "l’organisation",
    "source": "la source de la citation",
    "levels": "le nombre de niveaux du sommaire",
    "text": "le texte de la note",
    "caption": "la légende du tableau",
    "colspan": "le nombre de colonnes fusionnées",
    "rowspan": "le nombre de lignes fusionnées",
    "layout": "la présentation de la liste de présence",
    "pages": "la place des pages annexées",
    "opening": "la phrase d’introduction de l’échange",
    "answers_title": "le titre des réponses",
    "speaker": "l’intervenant",
    "kind": "la nature",
    "answers": "la liste des observations auxquelles une réponse répond",
    "title": "l’intitulé",
    "decided_by": "qui a décidé",
    "owner": "le responsable",
    "due": "l’échéance",
    "wording": "le texte imprimé",
    "href": "l’adresse du lien",
}


class TreeError(ValueError):
    """What the schema refuses.

    `message` is a French sentence for the person who typed; `path` leads to the place from the tree given,
    for instance ("content", 2, "attrs", "level"); `section` is the id that the section bears, "" when unreadable.
    """

    def __init__(self, message: str, path: tuple = (), section: str = ""):
        super().__init__(message)
        self.message = message
        self.path = path
        self.section = section


def quoted(value) -> str:
    """Return a foreign value as it can be shown in a sentence: short, between French quotation marks."""
    text = value if isinstance(value, str) else repr(value) if isinstance(value, bool | int | float) else "…"
    shown = "".join(character if character.isprintable() else "?" for character in text[:SHOWN_LENGTH])
    return f"« {shown} »"
