from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "comités"

    def ready(self) -> None:
        from committees import offered

        offered.register()
