"""What an account must have before it sees a page: a session not too old (A02), a role here, a second factor (A03)."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, JsonResponse
from django.shortcuts import redirect

from clu_portal.accounts.freshness import ask_again, passed_second_factor
from clu_portal.accounts.logs import log_event

STARTED = "session_started_at"
SEEN = "session_seen_at"
NOTED = "session_noted_as"
SEEN_STEP_SECONDS = 60

# The only pages of an account that owes its second factor: where it gives the one it has, or makes its first.
ALWAYS_OPEN = frozenset({"account_logout", "healthz"})
TO_GIVE_A_FACTOR = ALWAYS_OPEN | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
TO_MAKE_A_FACTOR = ALWAYS_OPEN | {"account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn"}


class SessionLimitsMiddleware:
    """Ends a session on the server after so long without a page, and after so long in all.

    What the list of sessions shows of each is noted once a minute, and as soon as the session bears a new key.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.check(request, time.time())
        return self.get_response(request)

    def check(self, request, now: float) -> None:
        started = request.session.setdefault(STARTED, now)
        seen = request.session.get(SEEN, now)
        if now - started > settings.SESSION_ABSOLUTE_SECONDS or now - seen > settings.SESSION_IDLE_SECONDS:
            log_event("session_ended", request.user)
            logout(request)
        elif self.is_new(request.session) or (now - seen > SEEN_STEP_SECONDS and not is_background(request)):
            UserSession.objects.create_from_request(request)
            request.session[SEEN], request.session[NOTED] = now, request.session.session_key

    def is_new(self, session) -> bool:
        return SEEN not in session or session.get(NOTED) != session.session_key


def is_background(request) -> bool:
    """A page left open asks this by itself: that nobody leaves it shows nothing, and its session ends in its time."""
    return "X-Presence" in request.headers


class OutsiderMiddleware:
    """Somebody signed in who holds no role in the préfecture of the address finds none of its pages, the public ones
    apart. A second layer under the permissions of each view: a view that forgot to ask shows nothing outside."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        prefecture = getattr(request, "prefecture", None)
        is_public = not getattr(view, "login_required", True)
        if prefecture is None or is_public or not request.user.is_authenticated:
            return
        if not request.user.roles_in(prefecture.pk):
            log_event("outsider_refused", request.user)
            raise Http404


class SecondFactorMiddleware:
    """An account whose roles ask for a second factor sees nothing before it has one, and has given it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not settings.SECOND_FACTOR or not user.is_authenticated or not user.needs_second_factor:
            return None
        has_factor = user.has_second_factor
        if has_factor and passed_second_factor(request):
            return None
        if request.resolver_match.view_name in (TO_GIVE_A_FACTOR if has_factor else TO_MAKE_A_FACTOR):
            return None
        if "application/json" in request.headers.get("Accept", "") or request.content_type == "application/json":
            return JsonResponse({"error": "second_factor"}, status=403)
        if has_factor:
            return ask_again(request, request.path, "mfa_reauthenticate")
        return redirect("mfa_activate_totp")
