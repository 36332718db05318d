from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "clu_portal.mail"
    verbose_name = "courriels"

    def ready(self) -> None:
        from clu_portal import offers
        from clu_portal.mail.drain import drain

        offers.sweepers.register("mail.outbox", drain)
