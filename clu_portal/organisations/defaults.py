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
    "local_drafts": Setting(True, "choix du portail : docs/decisions/0007 (texte gardé sur le poste, chiffré)"),
    "draft_image_dpi": Setting(70, "choix du portail : lisible sur un téléphone sans peser"),
    "day_of_receipt_counts": Setting(False, "domain.md §5.1 : le jour de réception est le jour 0"),
    "reply_time_limit_days": Setting(
        15, "Qual-e-pref, réclamations et suggestions : 15 jours ouvrés (domain.md §1.4)"
    ),
    "months_without_meeting": Setting(10, "choix du portail : une réunion par an au moins (domain.md §3.6)"),
}


def default(name: str):
    return SETTINGS[name].default
