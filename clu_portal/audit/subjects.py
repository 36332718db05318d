"""What the subject of a line is called in French, when nobody can or may open it."""

from functools import cache

from django.apps import apps


@cache
def kinds() -> dict[str, str]:
    return {model._meta.model_name: str(model._meta.verbose_name) for model in apps.get_models()}


def name_of(subject: str) -> str:
    """Return « réunion nº 12 » for meeting:12."""
    kind, _, pk = subject.partition(":")
    return f"{kinds().get(kind, kind)} nº {pk}"
