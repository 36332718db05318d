from django import forms

from clu_portal.lib.forms import PortalForm
from clu_portal.lib.sheets import MAX_LINES, MAX_SIZE


class ImportForm(PortalForm):
    upload = forms.FileField(
        label="Fichier",
        help_text=f"CSV, XLSX ou ODS, {MAX_SIZE // (1024 * 1024)} Mo et {MAX_LINES} lignes au plus.",
    )
