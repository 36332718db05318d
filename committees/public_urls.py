"""The one page of the committees outside a préfecture: a PDF does not say whose it is before it is read."""

from django.urls import path

from committees.distribution import views

urlpatterns = [path("", views.minutes_verify, name="minutes_verify")]
