"""What each request and each answer carries: a reference for the logs, and the agreed headers (B01)."""

import ipaddress
import secrets

from django.conf import settings

from clu_portal.errors import act_only
from clu_portal.logs import request_address, request_reference

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class RequestReferenceMiddleware:
    """Gives each request a reference, shown on error pages and written in logs and audit rows (L02)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reference = secrets.token_hex(6)
        reference = request_reference.set(request.reference)
        address = request_address.set(truncated_address(client_address(request)))
        try:
            return self.get_response(request)
        finally:
            request_reference.reset(reference)
            request_address.reset(address)


def client_address(request) -> str:
    """The address of the caller; forwarding headers count only behind the declared number of proxies (B06)."""
    if settings.TRUSTED_PROXY_COUNT:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= settings.TRUSTED_PROXY_COUNT:
            return hops[-settings.TRUSTED_PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")


def truncated_address(address: str) -> str:
    """Return the /24 or /64 network of an address: enough to group attempts, not to follow a person."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 64), strict=False))


class ActOnlyMiddleware:
    """Answers with a page of the portal, not an empty one of the browser, whoever opens the address of an act."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return act_only(request, response["Allow"])
        return response


class SecurityHeadersMiddleware:
    """The headers Django has no setting for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        user = getattr(request, "_cached_user", None)  # read by the page, or nothing in it is personal
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response
