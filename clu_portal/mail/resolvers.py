"""Who can say whether the relay took a message whose final answer was lost. settings.MAIL_RESOLVER names one."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from django.conf import settings
from django.utils.module_loading import import_string


class Answer(Enum):
    FOUND = "found"
    ABSENT = "absent"
    UNKNOWN = "unknown"


Resolver = Callable[[str, datetime], Answer]


def configured() -> Resolver:
    """Return the resolver of this installation: (Message-ID, moment of the final dot) → Answer."""
    return import_string(settings.MAIL_RESOLVER)


def ask_nobody(message_id: str, dot_at: datetime) -> Answer:
    """The default: no log of the relay can be read from here."""
    return Answer.UNKNOWN
