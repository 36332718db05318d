from django.urls import include, path

from clu_portal import views
from clu_portal.organisations.models import NATIONAL_SLUG

urlpatterns = [
    path("", views.home, name="home"),
    path("compte/", include("clu_portal.accounts.account_urls")),
    path(
        "administration-nationale/",
        include("clu_portal.accounts.national_urls"),
        {"prefecture": NATIONAL_SLUG},
    ),
    path("", include("clu_portal.accounts.urls")),
    path("", include("clu_portal.legal.urls")),
    path("<slug:prefecture>/", views.prefecture_home, name="prefecture_home"),
]
