from django.db import models


class FuzzyDateField(models.JSONField):
    pass
