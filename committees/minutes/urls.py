from django.urls import path

from committees.minutes import api, freeze_views, history_views, presence_api, version_views, views

urlpatterns = [
    path("comptes-rendus/", views.minutes_list, name="minutes_list"),
    path("reunions/<int:pk>/compte-rendu/commencer/", views.minutes_begin, name="minutes_begin"),
    path("comptes-rendus/<int:pk>/", views.minutes_detail, name="minutes_detail"),
    path("comptes-rendus/<int:pk>/etat/", views.minutes_state, name="minutes_state"),
    path("comptes-rendus/<int:pk>/rediger/", views.minutes_edit, name="minutes_edit"),
    path("comptes-rendus/<int:pk>/texte/", api.minutes_text, name="minutes_text"),
    path("comptes-rendus/<int:pk>/presence/", presence_api.minutes_presence, name="minutes_presence"),
    path("comptes-rendus/<int:pk>/versions/", history_views.minutes_versions, name="minutes_versions"),
    path("comptes-rendus/versions/<int:pk>/", history_views.minutes_version, name="minutes_version"),
    path("comptes-rendus/versions/<int:pk>/texte/", history_views.minutes_at, name="minutes_at"),
    path("comptes-rendus/<int:pk>/figer/", freeze_views.minutes_freeze, name="minutes_freeze"),
    path("comptes-rendus/<int:pk>/rouvrir/", freeze_views.minutes_unfreeze, name="minutes_unfreeze"),
    path("comptes-rendus/<int:pk>/modifier/", views.minutes_update, name="minutes_update"),
    path("comptes-rendus/<int:pk>/soumettre/", views.minutes_submit, name="minutes_submit"),
    path("comptes-rendus/<int:pk>/renvoyer/", views.minutes_return, name="minutes_return"),
    path("comptes-rendus/<int:pk>/approuver/", views.minutes_approve, name="minutes_approve"),
    path("comptes-rendus/<int:pk>/approuver/document/", views.minutes_approval_pdf, name="minutes_approval_pdf"),
    path("comptes-rendus/<int:pk>/approuver/pages/<int:number>/", views.minutes_page, name="minutes_page"),
    path("comptes-rendus/<int:pk>/pdf/", views.minutes_pdf, name="minutes_pdf"),
    path("comptes-rendus/<int:pk>/projet/", views.minutes_draft_pdf, name="minutes_draft_pdf"),
    path("comptes-rendus/<int:pk>/corriger/", version_views.minutes_correct, name="minutes_correct"),
    path("comptes-rendus/<int:pk>/abandonner/", version_views.minutes_abandon, name="minutes_abandon"),
]
