"""Demonstration or production (design §10): which starts are refused, and what the database was created for.

Known passwords, displayed mails and the self-made certificate exist in demonstration only. So a database says once and
for all, in its marker, which of the two it is, and a start that asks for the other is refused.
"""

from collections.abc import Mapping

from launcher.console import Refusal

DEMONSTRATION = "demonstration"
PRODUCTION = "production"
ASKED = {"": None, "1": DEMONSTRATION, "0": PRODUCTION}


def asked_mode(environ: Mapping[str, str]) -> str | None:
    """The mode asked for by CLU_DEMO, None when it asks for nothing. Raises Refusal on any value but 1 and 0."""
    value = environ.get("CLU_DEMO", "")
    if value not in ASKED:
        raise Refusal(f"CLU_DEMO vaut « {value} » : il faut 1 (démonstration), 0 (exploitation) ou rien.")
    return ASKED[value]


def refuse_contradictions(environ: Mapping[str, str]) -> None:
    """Raise Refusal on settings that contradict one another, before anything is installed or started."""
    asked = asked_mode(environ)
    if not environ.get("DATABASE_URL"):
        return
    if asked == DEMONSTRATION:
        raise Refusal(
            "CLU_DEMO=1 est refusé avec DATABASE_URL : les comptes de démonstration, aux mots de passe publics, "
            "ne vont jamais dans une base réelle. Retirez l’une des deux variables."
        )
    if not environ.get("EMAIL_URL"):
        raise Refusal(
            "DATABASE_URL est défini sans EMAIL_URL : en exploitation les courriels doivent partir. "
            "Définissez EMAIL_URL (par exemple submission://compte:motdepasse@serveur:587)."
        )


def mode_at_creation(environ: Mapping[str, str]) -> str:
    """The mode of an embedded database created now: demonstration, unless CLU_DEMO=0."""
    return asked_mode(environ) or DEMONSTRATION


def mode_on_return(environ: Mapping[str, str], marker: str) -> str:
    """The mode of a database that exists: its marker. Raises Refusal when CLU_DEMO asks for the other one."""
    asked = asked_mode(environ)
    if asked not in (None, marker):
        names = {DEMONSTRATION: "la démonstration", PRODUCTION: "l’exploitation"}
        raise Refusal(
            f"Cette base a été créée pour {names[marker]} et CLU_DEMO demande {names[asked]} : cela ne change jamais. "
            "Retirez CLU_DEMO, ou choisissez un autre dossier avec VAR_DIR pour une base neuve."
        )
    return marker


def listen_address(environ: Mapping[str, str], mode: str) -> str:
    """The address the web listens on: LISTEN, or this machine alone. Raises Refusal for an open demonstration."""
    address = environ.get("LISTEN") or "127.0.0.1"
    if mode == DEMONSTRATION and address != "127.0.0.1":
        raise Refusal(f"LISTEN={address} est refusé : la démonstration n’écoute que sur cette machine (127.0.0.1).")
    return address


def port(environ: Mapping[str, str]) -> int:
    """PORT, 8000 by default. Raises Refusal when it is no port number."""
    value = environ.get("PORT") or "8000"
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
        raise Refusal(f"PORT vaut « {value} » : il faut un nombre de 1 à 65535.")
    return int(value)
