import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from clu_portal.organisations.models import ClosingDay, StandardSentence


class ClosingDayFactory(DjangoModelFactory):
    class Meta:
        model = ClosingDay

    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.SelfAttribute("starts_on")
    reason = factory.Sequence(lambda n: f"pont {n}")


class StandardSentenceFactory(DjangoModelFactory):
    class Meta:
        model = StandardSentence

    title = factory.Sequence(lambda n: f"phrase {n}")
    text = "La séance est ouverte."
