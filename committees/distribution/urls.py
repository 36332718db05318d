from django.urls import path

from committees.distribution import views

urlpatterns = [
    path("comptes-rendus/<int:pk>/diffuser/", views.minutes_distribute, name="minutes_distribute"),
    path("comptes-rendus/<int:pk>/lectures/", views.minutes_readings, name="minutes_readings"),
]
