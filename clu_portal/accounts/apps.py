from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "clu_portal.accounts"
    verbose_name = "comptes et accès"
