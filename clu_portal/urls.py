"""Addresses. Every page of a préfecture begins with its slug; what stands outside holds no business text."""

from django.urls import include, path

from clu_portal import health, views
from clu_portal.organisations.models import NATIONAL_SLUG

handler400 = "clu_portal.errors.bad_request"
handler403 = "clu_portal.errors.permission_denied"
handler404 = "clu_portal.errors.not_found"
handler500 = "clu_portal.errors.server_error"

PREFECTURE_PAGES = [
    path("", views.prefecture_home, name="prefecture_home"),
    path("", include("committees.urls")),
    path("", include("clu_portal.files.urls")),
    path("", include("clu_portal.organisations.urls")),
    path("", include("clu_portal.action_plan.urls")),
    path("", include("clu_portal.audit.urls")),
    path("", include("clu_portal.mail.urls")),
    path("", include("clu_portal.trash.urls")),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("compte/", include("clu_portal.accounts.account_urls")),
    path("verifier/", include("committees.public_urls")),
    path("", include("clu_portal.legal.urls")),
    path(f"{NATIONAL_SLUG}/", include("clu_portal.accounts.national_urls"), {"prefecture": NATIONAL_SLUG}),
    path("", include("clu_portal.accounts.urls")),
    path("<slug:prefecture>/", include(PREFECTURE_PAGES)),
]
