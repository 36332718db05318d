"""Scenario 2 of documents.md §3.c in our own words: no list, no chair, three exchanges, answers and observations that
do not go in pairs. Every name is invented."""

from dataclasses import dataclass, field

AGENDA = (
    "Le référentiel de qualité, ses modules 2 et 5",
    "Le point d'accueil numérique et le pré-accueil",
    "Les lettres types",
    "L'enquête de l'année",
    "Les mesures prises",
    "La labellisation",
    "La prochaine réunion, après l'audit",
    "Les questions diverses",
)
SUMMARY = (
    "Ce que le nouveau référentiel demande de plus que l'ancien, et l'organisation retenue pour y répondre.",
    "Le fonctionnement du point d'accueil : rendez-vous pris en ligne, médiateur présent quatre jours par semaine.",
    "La relecture des lettres types par deux associations, service par service, jusqu'au mois de juin.",
    "Les points forts de l'enquête, et ceux qui demandent une attention particulière.",
    "Un panneau extérieur, pour que les horaires se lisent même quand les portes sont closes.",
)
CLOSING = "Chacun peut écrire encore au référent qualité, par lettre ou par le formulaire du site."


@dataclass(frozen=True)
class Answer:
    text: str
    speaker: str = ""
    answers: tuple[int, ...] = ()  # ranks of the observations; none: all of them


@dataclass(frozen=True)
class Exchange:
    opening: str
    remarks: tuple[str, ...]
    answers: tuple[Answer, ...]
    kind: str = ""  # of the first remark, by its label on screen
    told: tuple[str, ...] = field(default=())  # what the print says before each answer


SECRETARY, QUALITY = "Mme Solène Vautrin (secrétaire générale)", "M. Briac Ollivault (référent qualité)"
EXCHANGES = (
    Exchange(
        "M. Aurélien Castagnet (Accueil des nouveaux arrivants) a formulé les observations suivantes :",
        (
            "Les bénévoles pourront-ils de nouveau venir au guichet avec les personnes qu'ils aident ?",
            "La page des rendez-vous s'interrompt : il faut la recharger plusieurs fois avant de voir un créneau.",
            "Le standard du service répond vite, et avec précision.",
            "Être reçu à une heure convenue est vécu comme un égard.",
        ),
        (
            Answer("Elle donne son accord, dès la semaine prochaine.", SECRETARY, (1,)),
            Answer("La page sera vérifiée et corrigée au plus tôt.", answers=(2,)),
        ),
        told=("sur la 1re observation", "Sur la 2e observation"),
    ),
    Exchange(
        "Mme Ysaline Roquebert (maire de Clairbourg et représentante de l'Association des maires) a formulé "
        "les observations suivantes :",
        (
            "Sans rendez-vous, certains usagers croient qu'on les repousse.",
            "Le site paraît ancien. Est-ce le même partout ?",
            "La commune suit un référentiel voisin pour ses propres guichets.",
        ),
        (
            Answer("Les maisons de services restent ouvertes.", "Mme Perrine Estival (chargée de mission)", (1,)),
            Answer("Le rendez-vous a supprimé l'attente, et protège la confidentialité.", QUALITY, (1,)),
            Answer("Elle y voit une garantie, pour l'agent comme pour l'usager.", SECRETARY, (1,)),
            Answer("Le site est commun à tous ; un groupe de travail le compare aux autres.", QUALITY, (2, 3)),
        ),
        told=(*["sur la 1re observation"] * 3, "sur les 2e et 3e observations"),
    ),
    Exchange(
        "M. Titouan Lescarret (Défense des locataires) a posé la question suivante :",
        ("Combien de temps le label vaut-il, et à quelles conditions ?",),
        (Answer("Trois ans, un audit au 18e mois, un renouvellement demandé vers le 34e."),),
        kind="Question",
        told=("",),
    ),
)  # fmt: skip
