from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "clu_portal.audit"
    verbose_name = "journal des actes"
