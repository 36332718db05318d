from django.urls import path

from committees.layout import views

urlpatterns = [
    path("reglages/mise-en-page/", views.layout_edit, name="layout_edit"),
    path("reglages/mise-en-page/apercu/", views.layout_preview, name="layout_preview"),
    path("reglages/mise-en-page/pdf/", views.layout_pdf, name="layout_pdf"),
]
