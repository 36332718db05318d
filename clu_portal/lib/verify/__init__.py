"""Say whether a PDF is one that this portal sealed, unaltered, and otherwise what happened to it."""

from clu_portal.lib.verify.verdicts import WORDING, Outcome, Record, Verdict
from clu_portal.lib.verify.verifying import verify_pdf

__all__ = ["WORDING", "Outcome", "Record", "Verdict", "verify_pdf"]
