from django.urls import include, path

from clu_portal import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("compte/", include("allauth.urls")),
    path("<slug:prefecture>/", include("clu_portal.mail.urls")),
    path("<slug:prefecture>/", views.prefecture_home, name="prefecture_home"),
]
