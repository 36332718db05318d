"""Fresh verification (A11): some acts ask who is there again, when the last proof is older than five minutes."""

import time
from functools import wraps
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib import messages
from django.shortcuts import redirect


def record_sign_in(request, user, method: str) -> None:
    record_authentication(request, user, method)


def is_fresh(request) -> bool:
    """Whether this session proved who it is within the last five minutes (password, second factor, personal link)."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def passed_second_factor(request) -> bool:
    """Whether this very session gave a second factor, or a passkey."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def fresh_verification_required(view):
    """Send to the page « Confirmez votre identité », then back to this page. The préfecture's pages use this one.

    allauth's own decorator replays a suspended POST outside the préfecture's scope: never use it on them.
    """

    @wraps(view)
    def check(request, *args, **kwargs):
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            messages.warning(request, "Confirmez votre identité, puis recommencez.")
        return ask_again(request, request.path)

    return check


def ask_again(request, next_path: str, kind: str = ""):
    """Redirect to the page that asks for a password, or for that kind of proof; an account with neither goes home."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    address = next((method["url"] for method in methods if method["id"].startswith(kind)), "/")
    return redirect(f"{address}?{urlencode({'next': next_path})}")
