"""L'Ombreuse: no list of who came, nobody in the chair, exchanges in blocks, pages marked 1/2, no signature."""

from datetime import date, time, timedelta

from committees.demonstration.story import (
    SEALED,
    TUESDAY,
    WEDNESDAY,
    Committee,
    Item,
    Meeting,
    Seat,
    Story,
    Text,
    in_words,
    near,
)
from committees.demonstration.writing import (
    action,
    agenda,
    answer,
    dashes,
    exchange,
    heading,
    paragraph,
    remark,
    section,
)

NAME = "Comité local des usagers de l'Ombreuse"
MEMBERS = "Membres du comité"
EVENT = "après la labellisation"

COMMITTEE = Committee(
    name=NAME,
    acronym="CLU",
    act_number="031",
    colleges={MEMBERS: "users"},
    seats=(
        Seat(MEMBERS, "Entraide des Nouveaux Arrivants", "foreigners", "M. Clovis Hautemer", "contact@ena.example"),
        Seat(MEMBERS, "Maires et communes de l'Ombreuse", "local_authority", "M. Tanguy Bréhaut-Delcourt"),
        Seat(MEMBERS, "Consommateurs d'Ombreuse", "consumers", "M. Firmin Lasserade", "lasserade@conso.example"),
        Seat(MEMBERS, "Foyers ruraux de l'Ombreuse", "users"),
    ),
)


def story(today: date) -> Story:
    held_on = near(today, -80, TUESDAY)
    return Story(
        committees=[COMMITTEE],
        meetings=[
            Meeting(
                key="postponed",
                committee=NAME,
                held_on=near(today, -140, WEDNESDAY),
                state="postponed",
                reason="Trop peu de membres pouvaient venir avant les congés.",
            ),
            Meeting(
                key="complete",
                committee=NAME,
                held_on=held_on,
                starts_at=time(14, 30),
                next_meeting=EVENT,
                agenda=AGENDA,
                text=Text(
                    lambda: text(held_on),
                    reaches=SEALED,
                    printed={
                        "title_lines": "COMPTE-RENDU",
                        "reference_lines": f"OBJET : Réunion du comité local des usagers du {plain(held_on)}",
                        "dated_on": held_on + timedelta(days=14),
                        "page_mark": "fraction",
                    },
                    is_distributed=True,
                ),
            ),
            Meeting(
                key="after_the_label",
                committee=NAME,
                held_on=None,
                planned_for=EVENT,
                state="prepared",
                agenda=[Item("1.", "Résultat de l'audit de labellisation"), Item("2.", "Suites des observations")],
            ),
        ],
    )


def plain(day: date) -> str:
    return in_words(day).replace("^", "")


AGENDA = [
    Item("1.", "Le dispositif Qual-e-pref : principes, modules 1 et 7"),
    Item("2.", "L'espace numérique et le filtrage à la loge"),
    Item("3.", "Courriers et courriels types des services"),
    Item("4.", "Résultats de l'enquête annuelle"),
    Item("5.", "Mesures décidées depuis l'enquête"),
    Item("6.", "Labellisation"),
    Item("7.", "Réunion suivante, une fois le label obtenu", "next_meeting"),
    Item("8.", "Questions et réponses", "other_business"),
]


def text(held_on: date) -> list[dict]:
    return [
        section(
            heading("", "Introduction :"),
            paragraph(f"Le comité s'est réuni le {in_words(held_on)} à 14h30, sur l'ordre du jour suivant :"),
            agenda(),
        ),
        synthesis(held_on + timedelta(days=21)),
        section(heading("2 –", "Restitution des échanges :"), newcomers(), mayors(), consumers()),
        section(
            heading("", "Conclusion :"),
            paragraph(
                "La mission performance a relevé chacune des observations et dira, à la réunion suivante, ce qui en a "
                "été fait. D'ici là, les membres peuvent écrire à la référente qualité ou remplir le formulaire en "
                "ligne. La date de cette réunion dépend de l'audit : elle sera fixée après la labellisation."
            ),
        ),
    ]


def synthesis(opening: date) -> dict:
    return section(
        heading("1 –", "Synthèse de la présentation :"),
        dashes(
            "Ce qui change avec Qual-e-pref par rapport au label précédent.",
            "Qui fait quoi : un comité de pilotage, trois groupes de travail, et les engagements des modules 1 et 7 à "
            "tenir avant l'audit.",
            "L'espace numérique : on y vient sur rendez-vous, un médiateur aide à la saisie. Sans rendez-vous, la "
            "loge remet une fiche qui dit où et comment s'adresser.",
            "Le suivi des courriers et des courriels, du bureau du courrier jusqu'au service qui répond.",
            "L'enquête de l'année : comment elle a été conduite, ce qui est apprécié, ce qui reste à surveiller.",
            "Les mesures en cours : un panneau lisible de la rue en dehors des heures d'ouverture, une permanence "
            f"« Passerelle » pour les usagers étrangers à partir du {in_words(opening)}, et un correspondant du site "
            "internet dans chaque service.",
            "Les étapes qui restent : dossier de candidature, audit interne, puis audit externe.",
        ),
        action("Installer un panneau d'information lisible de la rue", due="avant l'audit externe"),
    )


def newcomers() -> dict:
    asked = remark(
        "Un bénévole pourra-t-il de nouveau accompagner au guichet une personne qui parle mal le français ?",
        "question",
    )
    failing = remark(
        "La page de réservation se fige : il faut souvent recommencer avant de voir un créneau libre.", "malfunction"
    )
    return exchange(
        "M. Hautemer (Entraide des Nouveaux Arrivants) a formulé les observations suivantes :",
        asked,
        failing,
        remark("Au téléphone, le bureau du séjour renseigne vite et précisément sur un dossier.", "satisfaction"),
        remark("Être attendu à une heure donnée est vécu comme une marque de respect.", "satisfaction"),
        answer(
            "C'est d'accord : l'accompagnateur entrera avec la personne.",
            asked,
            speaker="M. Vauquelas (secrétaire général)",
        ),
        answer("Le module de réservation sera contrôlé et réparé au plus vite.", failing),
        answers_title="Réponses apportées :",
    )


def mayors() -> dict:
    closed = remark("Trouver porte close faute de rendez-vous donne à l'usager le sentiment d'être éconduit.")
    dated = remark("Le site internet paraît vieilli. Toutes les préfectures ont-elles le même ?", "question")
    return exchange(
        "M. Bréhaut-Delcourt (maire de Saint-Ambrin-le-Gué et représentant de Maires et communes de l'Ombreuse) a "
        "formulé les observations suivantes :",
        closed,
        dated,
        remark("Les communes ont leur propre label d'accueil, dont les critères ressemblent à ceux de Qual-e-pref."),
        answer(
            "Les espaces France services prennent le relais pour les démarches courantes.",
            closed,
            speaker="Mme Tresquier (chargée de mission, développement local)",
        ),
        answer(
            "Le rendez-vous a supprimé la file et garantit que personne n'écoute ; les dossiers arrivent complets.",
            closed,
            speaker="Mme Ardoizel (contrôleuse de gestion et référente qualité)",
        ),
        answer("L'heure choisie fait partie de la qualité du service.", closed, speaker="M. Vauquelas"),
        answer(
            "La charpente du site est nationale. M. Vauquelas signale qu'un groupe de travail revoit cependant les "
            "menus de la page d'accueil.",
            dated,
            speaker="Mme Quintallet (cheffe du bureau de la communication)",
        ),
        answers_title="Réponses apportées :",
    )


def consumers() -> dict:
    return exchange(
        "M. Lasserade (Consommateurs d'Ombreuse) a posé la question suivante :",
        remark("Combien de temps le label vaut-il, et comment se garde-t-il ?", "question"),
        answer(
            "Il vaut 36 mois. Un audit de suivi a lieu 18 mois après la notification ; le renouvellement se prépare "
            "d'ordinaire au 34^e^ mois."
        ),
        answers_title="Réponse apportée :",
    )
