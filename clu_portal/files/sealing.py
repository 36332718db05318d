"""The préfecture's certificate: a PKCS#12 file named by the settings; the demonstration makes its own (R09)."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clu_portal.lib.seal import Sealer, load_sealer, make_demonstration_authority


def demonstration_paths():
    return make_demonstration_authority(settings.VAR_DIR / "demonstration-authority")


@cache
def current_sealer() -> Sealer:
    """Return the seal in use. Raises ImproperlyConfigured when production names no certificate."""
    if settings.SEAL_PKCS12_FILE:
        password = Path(settings.SEAL_PKCS12_PASSWORD_FILE).read_text().strip()
        return load_sealer(Path(settings.SEAL_PKCS12_FILE), password)
    if settings.DEMONSTRATION:
        paths = demonstration_paths()
        return load_sealer(paths.pkcs12, paths.password)
    raise ImproperlyConfigured("SEAL_PKCS12_FILE n'est pas renseigné : aucun compte-rendu ne peut être scellé.")


@cache
def trust_roots() -> tuple[bytes, ...]:
    """The certificates the verification page trusts (PEM)."""
    paths = [Path(path) for path in settings.SEAL_TRUST_ROOTS]
    if settings.DEMONSTRATION and not settings.SEAL_PKCS12_FILE:
        paths.append(demonstration_paths().root)
    return tuple(path.read_bytes() for path in paths)
