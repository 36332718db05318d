"""La Haute-Esparre: administration and users in two blocks, arrows, checks, three tables, twelve numbered actions."""

from datetime import date

from committees.demonstration import esparre_text
from committees.demonstration.story import (
    MONDAY,
    SEALED,
    THURSDAY,
    Committee,
    Group,
    Item,
    Line,
    Meeting,
    Seat,
    Story,
    Text,
    in_words,
    near,
)
from committees.demonstration.writing import action, attendance, heading, paragraph, section, signature

NAME = "Comité local des usagers de la Haute-Esparre"
USERS, AUTHORITIES, STATE = "Usagers", "Collectivités", "Préfecture et services"
CONSUMERS, FAMILIES = "Consommateurs des Cimes", "Union des familles de la Haute-Esparre"
RELIEF, SECULAR = "Secours des vallées", "Fédération des foyers laïques"
MAYORS, COUNCIL = "Association des maires d'Esparre", "Conseil départemental d'Esparre"
CONTACTS = "Affaire suivie par Hermine Abondeau\n04 65 71 10 54\nhermine.abondeau@esparre.example"
SIGNATURE = ("Pour le préfet,", "La secrétaire générale", "", "Aliette GRANDMAISON")

COMMITTEE = Committee(
    name=NAME,
    acronym="CLU",
    act_number="201",
    colleges={USERS: "users", AUTHORITIES: "local_authorities", STATE: "administration"},
    seats=(
        Seat(USERS, FAMILIES, "families", "M. Evrard Cordonnet", "cordonnet@familles-esparre.example"),
        Seat(USERS, CONSUMERS, "consumers", "M. Basile Thônevoz", "bureau@cimes.example"),
        Seat(USERS, RELIEF, "solidarity"),
        Seat(USERS, SECULAR, "users"),
        Seat(AUTHORITIES, COUNCIL, "local_authority"),
        Seat(AUTHORITIES, MAYORS, "local_authority", "Mme Flavie Arpennaz", "maires@esparre.example"),
        Seat(USERS, "Délégué du Défenseur des droits", "rights_defender", "M. Cyprien Mieussat", basis="by_office"),
        Seat(STATE, "Direction des territoires", basis="by_office", holder="Mme Sybille Charvonnay"),
        Seat(STATE, "Maison du handicap", basis="by_office"),
    ),
)


def story(today: date) -> Story:
    held_on = near(today, -47, MONDAY)
    older, old = near(today, -820, THURSDAY), near(today, -430, THURSDAY)
    return Story(
        committees=[COMMITTEE],
        meetings=[
            past("reactivation", older, lambda: reactivated(older)),
            past("first_year", old, lambda: first_year(old)),
            Meeting(
                key="complete",
                committee=NAME,
                held_on=held_on,
                agenda=AGENDA,
                attendance=ATTENDANCE,
                text=Text(
                    lambda: esparre_text.text(held_on),
                    reaches=SEALED,
                    printed=printed(held_on),
                    is_distributed=True,
                ),
            ),
            Meeting(
                key="convened",
                committee=NAME,
                held_on=near(today, 60, MONDAY),
                state="convened",
                agenda=[
                    Item("1.", "Audit de labellisation : le rapport"),
                    Item("2.", "Délais en mairie", presenters="M. Zacharie Boismartel"),
                    Item("3.", "Recueil des suggestions", "opinion"),
                ],
            ),
        ],
    )


def past(key: str, held_on: date, sections) -> Meeting:
    return Meeting(
        key=key,
        committee=NAME,
        held_on=held_on,
        attendance=ATTENDANCE,
        text=Text(sections, reaches=SEALED, printed=printed(held_on)),
    )


def printed(held_on: date) -> dict:
    day = in_words(held_on).replace("^", "")
    return {
        "title_lines": f"Compte-rendu de la réunion du comité local des usagers du {day}",
        "contacts": CONTACTS,
        "reference_lines": f"Références : COPIL qual-e-pref\nobjet : réunion du comité local des usagers du {day}",
        "dated_on": held_on,
        "page_mark": "page-of",
    }


AGENDA = [
    Item("1.", "Présentation de la démarche"),
    Item("2.", "Présentation de nos résultats"),
    Item("3.", "Recueil des suggestions des représentants des usagers", "opinion"),
    Item("4.", "Visite des locaux", "visit"),
]
ATTENDANCE = [
    Group(
        "Représentants de l'administration",
        [
            Line(printed="Mme Grandmaison, secrétaire générale"),
            Line(printed="Mme Perréol, directrice des ressources humaines et du budget"),
            Line(printed="M. Sallenave, adjoint au directeur de la citoyenneté"),
            Line(printed="M. Outrebois, directeur du numérique"),
            Line(printed="M. Cluzelard, chef du bureau de l'urbanisme"),
            Line(printed="Mme Tavernoz, chargée de communication"),
            Line(printed="Mme Passerat, cheffe du pôle « accueil téléphonique »"),
            Line(printed="Mme Abondeau, référente qualité"),
            Line(printed="M. Boismartel, référent qualité"),
            Line(printed="Mme Sybille Charvonnay, secrétaire générale de la direction des territoires"),
        ],
    ),
    Group(
        "Représentants des usagers",
        [
            Line(printed="M. Basile Thônevoz – Consommateurs des Cimes", organisation=CONSUMERS),
            Line(printed="M. Evrard Cordonnet – Union des familles de la Haute-Esparre", organisation=FAMILIES),
            Line(printed="M. Cyprien Mieussat – Délégué du Défenseur des droits"),
            Line(printed="Mme Flavie Arpennaz – Association des maires d'Esparre", organisation=MAYORS),
        ],
    ),
]


def reactivated(held_on: date) -> list[dict]:
    return [
        section(attendance("three_columns")),
        section(
            heading("1.", "Reprise des réunions"),
            paragraph(
                f"Le comité se réunit ce {in_words(held_on)} après plusieurs années d'interruption. La secrétaire "
                "générale en donne les raisons et propose un rythme annuel, que les membres acceptent."
            ),
        ),
        section(
            heading("2.", "Premiers chantiers"),
            paragraph("Les associations placent en tête le téléphone, puis la signalétique."),
            action("Mesurer chaque mois les appels perdus, bureau par bureau", owner="pôle « accueil téléphonique »"),
        ),
        section(signature(*SIGNATURE)),
    ]


def first_year(held_on: date) -> list[dict]:
    return [
        section(attendance()),
        section(
            heading("1.", "Le téléphone, un an après"),
            paragraph(
                "La part d'appels pris est passée de 78 % à 88 %. Le serveur vocal sera réécrit avec les membres du "
                f"comité avant la fin de l'année {held_on.year + 1}."
            ),
        ),
        section(
            heading("2.", "Signalétique"),
            paragraph("Les panneaux extérieurs sont commandés. L'Union des familles en relira les intitulés."),
        ),
        section(signature(*SIGNATURE)),
    ]
