from django.urls import path

from clu_portal.organisations import views
from clu_portal.organisations.imports import views as imports
from clu_portal.organisations.registries import REGISTRIES, Registry


def registry_pages(registry: Registry) -> list:
    """The pages of a registry: /personnes/ is organisations:person_list, and so on."""
    pages = [("list", "", views.row_list), ("create", "nouveau/", views.row_create)]
    pages.append(("update", "<int:pk>/", views.row_update))
    if registry.has_twins:
        pages.append(("merge", "<int:pk>/reunir/", views.row_merge_choose))
        pages.append(("merge_with", "<int:pk>/reunir/<int:other>/", views.row_merge))
    if not registry.model.is_trashable:
        pages.append(("remove", "<int:pk>/retirer/", views.row_remove))
    return [
        path(f"{registry.path}/{end}", view, {"registry": registry}, name=f"{registry.name}_{page}")
        for page, end, view in pages
    ]


app_name = "organisations"
urlpatterns = [
    path("reglages/", views.settings_edit, name="settings_edit"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/importer/", imports.import_apply, name="import_apply"),
    path("imports/<int:pk>/annuler/", imports.import_cancel, name="import_cancel"),
    *imports.sheet_pages("organisation", "organismes", "organismes"),
    *imports.sheet_pages("person", "personnes", "personnes"),
    *(page for registry in REGISTRIES for page in registry_pages(registry)),
]
