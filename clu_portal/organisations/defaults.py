"""The settings of a préfecture: default values, each with its source. The one place where they are written."""

from typing import NamedTuple


class Setting(NamedTuple):
    default: object
    source: str

    @property
    def default_text(self) -> str:
        """Return « Par défaut : 30 », « Par défaut : oui »."""
        words = {True: "oui", False: "non"} if isinstance(self.default, bool) else {}
        return f"Par défaut : {words.get(self.default, self.default)}"


SETTINGS = {
    "link_validity_days": Setting(30, "choix du portail : le temps de lire un compte-rendu entre deux réunions"),
    "invitation_validity_days": Setting(7, "choix du portail"),
    "local_drafts": Setting(True, "choix du portail, le texte est gardé chiffré (docs/decisions/0007)"),
    "draft_image_dpi": Setting(70, "choix du portail : lisible sur un téléphone sans peser"),
    "day_of_receipt_counts": Setting(
        False, "choix du portail, aucun texte ne le dit : le jour de réception est le jour 0"
    ),
    "reply_time_limit_days": Setting(15, "Qual-e-pref, réclamations et suggestions : 15 jours ouvrés"),
    "months_without_meeting": Setting(10, "choix du portail : une réunion par an au moins"),
}


def default(name: str):
    return SETTINGS[name].default
