"""What our pages are compared to: a view with one query and a small template, drawn by the settings' own engine."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from clu_portal.organisations.models import Prefecture

ROWS = 25
PATH, PATH_WITHOUT_MIDDLEWARE = "/bare", "/without-middleware"
# What `django-admin startproject` gives.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = engines["django"].from_string("""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Préfectures</title></head><body>
{% if user.is_authenticated %}<p>{{ user }}</p>{% endif %}<h1>Préfectures</h1>
<ul>{% for prefecture in prefectures %}<li>{{ prefecture.name }}</li>{% endfor %}</ul>
</body></html>""")


@login_not_required
def bare(request):
    return HttpResponse(PAGE.render({"prefectures": Prefecture.objects.all()[:ROWS]}, request))


@login_not_required
def without_middleware(request):
    """One query, and no user read: for the measure without any middleware."""
    return HttpResponse(PAGE.render({"prefectures": Prefecture.objects.all()[:ROWS], "user": None}))


urlpatterns = [
    path(PATH[1:], bare),
    path(PATH_WITHOUT_MIDDLEWARE[1:], without_middleware),
    path("", include("clu_portal.urls")),
]
