from django.apps import AppConfig


class ActionPlanConfig(AppConfig):
    name = "clu_portal.action_plan"
    verbose_name = "plan d'actions"

    def ready(self) -> None:
        from clu_portal.action_plan import offered

        offered.register()
