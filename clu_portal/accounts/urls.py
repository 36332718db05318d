from django.urls import path

from clu_portal.accounts.views import access, members, team

app_name = "accounts"
urlpatterns = [
    path("acces/", access.access, name="access"),
    path("acces/nouveau/", access.access_renew, name="access_renew"),
    path("acces/<str:token>/", access.access_link, name="access_link"),
    path("<slug:prefecture>/connexion/", members.member_sign_in, name="member_sign_in"),
    path("<slug:prefecture>/connexion/code/", members.member_code, name="member_code"),
    path("<slug:prefecture>/equipe/", team.team, name="team"),
    path("<slug:prefecture>/equipe/inviter/", team.invite, name="invite"),
    path("<slug:prefecture>/equipe/invitations/<int:pk>/renvoyer/", team.invitation_resend, name="invitation_resend"),
    path(
        "<slug:prefecture>/equipe/invitations/<int:pk>/retirer/", team.invitation_withdraw, name="invitation_withdraw"
    ),
    path("<slug:prefecture>/equipe/roles/<int:pk>/", team.role_update, name="role_update"),
    path("<slug:prefecture>/equipe/roles/<int:pk>/retirer/", team.role_close, name="role_close"),
    path("<slug:prefecture>/equipe/<int:pk>/depart/", team.departure, name="departure"),
]
