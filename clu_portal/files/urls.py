from django.urls import path

from clu_portal.files import views

app_name = "files"
urlpatterns = [
    path("rendus/<uuid:uuid>/", views.rendering_state, name="rendering_state"),
    path("rendus/<uuid:uuid>/relancer/", views.rendering_retry, name="rendering_retry"),
]
