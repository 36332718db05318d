from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "clu_portal.files"
    verbose_name = "fichiers, rendus et sceau"

    def ready(self) -> None:
        from clu_portal import offers
        from clu_portal.files.rendering import sweep_renderings

        offers.sweepers.register("files.renderings", sweep_renderings)
