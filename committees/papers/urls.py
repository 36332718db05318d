from django.urls import path

from committees.papers import views

urlpatterns = [
    path("reunions/<int:pk>/a-imprimer/", views.meeting_papers, name="meeting_papers"),
    path("reunions/<int:pk>/a-imprimer/<uuid:uuid>/", views.meeting_paper_pdf, name="meeting_paper_pdf"),
]
