"""The settings of a préfecture: default values, each with its source. The one place where they are written."""

from typing import NamedTuple


class Setting(NamedTuple):
    """A value, where it comes from, and what changing it changes."""

    default: object
    source: str
    effect: str

    @property
    def default_text(self) -> str:
        """Return « Par défaut : 30 », « Par défaut : oui »."""
        words = {True: "oui", False: "non"} if isinstance(self.default, bool) else {}
        return f"Par défaut : {words.get(self.default, self.default)}"


SETTINGS = {
    "link_validity_days": Setting(
        30,
        "choix du portail : le temps de lire un compte-rendu entre deux réunions",
        "Combien de jours le lien personnel d'un courriel ouvre le compte-rendu ; ensuite, il en propose un nouveau.",
    ),
    "invitation_validity_days": Setting(
        7, "choix du portail", "Combien de jours un agent invité a pour créer son compte."
    ),
    "local_drafts": Setting(
        True,
        "choix du portail, le texte est gardé chiffré (docs/decisions/0007)",
        "Si la connexion se coupe pendant la rédaction, le texte reste sur l'ordinateur et se retrouve au retour.",
    ),
    "draft_image_dpi": Setting(
        70,
        "choix du portail : lisible sur un téléphone sans peser",
        "La netteté des pages que la secrétaire générale lit avant d'approuver ; le PDF scellé n'en dépend pas.",
    ),
    "day_of_receipt_counts": Setting(
        False,
        "choix du portail, aucun texte ne le dit : le jour de réception est le jour 0",
        "Ne change rien encore : avancera d'un jour la date limite de réponse aux réclamations.",
    ),
    "reply_time_limit_days": Setting(
        15,
        "Qual-e-pref, réclamations et suggestions : 15 jours ouvrés",
        "Ne change rien encore : donnera la date limite de réponse aux réclamations, quand le portail les tiendra.",
    ),
    "months_without_meeting": Setting(
        10,
        "choix du portail : une réunion par an au moins",
        "Passé ce temps sans réunion d'un comité, la page d'accueil et un courriel le disent au référent.",
    ),
}
# What the texts, which have no default, change.
EFFECTS = {
    "legal_notice": "Le texte de la page publique « Mentions légales ».",
    "privacy_notice": "Le texte de la page publique « Données personnelles ».",
    "accessibility_contact": "À qui écrire, sur la page publique « Accessibilité ».",
    "city": "Le lieu proposé devant la date d'un compte-rendu, et celui du sceau.",
    "authority_line": "Imprimée en tête des documents : « Préfète de la Valmarche ».",
    "authority_gender": "L'accord des arrêtés et des lettres : « La préfète » ou « Le préfet ».",
    "theme": "Les couleurs et la police de toutes les pages de la préfecture.",
}


def default(name: str):
    return SETTINGS[name].default
