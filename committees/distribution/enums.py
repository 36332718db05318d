from django.db.models import TextChoices


class Ground(TextChoices):
    """Why sealed minutes are proposed to somebody; the first that holds."""

    MEMBER = "member", "membre en fonction"
    PRESENT = "present", "présent à la réunion"
    EXCUSED = "excused", "excusé"
    INVITED = "invited", "invité, sans être venu"
