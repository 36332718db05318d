from django.urls import path

from clu_portal.mail import views

app_name = "mail"
urlpatterns = [
    path("courriels/", views.message_list, name="message_list"),
    path("courriels/<uuid:message_uuid>/", views.message_detail, name="message_detail"),
    path("envois/", views.delivery_list, name="delivery_list"),
    path("envois/<uuid:message_uuid>/relancer/", views.delivery_replay, name="delivery_replay"),
]
