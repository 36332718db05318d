"""La Valmarche: two groups of lines, numbered headings in italic, five lines of signature, a corrected version."""

from datetime import date, time, timedelta

from committees.demonstration import valmarche_text as texts
from committees.demonstration.story import (
    DRAFTING,
    MONDAY,
    SEALED,
    THURSDAY,
    TUESDAY,
    Committee,
    Document,
    Group,
    Item,
    Line,
    Meeting,
    Seat,
    Story,
    Text,
    near,
)

NAME = "Comité local des usagers de la Valmarche"
CHAIR = "Mme Mathilde Corvasier, secrétaire générale"
ROOM = "Salle des actes, hôtel de préfecture"
USERS, AUTHORITIES = "Collège des usagers", "Collège des collectivités et des services"
FAMILIES, DISABILITY = "Union des familles de la Valmarche", "Association Handicap et Cité"
CONSUMERS, MAYORS = "Consommateurs du Haut-Val", "Association des maires de la Valmarche"
LITERACY = "Association « Lire en Valmarche »"
CONTACTS = (
    "Affaire suivie par : Solène AUBRAC / Jocelin TREMBLIN\n"
    "Tél : 03 53 01 14 20 / 21\nadresse mail :\npref-qualite@valmarche.example"
)

COMMITTEE = Committee(
    name=NAME,
    acronym="CLU",
    act_number="127",
    colleges={USERS: "users", AUTHORITIES: "local_authorities"},
    seats=(
        Seat(
            USERS,
            FAMILIES,
            "families",
            "Mme Bérengère Tissandier",
            email="membre@valmarche.example",
            substitute="M. Anatole Vercheny",
        ),
        Seat(USERS, DISABILITY, "disability", "M. Octave Ramillon", email="o.ramillon@cite.example"),
        Seat(
            USERS,
            CONSUMERS,
            "consumers",
            "Mme Yasmina Delorge",
            email="y.delorge@haut-val.example",
            ends_soon=True,
        ),
        Seat(USERS, LITERACY, "users", "Mme Oriane Castelbon", email="bureau@lire-en-valmarche.example"),
        Seat(AUTHORITIES, MAYORS, "local_authority", "M. Fulbert Astaing", basis="elected"),
        Seat(AUTHORITIES, "Conseil départemental de la Valmarche", "local_authority", basis="elected"),
        Seat(AUTHORITIES, "Chef du bureau de l'accueil et des titres", basis="by_office"),
    ),
)


def story(today: date) -> Story:
    full = near(today, -134, THURSDAY)
    first, second = near(today, -780, TUESDAY), near(today, -420, THURSDAY)
    return Story(
        committees=[COMMITTEE],
        meetings=[
            past("first", first, texts.first, FIRST_AGENDA),
            past("second", second, texts.second, SECOND_AGENDA),
            Meeting(
                key="cancelled",
                committee=NAME,
                held_on=near(today, -260, MONDAY),
                state="cancelled",
                place=ROOM,
                reason="Un dégât des eaux a fermé l'hôtel de préfecture ; la réunion est reprise plus tard.",
                agenda=[Item("1.", "Résultats de l'enquête de satisfaction"), Item("2.", "Questions diverses")],
            ),
            complete(full),
            drafted(near(today, -12, TUESDAY)),
            Meeting(
                key="coming",
                committee=NAME,
                held_on=near(today, 95, THURSDAY),
                state="prepared",
                starts_at=time(14, 30),
                place=ROOM,
                agenda=[
                    Item("1.", "Approbation du compte-rendu de la réunion précédente", "approval"),
                    Item("2.", "Accueil des personnes sourdes : premier bilan", presenters="M. Jocelin Tremblin"),
                    Item("3.", "Questions diverses", "other_business"),
                ],
            ),
        ],
    )


def complete(held_on: date) -> Meeting:
    """The meeting whose minutes show everything this préfecture prints, sealed twice."""
    return Meeting(
        key="complete",
        committee=NAME,
        held_on=held_on,
        next_meeting=f"1er trimestre {held_on.year + 1}",
        chair=CHAIR,
        agenda=AGENDA,
        attendance=ATTENDANCE,
        documents=[SLIDES],
        text=Text(
            lambda: texts.complete(held_on),
            reaches=SEALED,
            printed={
                "title_lines": f"COMITÉ LOCAL DES USAGERS\ndu {plain_day(held_on)} – Compte-rendu",
                "contacts": CONTACTS,
                "dated_on": held_on + timedelta(days=22),
                "page_mark": "",
            },
            correction=("Mme Ferlandes", "Mme Ferlande"),
            is_distributed=True,
        ),
    )


def plain_day(day: date) -> str:
    return texts.in_words(day).replace("^", "")


def past(key: str, held_on: date, text, agenda: list[Item]) -> Meeting:
    return Meeting(
        key=key,
        committee=NAME,
        held_on=held_on,
        starts_at=time(14, 30),
        ends_at=time(16, 15),
        place=ROOM,
        chair=CHAIR,
        agenda=agenda,
        attendance=PAST_ATTENDANCE,
        text=Text(text, reaches=SEALED, printed=printed(held_on)),
    )


def drafted(held_on: date) -> Meeting:
    return Meeting(
        key="drafted",
        committee=NAME,
        held_on=held_on,
        starts_at=time(14, 30),
        ends_at=time(16, 15),
        place=ROOM,
        chair=CHAIR,
        agenda=DRAFT_AGENDA,
        attendance=PAST_ATTENDANCE,
        text=Text(texts.draft, reaches=DRAFTING, printed=printed(held_on)),
    )


def printed(held_on: date) -> dict:
    title = f"{NAME}\nCompte-rendu de la réunion du {plain_day(held_on)}"
    return {"title_lines": title, "contacts": CONTACTS, "dated_on": held_on + timedelta(days=10)}


AGENDA = [
    Item("–", "Le référentiel « Qual-e-pref » et les modules retenus"),
    Item("–", "Résultats de l'enquête de satisfaction"),
    Item("–", "Indicateurs de qualité"),
    Item("–", "Attentes des usagers et suites données"),
    Item("–", "Lettres et courriels types"),
    Item("–", "Visite de l'espace numérique", "visit"),
]
FIRST_AGENDA = [Item("1.", "Installation du comité"), Item("2.", "Horaires des guichets"), Item("3.", "Suites")]
SECOND_AGENDA = [Item("1.", "Suites de la réunion précédente"), Item("2.", "Rénovation du hall : le projet")]
DRAFT_AGENDA = [
    Item("1.", "Accueil du public depuis la rénovation du hall"),
    Item("2.", "Délais de réponse aux courriels"),
    Item("3.", "Questions diverses", "other_business"),
]
ATTENDANCE = [
    Group(
        "Représentants des associations et des collectivités",
        [
            Line(body=MAYORS, persons=["Mme Gersende Montreuil-Vasseur"]),
            Line(body=DISABILITY, persons=["Mme Apolline Ferlande", "M. Octave Ramillon"]),
            Line(body=LITERACY, persons=["Mme Oriane Castelbon"]),
        ],
    ),
    Group(
        "Représentants de l'administration",
        [
            Line(body="Secrétaire générale de la préfecture", persons=["Mme Mathilde Corvasier"]),
            Line(body="Secrétaire général de la sous-préfecture de Montaigu-le-Vieux", persons=["M. Aurèle Passavin"]),
            Line(
                body="Directrice de la citoyenneté",
                represented_by="Mme Ludivine Haubrecourt, cheffe du bureau des élections",
            ),
            Line(body="Référents qualité", persons=["Mme Solène Aubrac", "M. Jocelin Tremblin"]),
        ],
    ),
    Group(
        "Absents excusés",
        [
            Line(body="Directeur des ressources humaines et des moyens", persons=["M. Hilaire Bonnegarde"]),
            Line(body="Secrétaire générale de la sous-préfecture de Hauterives", persons=["Mme Noémie Lagarrigue"]),
            Line(body=FAMILIES, persons=["Mme Bérengère Tissandier"]),
        ],
        status="excused",
    ),
]
SLIDES = Document(
    "Diapositives commentées en séance",
    "annexed",
    [
        ("La démarche", ["Trois modules retenus", "Audit interne à l'automne", "Label visé deux mois plus tard"]),
        ("L'enquête", ["Satisfaction d'ensemble : 93,3 %", "À surveiller : stationnement, recherche sur le site"]),
    ],
)
PAST_ATTENDANCE = [
    Group(
        "",
        [
            Line(body=FAMILIES, persons=["Mme Bérengère Tissandier"]),
            Line(body=DISABILITY, persons=["M. Octave Ramillon"]),
            Line(body=CONSUMERS, persons=["Mme Yasmina Delorge"]),
            Line(body="Secrétaire générale de la préfecture", persons=["Mme Mathilde Corvasier"]),
            Line(body="Référente qualité", persons=["Mme Solène Aubrac"]),
        ],
    ),
    Group("", [Line(body=MAYORS, persons=["M. Fulbert Astaing"])], status="excused"),
]
