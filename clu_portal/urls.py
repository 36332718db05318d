"""Addresses. Every page of a préfecture begins with its slug; what stands outside holds no business text."""

from django.urls import include, path

from clu_portal import views

PREFECTURE_PAGES = [
    path("", views.prefecture_home, name="prefecture_home"),
    path("", include("clu_portal.files.urls")),
    path("", include("committees.urls")),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("compte/", include("allauth.urls")),
    path("verifier/", include("committees.public_urls")),
    path("", include("clu_portal.legal.urls")),
    path("<slug:prefecture>/", include(PREFECTURE_PAGES)),
]
