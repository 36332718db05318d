from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "clu_portal.mail"
    verbose_name = "courriels"
