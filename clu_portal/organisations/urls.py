from django.urls import path

from clu_portal.organisations import views
from clu_portal.organisations.registries import REGISTRIES, Registry


def registry_pages(registry: Registry) -> list:
    """The four pages of a registry: /personnes/ is organisations:person_list, and so on."""
    pages = [("list", "", views.row_list), ("create", "nouveau/", views.row_create)]
    pages += [("update", "<int:pk>/", views.row_update), ("remove", "<int:pk>/retirer/", views.row_remove)]
    return [
        path(f"{registry.path}/{end}", view, {"registry": registry}, name=f"{registry.name}_{page}")
        for page, end, view in pages
    ]


app_name = "organisations"
urlpatterns = [
    path("reglages/", views.settings_edit, name="settings_edit"),
    *(page for registry in REGISTRIES for page in registry_pages(registry)),
]
