from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "clu_portal.files"
    verbose_name = "fichiers, rendus et sceau"
