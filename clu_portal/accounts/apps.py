from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "clu_portal.accounts"
    verbose_name = "comptes et accès"

    def ready(self) -> None:
        from clu_portal.accounts import offered, signals  # noqa: F401 - signals: connected when imported

        offered.register()
