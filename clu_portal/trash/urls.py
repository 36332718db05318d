from django.urls import path

from clu_portal.trash import views

app_name = "trash"
urlpatterns = [
    path("corbeille/", views.trash_list, name="trash_list"),
    path("corbeille/<slug:kind>/<int:pk>/mettre/", views.row_trash, name="row_trash"),
    path("corbeille/<slug:kind>/<int:pk>/remettre/", views.row_restore, name="row_restore"),
]
