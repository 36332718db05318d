from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The kernel's commands, templates tags and checks; its models live in the kernel's apps."""

    name = "clu_portal"
    label = "portal"

    def ready(self) -> None:
        from clu_portal import checks  # noqa: F401 - registers the system checks
