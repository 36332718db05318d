from django.conf import settings


def portal(request) -> dict:
    """What every template may say: the préfecture of the page, and whether this is a demonstration."""
    return {
        "prefecture": getattr(request, "prefecture", None),
        "demonstration": settings.DEMONSTRATION,
        "second_factor": settings.SECOND_FACTOR,
    }
