import factory
from factory.django import DjangoModelFactory

from clu_portal.action_plan.models import Action


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    title = factory.Sequence(lambda n: f"Poser le pictogramme {n}")
