from django.db import models
from django.db.models.functions import Now


class Heartbeat(models.Model):
    """When a part of the portal last showed that it lives. A row of the directory."""

    name = models.CharField(max_length=20, unique=True)
    beat_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "battement"

    def __str__(self):
        return self.name

    @classmethod
    def touch(cls, name: str) -> None:
        """Write that this part lives now, by the clock of the database."""
        cls.objects.bulk_create(
            [cls(name=name)], update_conflicts=True, unique_fields=["name"], update_fields=["beat_at"]
        )
