from django.urls import path

from clu_portal.audit import views

app_name = "audit"
urlpatterns = [path("journal/", views.journal, name="journal")]
