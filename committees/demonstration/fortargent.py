"""Le Territoire de Fortargent: « Excusées » of three women, labels as typed (« 3) » twice), one validation."""

from datetime import date

from committees.demonstration.story import (
    FRIDAY,
    SEALED,
    TUESDAY,
    WEDNESDAY,
    Committee,
    Document,
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
from committees.demonstration.writing import (
    annexes,
    attendance,
    dashes,
    decision,
    heading,
    paragraph,
    section,
    signature,
)

NAME = "Comité local des usagers du Territoire de Fortargent"
USERS, STATE = "Représentants des usagers", "Services de l'État"
CONSUMERS, FARMERS = "Consommateurs de Fortargent", "Chambre des cultures 9X"
FAMILIES, DISABILITY = "Union familiale du Territoire", "Les Amis du Chemin"
CRAFTS, COMMERCE = "Chambre des métiers de Fortargent", "Chambre de commerce de Fortargent"
DEAF = "Association régionale Langue et Signes"
CHAIR = "M. Lazare Montrevel, sous-préfet, secrétaire général de la préfecture"

COMMITTEE = Committee(
    name=NAME,
    acronym="CLU",
    act_number="009",
    colleges={USERS: "users", STATE: "administration"},
    seats=(
        Seat(USERS, CONSUMERS, "consumers", "M. Théodore Brancourt", "bureau@conso-fortargent.example"),
        Seat(USERS, FARMERS, "chamber", "M. Isidore Vuillemont"),
        Seat(USERS, FAMILIES, "families", "M. Anselme Grandclair"),
        Seat(USERS, DISABILITY, "disability", "M. Lucien Dessoubre", "dessoubre@chemin.example"),
        Seat(USERS, CRAFTS, "chamber", "M. Edgar Pontarcher"),
        Seat(USERS, COMMERCE, "chamber", "Mme Viviane Oberlac"),
        Seat(USERS, DEAF, "disability", "Mme Sixtine Jougnard"),
        Seat(STATE, "Directrice des sécurités", basis="by_office", holder="Mme Capucine Arbelot"),
    ),
)


def story(today: date) -> Story:
    held_on = near(today, -66, WEDNESDAY)
    return Story(
        committees=[COMMITTEE],
        meetings=[
            Meeting(
                key="complete",
                committee=NAME,
                held_on=held_on,
                chair=CHAIR,
                attendance=ATTENDANCE,
                documents=[SLIDES],
                text=Text(
                    text,
                    reaches=SEALED,
                    printed={
                        "title_lines": f"Compte-rendu\nCOMITÉ LOCAL DES USAGERS\n{plain(held_on).upper()}",
                        "contacts": "Dossier suivi par :\nSECRÉTARIAT GÉNÉRAL\nE. VALDAHON",
                        "dated_on": held_on,
                        "place": "",
                        "page_mark": "",
                    },
                    is_distributed=True,
                ),
            ),
            Meeting(
                key="held",
                committee=NAME,
                held_on=near(today, -13, TUESDAY),
                chair=CHAIR,
                place="Salle du Donjon, préfecture",
                agenda=[Item("1)", "Dossier de candidature"), Item("2)", "Enquête mystère : premiers résultats")],
                attendance=ATTENDANCE,
            ),
            Meeting(
                key="next",
                committee=NAME,
                held_on=None,
                planned_for=f"printemps {near(today, 120, FRIDAY).year}",
                state="prepared",
            ),
        ],
    )


def plain(day: date) -> str:
    return in_words(day).replace("^", "")


ATTENDANCE = [
    Group("Présidence", [Line(printed=CHAIR, persons=["M. Lazare Montrevel"])]),
    Group(
        "Participants",
        [
            Line(printed="M. Théodore Brancourt, président – Consommateurs de Fortargent", organisation=CONSUMERS),
            Line(printed="M. Isidore Vuillemont, 1er vice-président – Chambre des cultures 9X", organisation=FARMERS),
            Line(printed="M. Anselme Grandclair, directeur de l'Union familiale du Territoire", organisation=FAMILIES),
            Line(printed="M. Lucien Dessoubre, président des Amis du Chemin", organisation=DISABILITY),
            Line(printed="M. Edgar Pontarcher, président de la Chambre des métiers", organisation=CRAFTS),
            Line(printed="Mme Capucine Arbelot, directrice des sécurités"),
            Line(
                printed="Mme Mélisande Frahier, cheffe du bureau de la coordination, représentant la directrice des "
                "politiques publiques",
                representing="la directrice des politiques publiques",
            ),
            Line(printed="M. Gontran Belvoir, directeur du secrétariat général commun départemental"),
            Line(
                printed="M. Nestor Chalindrey, chef du CERT, représentant le directeur de la citoyenneté",
                representing="le directeur de la citoyenneté",
            ),
            Line(printed="M. Séverin Mouthiaud, chef du bureau de la communication interministérielle"),
            Line(printed="M. Firmin Grosbois-Lure, adjoint à la cheffe du bureau des migrations"),
            Line(printed="Mme Elvire Valdahon, référente qualité"),
        ],
    ),
    Group(
        "",
        [
            Line(printed="Mme Viviane Oberlac, Chambre de commerce de Fortargent", organisation=COMMERCE),
            Line(printed="Mme Sixtine Jougnard, déléguée de Langue et Signes", organisation=DEAF),
            Line(printed="Mme Aglaé Rougemontier, cheffe du pôle des collectivités"),
        ],
        status="excused",
    ),
]
SLIDES = Document(
    "Diapositives de la réunion",
    "annexed",
    [
        ("Public reçu", ["Visites par mois, avant et après le passage au rendez-vous"]),
        ("Téléphonie", ["Appels pris : 95 % dans les services, 98 % au standard", "Objectif : 90 %"]),
    ],
)


def text() -> list[dict]:
    return [
        section(attendance("header_table")),
        section(
            paragraph(
                "Le secrétaire général ouvre la séance et rappelle que la préfecture du Territoire de Fortargent "
                "prépare sa labellisation Qual-e-pref. Le comité local des usagers (CLU) est consulté à chaque étape "
                ": c'est lui qui dit si les engagements pris se voient au guichet."
            )
        ),
        section(
            heading("1)", "un accueil repensé"),
            paragraph(
                "Presque toutes les démarches se commencent en ligne, de chez soi, chez un proche ou au point "
                "numérique de la préfecture, où deux médiateurs se relaient."
            ),
            paragraph(
                "Devant l'affluence, il a été choisi de recevoir uniquement sur rendez-vous. On attend moins, et "
                "l'agent a lu le dossier avant d'ouvrir la porte."
            ),
        ),
        *commitments(),
        *indicators(),
        section(
            heading("3)", "remarques"),
            paragraph(
                "Le président des Amis du Chemin propose que des bénévoles de l'association forment les agents "
                "d'accueil aux handicaps qui ne se voient pas. L'offre est acceptée."
            ),
        ),
        section(
            heading("4)", "suite du calendrier"),
            paragraph("Les pièces du dossier de candidature sont en cours de rassemblement."),
            paragraph("Une enquête mystère au téléphone vient de s'achever ; ses résultats sont dépouillés."),
            paragraph("Les diapositives sont en annexe. Le secrétaire général remercie chacun et clôt la séance."),
            heading("", "Annexe", 2),
            annexes("appended"),
        ),
        section(
            signature(
                "Pour le préfet, et par délégation,", "Le sous-préfet, secrétaire général,", "", "Lazare MONTREVEL"
            )
        ),
    ]


def commitments() -> list[dict]:
    return [
        section(
            heading("2)", "les engagements retenus"),
            paragraph("Deux modules du référentiel ont été choisis : le premier, obligatoire, et celui du CERT."),
        ),
        section(
            heading("a)", "Le module 1", 2),
            paragraph("Il réunit 20 engagements sur"),
            dashes(
                "l'accueil au guichet,",
                "l'accueil au téléphone,",
                "le point numérique,",
                "les courriers et courriels,",
                "les réseaux sociaux,",
                "le site internet,",
                "la communication.",
            ),
        ),
        section(
            heading("b)", "le module 2", 2),
            paragraph("Propre au CERT, il en compte 3 :"),
            dashes("signaler vite un dossier incomplet,", "délivrer dans un délai annoncé", "délivrer sans fraude"),
        ),
    ]


def indicators() -> list[dict]:
    return [
        section(
            heading("3)", "les indicateurs"),
            paragraph("Les courbes commentées en séance sont en annexe (voir diapositives)."),
        ),
        section(
            heading("a)", "public reçu", 2),
            paragraph("Le passage au rendez-vous a réparti les visites sur la journée ; la salle n'est plus comble."),
        ),
        section(
            heading("b)", "enquête de satisfaction", 2),
            paragraph("L'enquête de janvier donne un résultat globalement bon. Des points restent à corriger."),
            paragraph(
                "Un représentant des usagers raconte avoir patienté devant une hôtesse au téléphone. Le standard "
                "étant tenu à l'accueil, cela arrive en effet ; un volontaire en service civique n'y est pas admis."
            ),
            paragraph(
                "Le directeur du secrétariat général commun indique qu'un projet sépare l'accueil du point numérique."
            ),
        ),
        section(
            heading("c)", "téléphonie", 2),
            paragraph(
                "L'an dernier, 95 % des appels ont été pris en moyenne dans l'ensemble des services, et 98 % au "
                "standard, entre la 5^e^ et la 8^e^ sonnerie."
            ),
            paragraph(
                "Depuis janvier, les appels perdus sont de – de 2 % au standard et de 12 % dans les services. Les "
                "agents viennent de recevoir un mobile relié à leur poste fixe."
            ),
        ),
        section(
            heading("d)", "courriers / courriels", 2),
            paragraph(
                "Seules les demandes générales sont mesurées ; elles arrivent sur une boîte unique, relevée chaque "
                "jour. Le cabinet a répondu pour sa part à 4500 messages pendant la crise sanitaire."
            ),
            paragraph("Entre 97 % et 100 % des réponses partent en moins de 5 jours."),
        ),
        section(
            heading("e)", "modèle d'accusé de réception", 2),
            decision(
                "le modèle d'accusé de réception présenté en séance est validé.",
                decided_by="les membres du CLU",
            ),
        ),
        section(
            heading("f)", "programme « transparence »", 2),
            paragraph("L'affiche trimestrielle donne :"),
            dashes(
                "la satisfaction globale pour la délivrance des titres,",
                "le délai moyen des cartes d'identité et passeports,",
                "le délai moyen des permis de conduire,",
                "la part d'appels décrochés,",
                "le délai moyen des certificats d'immatriculation,",
                "le score d'effort des téléservices.",
            ),
        ),
        section(
            heading("g)", "les réclamations", 2),
            paragraph(
                "Il y en a eu 4 au 1^er^ trimestre ; dans les quatre cas, le service avait déjà répondu à l'usager."
            ),
        ),
    ]
