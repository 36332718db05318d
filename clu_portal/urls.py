from django.urls import include, path

from clu_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("compte/", include("allauth.urls")),
    path("", include("clu_portal.legal.urls")),
    path("<slug:prefecture>/", views.prefecture_home, name="prefecture_home"),
]
