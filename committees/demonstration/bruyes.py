"""Les Hautes-Bruyes: two committees that meet together, 14 present and 12 excused, numbering in « I/ » and « 1°) »."""

from datetime import date, time, timedelta

from committees.demonstration import bruyes_text
from committees.demonstration.story import (
    IN_REVIEW,
    THURSDAY,
    WEDNESDAY,
    Committee,
    Group,
    Item,
    Line,
    Meeting,
    Seat,
    Story,
    Text,
    near,
)

CLU = "Comité local des usagers des Hautes-Bruyes"
CLAC = "Comité local d'amélioration continue des Hautes-Bruyes"
USERS, PARTNERS, SERVICES = "Usagers", "Partenaires", "Services de l'État"
WELCOME, RURAL = "Accueil et Droits des Bruyes", "Familles des campagnes bruyaises"
SOLIDARITY, MEALS = "Secours bruyais", "La Table ouverte"
INSERTION, COUNCIL = "Association Le Pont – INSERT", "Conseil départemental des Hautes-Bruyes"
MAYORS, POST = "Association des maires des Hautes-Bruyes", "Bureaux postaux réunis"
CHAMBER, UNION = "Chambre des métiers des Bruyes", "Union des familles bruyaises"

COMMITTEES = [
    Committee(
        name=CLU,
        acronym="CLU",
        act_number="418",
        colleges={USERS: "users", PARTNERS: "local_authorities"},
        seats=(
            Seat(USERS, SOLIDARITY, "solidarity", "M. Melchior Aubenas-Roy", "president@secours-bruyais.example"),
            Seat(USERS, WELCOME, "foreigners", "Mme Léopoldine Crozatier", "presidence@accueil-droits.example"),
            Seat(USERS, MEALS, "solidarity", "Mme Fantine Doucerain"),
            Seat(USERS, RURAL, "families", "M. Gaspard Ymonet", "ymonet@campagnes.example"),
            Seat(USERS, UNION, "families", "Mme Clarisse Taillevent"),
            Seat(PARTNERS, MAYORS, "local_authority", "M. Barnabé Jolivart"),
            Seat(PARTNERS, COUNCIL, "local_authority", "Mme Iseult Rocheblave"),
        ),
    ),
    Committee(
        name=CLAC,
        acronym="CLAC",
        act_number="072",
        colleges={USERS: "users", SERVICES: "administration"},
        seats=(
            Seat(USERS, INSERTION, "solidarity", "Mme Violaine Sarrebruche"),
            Seat(USERS, POST, "operator", "Mme Garance Pellerault"),
            Seat(SERVICES, "Direction des territoires", basis="by_office", holder="Mme Sidonie Malavoy"),
            Seat(SERVICES, "Direction des solidarités et de l'emploi", basis="by_office"),
        ),
    ),
]


def story(today: date) -> Story:
    held_on = near(today, -24, WEDNESDAY)
    return Story(
        committees=COMMITTEES,
        meetings=[
            Meeting(
                key="year_before",
                committee=CLU,
                held_on=near(today, -440, WEDNESDAY),
                place="Salle Aliénor, préfecture",
                agenda=[Item("1.", "Labellisation : les engagements pris")],
            ),
            Meeting(
                key="complete",
                committee=CLU,
                joint=[CLAC],
                held_on=held_on,
                ends_at=time(11, 15),
                place="Salle Aliénor, préfecture",
                chair="M. Côme Delestrange, secrétaire général",
                agenda=[Item("I/", "L'accueil des usagers"), Item("II/", "Le réseau France services")],
                attendance=ATTENDANCE,
                text=Text(
                    lambda: bruyes_text.text(held_on),
                    reaches=IN_REVIEW,
                    printed={
                        "title_lines": "COMPTE-RENDU",
                        "contacts": "Affaire suivie par : Mme Ombeline Castaréda\n"
                        "ombeline.castareda@bruyes.example\ntél : 05 36 49 06 02",
                        "reference_lines": "Objet : séance commune du comité local des usagers (CLU) et du comité "
                        "local d'amélioration continue (CLAC), salle Aliénor, préfecture des Hautes-Bruyes (9W).\n"
                        "Réf. : diapositives envoyées avec l'ordre du jour.",
                        "dated_on": held_on + timedelta(days=16),
                        "page_mark": "continues",
                    },
                ),
            ),
            Meeting(
                key="convened",
                committee=CLU,
                joint=[CLAC],
                held_on=near(today, 40, THURSDAY),
                state="convened",
                starts_at=time(9, 30),
                ends_at=time(11, 30),
                place="Salle Aliénor, préfecture",
                chair="M. Côme Delestrange, secrétaire général",
                guests=["Responsable de l'espace France services de Pontargues"],
                agenda=[
                    Item("I/", "Travaux du hall : le choix des associations", "opinion"),
                    Item("II/", "Campagne « Je donne mon avis » : résultats", presenters="Mme Ombeline Castaréda"),
                    Item("III/", "Questions diverses", "other_business"),
                ],
            ),
        ],
    )


def line(person: str, office: str, organisation: str = "") -> Line:
    """« M. Gaspard Ymonet – Référent consommation… », as this préfecture prints it."""
    civility, given_name, surname = person.split(maxsplit=2)
    return Line(
        printed=f"{civility} {given_name} {surname.upper()} – {office}.", persons=[person], organisation=organisation
    )


PRESENT = [
    line("M. Melchior Aubenas-Roy", "Président du Secours bruyais", SOLIDARITY),
    line("Mme Violaine Sarrebruche", "Directrice de l'association Le Pont – INSERT", INSERTION),
    line("Mme Rosalie Nantheuil", "Bénévole d'Accueil et Droits des Bruyes", WELCOME),
    line("Mme Fantine Doucerain", "Responsable de l'aide aux personnes – La Table ouverte", MEALS),
    line("M. Gaspard Ymonet", "Référent consommation – Familles des campagnes bruyaises", RURAL),
    line("Mme Iseult Rocheblave", "Responsable du développement territorial au Conseil départemental", COUNCIL),
    line("Mme Sidonie Malavoy", "Cheffe de la mission pilotage, direction des territoires (DT)"),
    line("M. Thibault Carcenac", "Chef du bureau communication, direction des territoires (DT)"),
    line("Mme Héloïse Barrandon", "Cheffe du service de la citoyenneté, préfecture"),
    line("Mme Domitille Espérandieu", "Directrice du secrétariat général commun départemental (SGCD)"),
    line("Mme Célestine Poujoulat", "Adjointe au chef du pôle immobilier et logistique, SGCD"),
    line("M. Ulysse Kermorvan", "Chef du bureau de la sécurité intérieure, direction des sécurités"),
    line("Mme Mahaut Zylberac", "Cheffe du bureau de la réglementation, sous-préfecture de Pontargues"),
    line("Mme Ombeline Castaréda", "Correspondante Services publics +, responsable qualité"),
]
EXCUSED = [
    line("Mme Philomène Arcizet", "Déléguée du Défenseur des droits"),
    line("M. Joachim Verdelhan", "Délégué du Défenseur des droits, arrondissement de Pontargues"),
    line("M. Barnabé Jolivart", "Directeur de l'Association des maires des Hautes-Bruyes", MAYORS),
    line("Mme Léopoldine Crozatier", "Présidente d'Accueil et Droits des Bruyes", WELCOME),
    line("Mme Clarisse Taillevent", "Vice-présidente de l'Union des familles bruyaises", UNION),
    line("Mme Garance Pellerault", "Déléguée territoriale, Bureaux postaux réunis", POST),
    line("Mme Blandine Oustric", "Responsable du développement, Chambre des métiers des Bruyes", CHAMBER),
    line("Mme Emeline Roquetaille", "Directrice adjointe des solidarités et de l'emploi (DSE)"),
    line("Mme Agathe Sourdeval", "Directrice de la coordination et de l'appui territorial"),
    line("Mme Pétronille Maucourt", "Directrice des sécurités, cabinet"),
    line("Mme Zélie Bourrachot", "Adjointe au chef du bureau de la représentation de l'État"),
    line("Mme Inès Faugerolle", "Chargée de communication"),
]
ATTENDANCE = [
    Group("Président", [line("M. Côme Delestrange", "Secrétaire général")]),
    Group("Participants", PRESENT),
    Group("Personnes excusées", EXCUSED, status="excused"),
]
