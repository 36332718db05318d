from django.db import models

from clu_portal.tenancy import TenantModel


class SentWarning(TenantModel):
    """A warning the référents were written to about: the same one is never sent again."""

    append_only = True

    key = models.CharField("avertissement", max_length=160)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = "avertissement envoyé"
        constraints = [models.UniqueConstraint(fields=["prefecture", "key"], name="one_sending_per_warning")]

    def __str__(self):
        return self.key
