"""The least that is valid. A row of a préfecture takes the préfecture of the open scope."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Role, User
from clu_portal.organisations.models import Organisation, Person, Prefecture, Service, Site
from clu_portal.tenancy import current_prefecture_id

PASSWORD = "une phrase de passe pour les tests"


class PrefectureFactory(DjangoModelFactory):
    class Meta:
        model = Prefecture

    slug = factory.Sequence(lambda n: f"valmarche-{n}")
    name = factory.Sequence(lambda n: f"Préfecture de la Valmarche {n}")
    department_code = "9V"
    city = "Clairbourg"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"agent{n}@valmarche.example")
    name = factory.Sequence(lambda n: f"Camille Dubreuil-{n}")
    password = factory.django.Password(PASSWORD)


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    prefecture_id = factory.LazyFunction(current_prefecture_id)
    kind = RoleKind.REFERENT
    starts_on = factory.LazyFunction(timezone.localdate)


def user_with_role(kind: str, **fields) -> User:
    """An account holding one role in the préfecture of the open scope."""
    return RoleFactory(kind=kind, **fields).user


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    name = factory.Sequence(lambda n: f"Site {n}")


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = Service

    name = factory.Sequence(lambda n: f"Bureau {n}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association des usagers {n}")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    civility = "madame"
    given_name = "Odile"
    surname = factory.Sequence(lambda n: f"Ferrandier-{n}")
    email = factory.Sequence(lambda n: f"membre{n}@association.example")
