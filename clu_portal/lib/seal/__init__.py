"""Put a seal on a PDF (PAdES), with a certificate that lives in a file outside the database and the repository."""

from clu_portal.lib.seal.demonstration import DemonstrationAuthority, make_demonstration_authority
from clu_portal.lib.seal.sealing import Sealer, SealingFailed, load_sealer, load_trust_roots, seal_pdf

__all__ = [
    "DemonstrationAuthority",
    "Sealer",
    "SealingFailed",
    "load_sealer",
    "load_trust_roots",
    "make_demonstration_authority",
    "seal_pdf",
]
