"""Included under /administration-nationale/ with the national slug as `prefecture`, so that its scope is open."""

from django.urls import path

from clu_portal.accounts.views import national

app_name = "accounts_national"
urlpatterns = [
    path("", national.national_home, name="national_home"),
    path("prefectures/", national.prefecture_list, name="prefecture_list"),
    path("prefectures/creer/", national.prefecture_create, name="prefecture_create"),
    path("prefectures/<int:pk>/", national.prefecture_detail, name="prefecture_detail"),
    path("prefectures/<int:pk>/modifier/", national.prefecture_update, name="prefecture_update"),
]
