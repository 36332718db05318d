from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "clu_portal.links"
    verbose_name = "liens entre les objets"
