"""The préfecture's certificate: a PKCS#12 file named by the settings; the demonstration makes its own (R09)."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clu_portal.lib.seal import (
    DemonstrationAuthority,
    Sealer,
    load_sealer,
    load_trust_roots,
    make_demonstration_authority,
)


def demonstration_authority() -> DemonstrationAuthority:
    return make_demonstration_authority(settings.VAR_DIR / "demonstration-authority")


@cache
def current_sealer() -> Sealer:
    """Return the seal in use. Raises ImproperlyConfigured when production names no certificate."""
    if settings.SEAL_PKCS12_FILE:
        password = Path(settings.SEAL_PKCS12_PASSWORD_FILE).read_text().strip()
        return load_sealer(Path(settings.SEAL_PKCS12_FILE), password, trust_roots=trust_roots())
    if settings.DEMONSTRATION:
        authority = demonstration_authority()
        return load_sealer(authority.pkcs12, authority.password.read_text().strip(), trust_roots=trust_roots())
    raise ImproperlyConfigured("SEAL_PKCS12_FILE n'est pas renseigné : aucun compte-rendu ne peut être scellé.")


@cache
def trust_roots() -> tuple:
    """The certificates the verification page trusts."""
    paths = [Path(path) for path in settings.SEAL_TRUST_ROOTS]
    if settings.DEMONSTRATION and not settings.SEAL_PKCS12_FILE:
        paths.append(demonstration_authority().root)
    return load_trust_roots(*paths)
