from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from allauth.mfa import app_settings
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Invitation, Role
from clu_portal.lib.forms import PortalForm, PortalModelForm
from clu_portal.lib.text import proposed_slug
from clu_portal.organisations.models import Prefecture, Service


class PasswordResetForm(ResetPasswordForm):
    """allauth's own, without its mail to strangers: an unknown address costs the same work, and receives nothing."""

    def save(self, request, **kwargs) -> str:
        if self.users:
            return super().save(request, **kwargs)
        get_adapter().send_mail("account/email/unknown_account", self.cleaned_data["email"], {})
        return self.cleaned_data["email"]


class AddSecurityKeyForm(AddWebAuthnForm):
    # allauth has this field, or not, from the settings of the moment its module was imported.
    passwordless = forms.BooleanField(
        label="Servir aussi à se connecter sans mot de passe",
        help_text="La clé demande alors une empreinte, un visage ou un code.",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nom de la clé"
        if not app_settings.PASSKEY_LOGIN_ENABLED:
            del self.fields["passwordless"]


class EditSecurityKeyForm(EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nom de la clé"


class MemberLinkForm(PortalForm):
    email = forms.EmailField(label="Votre adresse de courriel", max_length=254)
    email.widget.attrs["autocomplete"] = "email"


class MemberCodeForm(PortalForm):
    email = forms.EmailField(label="Votre adresse de courriel", max_length=254)
    code = forms.CharField(label="Code reçu", max_length=12, help_text="Huit lettres et chiffres : « ABCD-2345 ».")
    email.widget.attrs["autocomplete"] = "email"
    code.widget.attrs["autocomplete"] = "one-time-code"


class InvitationForm(PortalModelForm):
    class Meta:
        model = Invitation
        fields = ["name", "email", "kind", "title", "service"]

    def __init__(self, *args, kinds: tuple[str, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, RoleKind(kind).label) for kind in kinds]
        self.fields["service"].queryset = Service.objects.all()

    def validate_constraints(self) -> None:
        """The act says it, with its code; the constraint would ask for a préfecture the form does not know."""


class RoleForm(PortalModelForm):
    class Meta:
        model = Role
        fields = ["title", "service", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.all()


class SuccessorForm(PortalForm):
    successor = forms.ModelChoiceField(None, label="Qui reprend", required=False, empty_label="Choisir")

    def __init__(self, *args, successors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors
        self.fields["successor"].help_text = "Nécessaire dès que la personne tient autre chose que ses rôles."


class NewAccountForm(PortalForm):
    """What somebody invited chooses: a name, and a password that the validators accept (A04)."""

    name = forms.CharField(label="Prénom et nom", max_length=160)
    password = forms.CharField(
        label="Mot de passe",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Douze caractères au moins. Une phrase convient.",
    )
    password_again = forms.CharField(
        label="Mot de passe, encore une fois",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        data = super().clean()
        if data.get("password") != data.get("password_again"):
            self.add_error("password_again", ValidationError("Les deux mots de passe diffèrent.", code="mismatch"))
        return data


class PrefectureForm(PortalModelForm):
    class Meta:
        model = Prefecture
        fields = ["name", "slug", "department_code", "city", "authority_line", "authority_gender"]
        help_texts = {
            "slug": "Début des adresses de ses pages : /valmarche/… Proposée d'après le nom ; ne change plus ensuite."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug = self.fields["slug"]
        slug.required = False
        slug.widget.attrs["data-slug-of"] = "id_name"

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"].lower()

    def clean(self):
        data = super().clean()
        if data.get("name") and "slug" in data:
            data["slug"] = data["slug"] or proposed_slug(data["name"])
            if not data["slug"]:
                self.add_error("slug", "Écrivez l'adresse : ce nom n'en donne pas.")
        return data


class PrefectureNameForm(PortalModelForm):
    """What only the national administration corrects; the référent has the rest in the settings."""

    class Meta:
        model = Prefecture
        fields = ["name", "department_code"]


class FirstReferentForm(PortalForm):
    name = forms.CharField(label="Prénom et nom", max_length=160)
    email = forms.EmailField(label="Courriel", max_length=254)
