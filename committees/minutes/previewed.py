"""What is kept of the pages of a text being drafted: one row per minutes, drawn over each time."""

from datetime import datetime

from django.db import models

from clu_portal.tenancy import TenantModel, TenantOneToOneField
from committees.minutes.models import Minutes


class Preview(TenantModel):
    """`content` is the PDF of the text `content_hash`; `answered_hash` is the last text tried, drawn or not."""

    minutes = TenantOneToOneField(Minutes, models.CASCADE, related_name="preview")
    asked_hash = models.CharField(max_length=64)
    drawing_hash = models.CharField(max_length=64, blank=True)
    drawing_until = models.DateTimeField(null=True)
    answered_hash = models.CharField(max_length=64, blank=True)
    error = models.TextField("cause de l'échec", blank=True)
    content = models.BinaryField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveSmallIntegerField("nombre de pages", default=0)
    section_pages = models.JSONField("page de chaque section", default=dict)

    class Meta(TenantModel.Meta):
        verbose_name = "aperçu des pages"

    def is_being_drawn(self, now: datetime) -> bool:
        return self.drawing_until is not None and self.drawing_until > now

    def stage(self, now: datetime) -> str:
        if not self.asked_hash:
            return "none"
        if self.answered_hash == self.asked_hash:
            return "failed" if self.error else "done"
        return "drawing" if self.is_being_drawn(now) else "waiting"


def forget_preview(minutes: Minutes) -> None:
    """The text is no longer being drafted: its pages are those of the documents asked for."""
    Preview.objects.filter(minutes=minutes).delete()
