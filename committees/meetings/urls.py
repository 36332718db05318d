from django.urls import path, re_path

from committees.meetings import views

PART = r"(?P<part>agenda_item|attendance|document)/(?P<pk>[0-9]{1,18})"

urlpatterns = [
    path("reunions/", views.meeting_list, name="meeting_list"),
    path("reunions/nouvelle/", views.meeting_create, name="meeting_create"),
    path("reunions/<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("reunions/<int:pk>/modifier/", views.meeting_update, name="meeting_update"),
    path("reunions/<int:pk>/tenue/", views.meeting_hold, name="meeting_hold"),
    path("reunions/<int:pk>/convoquee/", views.meeting_convened, name="meeting_convened"),
    path("reunions/<int:pk>/annuler/", views.meeting_cancel, name="meeting_cancel"),
    path("reunions/<int:pk>/reporter/", views.meeting_postpone, name="meeting_postpone"),
    path("reunions/<int:pk>/ordre-du-jour/", views.agenda_edit, name="agenda_edit"),
    path("reunions/<int:pk>/presences/", views.attendance_edit, name="attendance_edit"),
    path("reunions/<int:pk>/documents/ajouter/", views.document_add, name="document_add"),
    path("points/<int:pk>/", views.agenda_item_update, name="agenda_item_update"),
    path("presences/<int:pk>/", views.attendance_update, name="attendance_update"),
    path("documents/<int:pk>/", views.document_download, name="document_download"),
    re_path(rf"^elements/{PART}/(?P<direction>monter|descendre)/$", views.part_move, name="part_move"),
    re_path(rf"^elements/{PART}/retirer/$", views.part_remove, name="part_remove"),
]
