from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The kernel's commands, templates tags and checks; its models live in the kernel's apps."""

    name = "clu_portal"
    label = "portal"

    def ready(self) -> None:
        from clu_portal import celery, checks  # noqa: F401 - the tasks know their broker; the system checks are registered
