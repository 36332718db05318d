"""What the minutes of la Haute-Esparre say. Invented, like everything here."""

from datetime import date, timedelta

from committees.demonstration.story import in_words
from committees.demonstration.writing import (
    action,
    agenda,
    attendance,
    dashes,
    heading,
    marked_list,
    paragraph,
    quotation,
    section,
    signature,
    table,
)


def text(held_on: date) -> list[dict]:
    return [
        section(attendance("side_by_side")),
        *opening(),
        *approach(held_on),
        *results(held_on),
        *surveys(held_on),
        *figures(held_on),
        *done(held_on),
        *suggestions(),
        section(signature("Pour le préfet,", "La secrétaire générale", "", "Aliette GRANDMAISON")),
    ]


def opening() -> list[dict]:
    return [
        section(
            heading("", "Ouverture par Mme Grandmaison, secrétaire générale de la préfecture"),
            paragraph(
                "La secrétaire générale préside le comité local des usagers (CLU). Elle en rappelle la composition, "
                "élargie cette année :"
            ),
            marked_list(
                "➔",
                "la préfecture (directions, webmestre, standard, référents qualité)",
                (
                    "les usagers :",
                    dashes(
                        "Union des familles de la Haute-Esparre",
                        "Consommateurs des Cimes",
                        "Secours des vallées",
                        "Fédération des foyers laïques",
                    ),
                ),
                ("les collectivités :", "Conseil départemental d'Esparre", "Association des maires d'Esparre"),
                "le délégué du Défenseur des droits",
                "la direction des territoires",
                "la maison du handicap",
            ),
            paragraph("Chacun se présente. L'ordre du jour comporte quatre points :"),
            agenda(),
            paragraph("Un dossier est posé devant chaque participant. On y trouve :"),
            marked_list(
                "✓",
                "l'organigramme de la préfecture",
                "le bilan de mi-année",
                "le tableau de bord des indicateurs",
                "la fréquentation des points numériques, par mois",
                "l'affiche du programme Transparence",
                "la carte des délais de rendez-vous en mairie",
                "la liste des espaces France services",
                "le mémento de l'accueil",
                "la charte de l'usager",
                "la charte de la laïcité",
                "la fiche de procédure « Associer les équipes »",
            ),
        )
    ]


def approach(held_on: date) -> list[dict]:
    audit = held_on + timedelta(days=7)
    return [
        section(heading("1.", "Présentation de la démarche")),
        section(
            heading("", "D'où nous venons :", 2),
            paragraph(
                "La préfecture a porté deux labels successifs avant d'adopter le référentiel **Qual-e-pref**, écrit "
                "quand les démarches sont passées en ligne."
            ),
        ),
        section(
            heading("", "Ce que demande Qual-e-pref :", 2),
            paragraph("Un module sur la relation avec l'usager s'impose à tous ; 7 autres sont au choix. On attend :"),
            dashes(
                "que l'accueil, l'information et les services en ligne tiennent leurs promesses,",
                "que les téléservices soient expliqués,",
                "qu'un point numérique soit ouvert à qui en a besoin.",
            ),
            paragraph("L'objectif national est de 100 % de préfectures labellisées."),
        ),
        section(
            heading("", "Le périmètre choisi :", 2),
            paragraph(
                f"Un audit externe aura lieu le {in_words(audit)} et le lendemain. Il portera sur le module "
                "obligatoire et sur « Communication d'urgence en cas d'événement majeur ». Deux lieux sont visités :"
            ),
            dashes(
                "l'accueil général, 3 place du Beffroi",
                "l'accueil du service de l'immigration, 3 bis place du Beffroi.",
            ),
        ),
        section(
            heading("", "Le contrôle au quotidien :", 2),
            paragraph(
                "Une trentaine de fiches décrivent les gestes attendus. Un nouvel agent d'accueil est tutoré, puis "
                "formé de nouveau tous les quatre ans. Les écarts relevés s'inscrivent au plan d'actions, que le "
                "comité de pilotage ouvre à chaque séance."
            ),
        ),
    ]


def results(held_on: date) -> list[dict]:
    return [
        section(heading("2.", "Présentation de nos résultats")),
        section(
            heading("", "Les indicateurs", 2),
            heading("", "Appels aboutis", 3),
            paragraph("94 % en juillet, pour 90 % attendus. Chaque bureau reçoit désormais son propre relevé."),
            heading("", "Mise à jour du site en 3 jours ouvrés", 3),
            paragraph(
                "Le délai est tenu. Le taux de connexion atteint 11 % (objectif national : 5 %) ; l'engagement sur le "
                "réseau social, 2,75 % (objectif : 2 %)."
            ),
            heading("", "Réponses aux réclamations en 15 jours ouvrés", 3),
            paragraph("85 % sont dans le délai ; il faut 4 jours en moyenne."),
            heading("", "Réponses aux courriels en 5 jours ouvrés", 3),
            paragraph(
                "On mesure une semaine par mois. Le premier échantillon, 96 %, **n'est pas fiable** : un bureau "
                "n'avait compté que ses réponses. Il sera refait."
            ),
            heading("", "Fréquentation du point numérique", 3),
            paragraph("200 visites par mois en moyenne, surtout pour un titre d'identité ou une carte grise."),
            heading("", "Communication d'urgence", 3),
            paragraph("Aucune activation cette année, mais 2 exercices, en juin et en juillet."),
        ),
    ]


def surveys(held_on: date) -> list[dict]:
    return [
        section(
            heading("", "Les enquêtes de satisfaction", 2),
            paragraph("L'enquête d'automne est affichée dans les halls et publiée en ligne :"),
            table(
                "Enquête de satisfaction d'automne",
                ("Thème", "Satisfait et très satisfait"),
                (
                    ("Amabilité à l'accueil", "96 %"),
                    ("Attention aux personnes à mobilité réduite", "87 %"),
                    ("Clarté des explications", "97 %"),
                    ("Orientation dans les locaux", "94 %"),
                    ("Point numérique", "94 %"),
                    ("Panneaux et affiches", "96 %"),
                    ("Équipements à disposition", "91 %"),
                    ("Confort de la salle d'attente", "95 %"),
                    ("Durée de l'attente", "70 %"),
                    ("Discrétion des échanges", "89 %"),
                    ("Accueil au téléphone", "53 %"),
                    ("Ensemble de l'accueil", "93 %"),
                ),
            ),
            paragraph("On apprécie la propreté, l'écoute et les mots simples."),
            quotation("« On m'a parlé comme à une personne, pas comme à un dossier. »", "une visiteuse, en octobre"),
            paragraph("On regrette surtout les horaires, l'attente et le manque de discrétion au point numérique."),
            paragraph("Ce qui a été corrigé depuis :"),
            marked_list(
                "✓",
                "les consignes de renvoi des appels ont été rappelées à tous les bureaux, avec un relevé mensuel ;",
                "le serveur vocal a été réécrit au printemps ;",
                "une seconde enquête a porté sur l'attente des usagers étrangers ;",
                "ceux-ci sont reçus sur rendez-vous depuis le 1^er^ juin, sauf pour un simple retrait ;",
                "le point numérique a quitté le hall pour une pièce fermée ;",
                "une enquête auprès de ses visiteurs donne 100 % de satisfaits ;",
                "Une ligne au sol éloigne la file du guichet ;",
                "Des brochures sont à disposition dans la salle d'attente.",
            ),
        ),
        section(
            heading("", "L'enquête mystère au téléphone", 2),
            paragraph(
                "Menée en juin avec deux préfectures voisines. Le standard est jugé courtois et sûr de ses réponses. "
                "Le service de l'immigration, en revanche, n'a répondu que par une annonce enregistrée."
            ),
        ),
        section(
            heading("", "L'enquête mystère par courriel", 2),
            paragraph("Six semaines de questions, la plupart sur les horaires, les rendez-vous et les pièces."),
            table(
                "Enquête mystère par courriel",
                (),
                (
                    ("Nombre de messages accusés", "90 %"),
                    ("Nombre de réponses reçues", "75 %"),
                    ("Nombre de signatures complètes", "93 %"),
                    ("Nombre de réponses dans les 5 jours", "93 %"),
                    ("Délai moyen", "1,5 jour"),
                ),
            ),
        ),
    ]


def figures(held_on: date) -> list[dict]:
    return [
        section(
            heading("", "Suggestions et réclamations", 2),
            paragraph(
                "Elles se déposent dans une urne, sur papier ou en ligne. On en compte 27 au 31 juillet, dont 85 % "
                "traitées en 15 jours ouvrés, en 4 jours en moyenne. Deux guides et trois formulaires en sont nés."
            ),
        ),
        section(
            heading("", "Le programme Transparence", 2),
            table(
                "Programme Transparence",
                (),
                (
                    ("Satisfaction globale pour la délivrance des titres", "70 %"),
                    ("Délai moyen, cartes d'identité et passeports", "22 jours"),
                    ("Délai moyen, permis de conduire", "12 jours"),
                    ("Délai moyen, certificats d'immatriculation", "5 jours"),
                    ("Appels aboutis à la préfecture de la Haute-Esparre", "94 %"),
                    ("Score d'effort des téléservices", "3,4/5"),
                ),
                columns="values",
            ),
        ),
        section(
            heading("", "Les délais en mairie pour une carte d'identité", 2),
            paragraph(
                "Chaque trimestre, le référent qualité appelle les mairies équipées. De 18 jours calendaires en mai, "
                "le délai moyen est descendu à 10."
            ),
        ),
    ]


def done(held_on: date) -> list[dict]:
    return [
        section(
            heading("", f"Actions réalisées en {held_on.year - 1}/{held_on.year} :", 2),
            marked_list(
                "{})",
                "Réception sur rendez-vous",
                "Regroupement de l'accueil sur 2 sites",
                "Pièce réservée au point numérique",
                "Ligne de discrétion au sol",
                "Tables pour écrire",
                "Photocopieur en libre service",
                "Nouveaux panneaux, dehors et dedans",
                "Chevalets portant le numéro de l'agent",
                "Serveur vocal réécrit, ouvert 24h/24",
                "Pages « étrangers » et « collectivités » refaites",
                "Renvois d'appel et répondeurs revus",
                "Numéro unique pour la préfecture, les sous-préfectures et les directions (automne)",
            ),
        ),
    ]


def suggestions() -> list[dict]:
    return [
        section(
            heading("3.", "Recueil des suggestions des représentants des usagers"),
            dashes(
                (
                    "Garder les points numériques, et en ouvrir d'autres.",
                    "Quatre espaces France services seront labellisés avant la fin de l'année ; le but est d'en avoir "
                    "un par canton.",
                ),
                "Mettre sur le site un lien vers les mairies qui délivrent les cartes d'identité.",
                "Prendre garde aux titres de séjour qui expirent pendant qu'on cherche un rendez-vous.",
                "Le délégué du Défenseur des droits n'a reçu aucune plainte visant la préfecture.",
            ),
            action("Publier la liste des mairies équipées, avec un lien vers chacune", owner="Mme Tavernoz"),
        ),
        section(
            heading("4.", "Visite des locaux"),
            paragraph(
                "Le référent qualité enverra ce compte-rendu à chacun et le mettra en ligne. La séance est close ; "
                "les représentants des usagers sont conduits dans les espaces d'accueil."
            ),
        ),
    ]
