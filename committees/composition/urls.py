from django.urls import path

from committees.composition import views

urlpatterns = [
    path("comites/", views.committee_list, name="committee_list"),
    path("comites/nouveau/", views.committee_create, name="committee_create"),
    path("comites/<int:pk>/", views.committee_detail, name="committee_detail"),
    path("comites/<int:pk>/modifier/", views.committee_update, name="committee_update"),
    path("comites/<int:pk>/sieges/nouveau/", views.seat_create, name="seat_create"),
    path("sieges/<int:pk>/nommer/", views.person_appoint, name="person_appoint"),
    path("mandats/<int:pk>/fin/", views.mandate_end, name="mandate_end"),
]
