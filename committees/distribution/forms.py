from django import forms

from clu_portal.lib.forms import PortalForm


class VerificationForm(PortalForm):
    pdf = forms.FileField(
        label="Le PDF à vérifier", help_text="20 Mo au plus. Il n'est pas conservé.", allow_empty_file=True
    )
