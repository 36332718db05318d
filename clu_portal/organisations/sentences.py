"""The sentences a préfecture writes again and again, taken into the minutes by « / »."""

from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models.functions import Lower

from clu_portal.organisations.listing import ListedQuerySet
from clu_portal.tenancy import TenantManager, TenantModel

LONGEST = 3000


class StandardSentence(TenantModel):
    title = models.CharField("titre", max_length=80, help_text="Ce qu'on tape après « / » pour la retrouver.")
    text = models.TextField(
        "texte", max_length=LONGEST, help_text="Inséré tel quel ; chaque retour à la ligne fait un paragraphe."
    )

    objects = TenantManager.from_queryset(ListedQuerySet)()
    list_key = Unaccent(Lower("title"))
    searched_fields = ("title", "text")

    class Meta(TenantModel.Meta):
        verbose_name = "phrase type"
        verbose_name_plural = "phrases types"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "title"],
                name="one_sentence_per_title",
                violation_error_code="name_taken",
                violation_error_message="Une phrase type porte déjà ce titre.",
            ),
        ]

    def __str__(self):
        return self.title
