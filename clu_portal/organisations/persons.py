"""The person behind an account of the team."""

from clu_portal.organisations.models import Person


def person_of(user) -> Person:
    """Return the person of an account in the préfecture of the moment, made from its name when there is none."""
    given_name, _, surname = user.name.rpartition(" ")
    defaults = {"given_name": given_name[:80], "surname": surname[:80], "email": user.email or ""}
    return Person.objects.get_or_create(user=user, defaults=defaults)[0]
