from committees.composition.models.act import CompositionAct
from committees.composition.models.committee import Committee, CommitteeFormerName, CommitteeType
from committees.composition.models.seat import College, Mandate, Seat
from committees.composition.models.warning import SentWarning

__all__ = [
    "College",
    "Committee",
    "CommitteeFormerName",
    "CommitteeType",
    "CompositionAct",
    "Mandate",
    "Seat",
    "SentWarning",
]
