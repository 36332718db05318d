"""The pages of one's own account: allauth's views, under French addresses, without those the portal does not offer.

Not here: sign-up, and change of address (an address is given by an invitation, and changes with a new one).
"""

from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.http import Http404
from django.urls import path, re_path

from clu_portal.accounts.views import account as own


def with_password(view):
    """Pages about a password or a second factor: a member's account has neither, and finds no such page."""

    @wraps(view)
    def check(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise Http404
        return view(request, *args, **kwargs)

    return check


TWO_FACTORS = "double-authentification/"
urlpatterns = [
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("desactive/", account.account_inactive, name="account_inactive"),
    path("confirmer/", with_password(account.reauthenticate), name="account_reauthenticate"),
    path("revenir/", own.come_back, name="account_come_back"),
    path("mot-de-passe/", with_password(account.password_change), name="account_change_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "mot-de-passe/nouveau/fait/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        own.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("seances/", usersessions.list_usersessions, name="usersessions_list"),
    path(TWO_FACTORS, with_password(mfa.index), name="mfa_index"),
    path(TWO_FACTORS + "verifier/", mfa.authenticate, name="mfa_authenticate"),
    path(TWO_FACTORS + "confirmer/", with_password(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(TWO_FACTORS + "application/ajouter/", with_password(totp.activate_totp), name="mfa_activate_totp"),
    path(TWO_FACTORS + "application/retirer/", with_password(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(TWO_FACTORS + "codes/", with_password(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        TWO_FACTORS + "codes/nouveaux/",
        with_password(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        TWO_FACTORS + "codes/telecharger/",
        with_password(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(TWO_FACTORS + "cles/", with_password(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path(TWO_FACTORS + "cles/ajouter/", with_password(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(TWO_FACTORS + "cles/connexion/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        TWO_FACTORS + "cles/confirmer/",
        with_password(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(TWO_FACTORS + "cles/<int:pk>/retirer/", with_password(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path(TWO_FACTORS + "cles/<int:pk>/modifier/", with_password(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
]
