from allauth.account.views import INTERNAL_RESET_SESSION_KEY
from allauth.account.views import password_reset_from_key as reset_from_key
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

MOVED = "set-password"


@require_safe
def come_back(request):
    """Where the editor sends somebody whose session had ended: signed in again, the text waits in the other tab."""
    return render(request, "accounts/come_back.html")


@login_not_required
def password_reset_from_key(request, uidb36: str, key: str):
    """Move the key out of the address before anything is shown (A08); allauth moves the good ones only."""
    if key == MOVED:
        return reset_from_key(request, uidb36=uidb36, key=key)
    request.session[INTERNAL_RESET_SESSION_KEY] = key
    return redirect("account_reset_password_from_key", uidb36=uidb36, key=MOVED)
