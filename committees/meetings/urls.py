from django.urls import path, re_path

from committees.meetings.views import agenda, attendance, documents, meeting, parts, votes

KIND = r"(?P<part>agenda_item|attendance|document|vote)"
PART = rf"{KIND}/(?P<pk>[0-9]{{1,18}})"
DIRECTION = r"(?P<direction>monter|descendre|decaler|remettre)"

urlpatterns = [
    path("reunions/", meeting.meeting_list, name="meeting_list"),
    path("reunions/nouvelle/", meeting.meeting_create, name="meeting_create"),
    path("reunions/<int:pk>/", meeting.meeting_detail, name="meeting_detail"),
    path("reunions/<int:pk>/modifier/", meeting.meeting_update, name="meeting_update"),
    path("reunions/<int:pk>/reprendre/", meeting.meeting_repeat, name="meeting_repeat"),
    path("reunions/<int:pk>/tenue/", meeting.meeting_hold, name="meeting_hold"),
    path("reunions/<int:pk>/convoquee/", meeting.meeting_convened, name="meeting_convened"),
    path("reunions/<int:pk>/ouvrir/", meeting.session_open, name="session_open"),
    path("reunions/<int:pk>/clore/", meeting.session_close, name="session_close"),
    path("reunions/<int:pk>/annuler/", meeting.meeting_cancel, name="meeting_cancel"),
    path("reunions/<int:pk>/reporter/", meeting.meeting_postpone, name="meeting_postpone"),
    path("reunions/<int:pk>/ordre-du-jour/", agenda.agenda_edit, name="agenda_edit"),
    path("reunions/<int:pk>/presences/", attendance.attendance_edit, name="attendance_edit"),
    path("reunions/<int:pk>/presences/proposer/", attendance.attendance_propose, name="attendance_propose"),
    path("reunions/<int:pk>/presences/cocher/", attendance.attendance_tick, name="attendance_tick"),
    path("reunions/<int:pk>/participants/", attendance.meeting_participants, name="meeting_participants"),
    path("reunions/<int:pk>/participants/enregistrer/", attendance.invitations_record, name="invitations_record"),
    path("reunions/<int:pk>/participants/inviter/", attendance.guest_invite, name="guest_invite"),
    path("reunions/<int:pk>/participants/absents/", attendance.absent_print, name="absent_print"),
    path("reunions/<int:pk>/votes/", votes.meeting_votes, name="meeting_votes"),
    path("reunions/<int:pk>/documents/", documents.documents_edit, name="documents_edit"),
    path("reunions/<int:pk>/documents/ajouter/", documents.document_add, name="document_add"),
    re_path(rf"^reunions/(?P<pk>[0-9]{{1,18}})/ordre/{KIND}/$", parts.part_order, name="part_order"),
    path("points/<int:pk>/", agenda.agenda_item_update, name="agenda_item_update"),
    path("presences/<int:pk>/", attendance.attendance_update, name="attendance_update"),
    path("votes/<int:pk>/", votes.vote_update, name="vote_update"),
    path("comites/<int:pk>/regles/", votes.committee_rules, name="committee_rules"),
    path("documents/<int:pk>/", documents.document_download, name="document_download"),
    path("documents/<int:pk>/modifier/", documents.document_update, name="document_update"),
    path("documents/publics/<uuid:uuid>/", documents.document_public, name="document_public"),
    re_path(rf"^elements/{PART}/{DIRECTION}/$", parts.part_move, name="part_move"),
    re_path(rf"^elements/{PART}/retirer/$", parts.part_remove, name="part_remove"),
]
