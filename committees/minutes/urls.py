from django.urls import path

from committees.minutes import api, odt_views, preview_views, version_views, views

urlpatterns = [
    path("comptes-rendus/", views.minutes_list, name="minutes_list"),
    path("reunions/<int:pk>/compte-rendu/commencer/", views.minutes_begin, name="minutes_begin"),
    path("comptes-rendus/<int:pk>/", views.minutes_detail, name="minutes_detail"),
    path("comptes-rendus/<int:pk>/etat/", views.minutes_state, name="minutes_state"),
    path("comptes-rendus/<int:pk>/rediger/", views.minutes_edit, name="minutes_edit"),
    path("comptes-rendus/<int:pk>/texte/", api.minutes_text, name="minutes_text"),
    path("comptes-rendus/<int:pk>/modifier/", views.minutes_update, name="minutes_update"),
    path("comptes-rendus/<int:pk>/soumettre/", views.minutes_submit, name="minutes_submit"),
    path("comptes-rendus/<int:pk>/renvoyer/", views.minutes_return, name="minutes_return"),
    path("comptes-rendus/<int:pk>/approuver/", views.minutes_approve, name="minutes_approve"),
    path("comptes-rendus/<int:pk>/approuver/document/", views.minutes_approval_pdf, name="minutes_approval_pdf"),
    path("comptes-rendus/<int:pk>/approuver/pages/<int:number>/", views.minutes_page, name="minutes_page"),
    path("comptes-rendus/<int:pk>/pdf/", views.minutes_pdf, name="minutes_pdf"),
    path("comptes-rendus/<int:pk>/projet/", views.minutes_draft_pdf, name="minutes_draft_pdf"),
    path("comptes-rendus/<int:pk>/odt/", odt_views.minutes_odt, name="minutes_odt"),
    path("comptes-rendus/<int:pk>/apercu/", preview_views.minutes_preview, name="minutes_preview"),
    path(
        "comptes-rendus/<int:pk>/apercu/<slug:drawn>/pages/<int:number>/",
        preview_views.minutes_preview_page,
        name="minutes_preview_page",
    ),
    path("comptes-rendus/<int:pk>/corriger/", version_views.minutes_correct, name="minutes_correct"),
    path("comptes-rendus/<int:pk>/abandonner/", version_views.minutes_abandon, name="minutes_abandon"),
]
