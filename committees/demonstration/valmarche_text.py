"""What the minutes of la Valmarche say. Invented, like everything here."""

from datetime import date, timedelta

from committees.demonstration.story import in_words
from committees.demonstration.writing import (
    action,
    agenda,
    annexes,
    attendance,
    dashes,
    decision,
    heading,
    paragraph,
    section,
    signature,
    table,
)

SIGNATURE = signature("La Préfète", "P/La Préfète", "La Secrétaire Générale", "signé", "Mathilde CORVASIER")


def complete(held_on: date) -> list[dict]:
    return [*opening(held_on), *presentation(held_on), *discussion(), *closing(held_on)]


def opening(held_on: date) -> list[dict]:
    return [
        section(
            paragraph(
                f"La réunion du {in_words(held_on)} s'est tenue à l'hôtel de préfecture, à Clairbourg. Madame la "
                "Secrétaire générale, qui la présidait, avait arrêté l'ordre du jour suivant :"
            ),
            agenda(),
        ),
        section(heading("", "Présents"), attendance()),
        section(
            heading("", "Ouverture de la séance"),
            paragraph(
                "Madame la Secrétaire générale accueille les participants, dont trois siègent pour la première fois. "
                "Elle explique pourquoi la préfecture de la Valmarche veut retrouver le label qu'elle avait laissé "
                "expirer : les démarches se font désormais surtout en ligne, et le public qui vient encore aux "
                "guichets est celui qui a le plus besoin d'être aidé."
            ),
            paragraph(
                "Le département compte 30 espaces numériques ; la préfecture et chacune des deux sous-préfectures en "
                "ont un. Les agents y expliquent, montrent et relisent, mais ne saisissent rien à la place de "
                "l'usager (mots de passe, coordonnées bancaires, pièces personnelles)."
            ),
            paragraph(
                "Mme Aubrac, référente qualité, précise que celui de Hauterives ouvre 3 demi-journées par semaine. Il "
                "passera à cinq si le volontaire en service civique attendu à la rentrée est bien recruté."
            ),
            action(
                "Ouvrir l'espace numérique de Hauterives cinq demi-journées par semaine",
                owner="sous-préfecture de Hauterives",
                due="à la rentrée, si un volontaire est recruté",
            ),
            paragraph(
                "M. Passavin, secrétaire général de la sous-préfecture de Montaigu-le-Vieux, indique un rythme "
                "identique, auquel s'ajoute une demi-journée réservée aux dossiers restés incomplets."
            ),
        ),
    ]


def presentation(held_on: date) -> list[dict]:
    start, end = held_on - timedelta(days=35), held_on - timedelta(days=8)
    return [
        section(
            heading("", "Présentation des référents qualité et interventions"),
            paragraph(
                "Les diapositives commentées en séance sont annexées à ce compte-rendu. La réunion de l'hiver n'avait "
                "pu se tenir, un dégât des eaux ayant fermé l'hôtel de préfecture."
            ),
        ),
        section(
            heading("1)", "*Le référentiel :*", 2),
            dashes(
                "Trois modules ont été choisis : « Relation générale avec les usagers », « Délivrance de titres » et "
                "« Coordination des politiques publiques ».",
                "Calendrier : audit interne à l'automne, audit de labellisation deux mois plus tard, puis un audit de "
                "suivi au bout de 18 mois.",
            ),
        ),
        section(
            heading("2)", f"*L'enquête de satisfaction menée du {in_words(start)} au {in_words(end)} :*", 2),
            dashes(
                "Satisfaction d'ensemble : 93,3 %",
                "Public reçu : depuis le départ du service des cartes grises, le bureau des étrangers est le premier "
                "par le nombre de visites.",
                "Accessibilité : la cité administrative est de plain-pied ; l'hôtel de préfecture, classé, le sera "
                "après les travaux (rampe, ascenseur et accueil côté jardin, d'ici 2 ou 3 ans). Une boucle "
                "magnétique équipe le guichet central.",
                "Site internet : sa note dépasse la moyenne régionale, mais la recherche y reste malaisée.",
                "Espace numérique : la pré-demande en ligne d'une carte d'identité y est proposée à tous.",
            ),
            paragraph(
                "M. Ramillon juge ces informations utiles et propose de les relayer dans le bulletin de son "
                "association."
            ),
        ),
        section(
            heading("3)", "*Les indicateurs de qualité :*", 2),
            dashes(
                "Sept indicateurs sont suivis, dont la part de réclamations traitées en 15 jours ouvrés et celle des "
                "courriels traités en 5 jours ouvrés. Chaque courbe a été commentée, bonne ou mauvaise.",
                "Trois indicateurs abandonnés pendant la réorganisation sont repris : mise à jour du site en 3 jours, "
                "délai moyen de réponse aux courriers, délai moyen de réponse aux réclamations.",
            ),
        ),
        section(
            heading("4)", "*Ce que demandent les usagers, et les suites :*", 2),
            dashes(
                "La fiche « Dites-nous tout » est disponible à chaque guichet et en ligne.",
                (
                    "Les cinq sujets les plus cités :",
                    dashes(
                        "discrétion des échanges à l'espace numérique : cloisons posées au printemps",
                        "pas d'eau dans la salle d'attente : une fontaine est installée",
                        "stationnement : le plan du site indique les parcs voisins et les places réservées",
                        "vocabulaire des téléservices : un agent aide à la lecture des écrans",
                        "confirmation du rendez-vous en ligne : un guide en images est à l'étude",
                    ),
                ),
                "Neuf visiteurs sur dix recommandent l'espace numérique.",
            ),
            action("Publier un guide en images de la prise de rendez-vous", owner="Bureau des étrangers"),
        ),
        section(
            heading("5)", "*Lettres et courriels types :*", 2),
            dashes(
                (
                    "Cinq modèles ont été relus avec le service des droits à conduire :",
                    dashes(
                        "merci pour un avis favorable,",
                        "renvoi vers le téléservice et le numéro national,",
                        "création ou modification d'une association,",
                        "réponse automatique de la boîte fonctionnelle,",
                        "accusé de réception annonçant le délai et les pages utiles.",
                    ),
                )
            ),
        ),
    ]


def discussion() -> list[dict]:
    return [
        section(
            heading("", "Questions et remarques"),
            paragraph(
                "Mme Castelbon, pour « Lire en Valmarche », rapporte que les personnes qu'elle accompagne sont bien "
                "reçues au bureau des étrangers. Son association fait circuler l'« Autobus des écrans », où l'on "
                "apprend gratuitement à se servir d'une messagerie."
            ),
            paragraph(
                "Mme Haubrecourt, cheffe du bureau des élections, évalue à environ 3 par jour les visites pour une "
                "association."
            ),
            paragraph(
                "Mme Ferlandes, pour Handicap et Cité, ne comprend pas l'expression « pièces afférentes » d'un "
                "courriel type ; plusieurs membres l'approuvent."
            ),
            decision(
                "« pièces afférentes » devient « documents à joindre » dans tous les modèles.",
                kind="agreement",
                decided_by="le comité",
            ),
            paragraph(
                "Plusieurs membres disent leur inquiétude devant le tout-numérique. Madame la Secrétaire générale "
                "répond qu'aucune démarche ne se ferme sans qu'un lieu d'aide soit ouvert."
            ),
        )
    ]


def closing(held_on: date) -> list[dict]:
    return [
        section(
            heading("", "Clôture"),
            paragraph(
                f"Le comité se réunira de nouveau au cours du premier trimestre {held_on.year + 1}. Madame la "
                "Secrétaire générale remercie chacun et propose de suivre Mme Aubrac et M. Tremblin jusqu'à "
                "l'espace numérique, à quelque 200 mètres."
            ),
            paragraph("Chaque membre recevra ce compte-rendu avec les diapositives. La séance est levée."),
            heading("", "Annexe", 2),
            annexes(),
        ),
        section(SIGNATURE),
    ]


def first() -> list[dict]:
    return [
        *head(),
        section(
            heading("1.", "Installation du comité"),
            paragraph(
                "La secrétaire générale installe le comité et rappelle ce qui en est attendu : dire simplement ce qui "
                "ne va pas, et vérifier d'une réunion à l'autre que c'est réparé."
            ),
        ),
        section(
            heading("2.", "Horaires des guichets"),
            paragraph(
                "Les associations demandent une ouverture en fin d'après-midi. La préfecture l'essaiera le jeudi, "
                "jusqu'à 18 h, pendant six mois."
            ),
            action("Essayer une ouverture des guichets le jeudi jusqu'à 18 h", due="pendant six mois"),
        ),
        section(
            heading("3.", "Suites"),
            paragraph("Le premier bilan sera présenté à la réunion suivante."),
        ),
        section(SIGNATURE),
    ]


def second() -> list[dict]:
    return [
        *head(),
        section(
            heading("1.", "Suites de la réunion précédente"),
            paragraph("L'essai du jeudi est concluant : 41 visites par soirée en moyenne."),
            table(
                "Visites du jeudi, de 16 h à 18 h",
                ("Mois", "Visites par soirée", "Dont sans rendez-vous"),
                (("Premier", "28", "19"), ("Troisième", "44", "21"), ("Sixième", "51", "17")),
            ),
            decision("L'ouverture du jeudi soir devient permanente.", decided_by="la secrétaire générale"),
        ),
        section(
            heading("2.", "Rénovation du hall : le projet"),
            paragraph(
                "Le plan est affiché dans la salle. Handicap et Cité demande que la banque d'accueil soit abaissée "
                "sur toute sa longueur ; l'architecte en tiendra compte."
            ),
        ),
        section(SIGNATURE),
    ]


def draft() -> list[dict]:
    return [
        *head(),
        section(
            heading("1.", "Accueil du public depuis la rénovation du hall"),
            paragraph(
                "La secrétaire générale présente le hall rouvert au printemps : deux guichets accessibles, une banque "
                "d'accueil abaissée et un espace numérique séparé, où un agent aide aux démarches en ligne."
            ),
            paragraph("**Handicap et Cité :** la boucle magnétique n'est pas signalée à l'entrée."),
            paragraph("**Réponse :** un pictogramme sera posé sur la porte avant le 1^er^ du mois prochain."),
            dashes(
                "les horaires d'été seront affichés à l'extérieur ;",
                "le plan d'accès du site internet sera refait avec les associations.",
            ),
        ),
        section(
            heading("2.", "Délais de réponse aux courriels"),
            table(
                "Réponses aux courriels de demande d'information",
                ("Service", "Réponses en 5 jours ouvrés", "Délai moyen"),
                (("Accueil et titres", "96 %", "2,5 jours"), ("Étrangers", "88 %", "4 jours")),
            ),
        ),
        section(heading("3.", "Questions diverses"), {"type": "paragraph"}),
        section(SIGNATURE),
    ]


def head() -> list[dict]:
    return [
        section(heading("", "Présents"), attendance("college_table")),
        section(heading("", "Ordre du jour"), agenda()),
    ]
