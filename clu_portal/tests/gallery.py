"""Addresses for tests only: every component and every kind of field on one page, and pages that fail."""

from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_POST

from clu_portal.files.models import Rendering
from clu_portal.lib.forms import PortalForm
from clu_portal.urls import *  # noqa: F403 - the portal's own, handlers included
from clu_portal.urls import urlpatterns as portal_pages

FAILURES = {
    "bad_request": SuspiciousOperation,
    "forbidden": PermissionDenied,
    "not_found": Http404,
    "error": RuntimeError,
    "unavailable": OperationalError,
}
PAGE = Path(__file__).parent / "gallery.html"


class GalleryForm(PortalForm):
    name = forms.CharField(label="Nom", help_text="Tel qu'il sera imprimé.")
    day = forms.DateField(label="Jour", required=False)
    hour = forms.TimeField(label="Heure", required=False)
    text = forms.CharField(label="Texte", widget=forms.Textarea, required=False, help_text="Quelques lignes.")
    place = forms.ChoiceField(label="Lieu", choices=[("a", "Salle A"), ("b", "Salle B")])
    opinion = forms.ChoiceField(label="Avis", choices=[("y", "Favorable"), ("n", "Réservé")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label="Jours", choices=[("1", "Lundi"), ("2", "Mardi")], widget=forms.CheckboxSelectMultiple
    )
    file = forms.FileField(label="Pièce jointe", required=False, help_text="PDF, 10 Mo au plus.")
    sure = forms.BooleanField(label="J'ai relu", help_text="Toutes les pages.")


@login_not_required
def gallery(request):
    context = {
        "form": GalleryForm(request.POST or None, cancel_address="/"),
        "kinds": ["drafting", "in_review", "sealed", "postponed", "cancelled", "prepared"],
        "facts": [("Lieu", "Salle A"), ("Vide", ""), ("Empreinte", "a1b2" * 16)],
        "columns": range(12),
    }
    return HttpResponse(engines["django"].from_string(PAGE.read_text(encoding="utf-8")).render(context, request))


def progress(request, prefecture, uuid):
    context = {"rendering": Rendering.objects.get(uuid=uuid), "may_retry": True}
    page = """{% extends "base.html" %}{% block content %}<h1>Rendu</h1>
        {% include "components/progress.html" with title="Mise en pages" %}{% endblock %}"""
    return HttpResponse(engines["django"].from_string(page).render(context, request))


@login_not_required
def failing(request, kind: str, prefecture=None):
    raise FAILURES[kind]("détail secret")


@login_not_required
@require_POST
def act(request, prefecture, pk):
    return HttpResponse("fait")


urlpatterns = [
    path("galerie/", gallery),
    path("<slug:prefecture>/galerie/rendu/<uuid:uuid>/", progress, name="gallery_progress"),
    path("panne/<str:kind>/", failing),
    path("<slug:prefecture>/panne/<str:kind>/", failing),
    path("<slug:prefecture>/panne/<int:pk>/faire/", act),
    *portal_pages,
]
