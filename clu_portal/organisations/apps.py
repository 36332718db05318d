from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "clu_portal.organisations"
    verbose_name = "organisation de la préfecture"

    def ready(self) -> None:
        from clu_portal.organisations import offered

        offered.register()
