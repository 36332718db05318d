"""Which rows belong to the file of a meeting: the meeting, what it cites, what that cites in turn."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Q

from clu_portal.action_plan.models import Action
from clu_portal.audit.acts import reference
from clu_portal.links.models import Link
from committees.composition.models import Mandate, Seat
from committees.meeting_files.kinds import BY_MODEL, MEETING, REFERABLE, SHARED, Kind
from committees.meetings.models import Meeting
from committees.minutes.indexed import Citation


class Gathered:
    """The rows of one file: the shared ones by kind, and the name each row bears in it (« meeting:12 » → uuid)."""

    def __init__(self, meeting: Meeting):
        self.meeting = meeting
        self.shared: dict[Kind, dict[int, models.Model]] = {kind: {} for kind in SHARED}
        self.names: dict[str, str] = {}
        self.take(MEETING, meeting)
        self.take_composition()
        self.take_actions()

    def take(self, kind: Kind, row: models.Model) -> None:
        """Keep a row, its parts and whatever they lead to."""
        if kind.name in REFERABLE:
            self.names[reference(row)] = f"{kind.name}:{row.uuid}"
        for link in kind.links:
            self.follow(link, row)
        for cited in kind.cited:
            target = BY_MODEL[cited.target]
            for other in cited_rows(cited, row):
                self.take_shared(target, other)
        for part in kind.parts:
            for each in part_rows(part, row):
                self.take(part, each)

    def follow(self, link: models.ForeignKey, row: models.Model) -> None:
        kind, pk = BY_MODEL[link.related_model], getattr(row, link.attname)
        if kind in self.shared and pk is not None and pk not in self.shared[kind]:
            self.take_shared(kind, getattr(row, link.name))

    def take_shared(self, kind: Kind, row: models.Model) -> None:
        if kind in self.shared and row.pk not in self.shared[kind]:
            self.shared[kind][row.pk] = row
            self.take(kind, row)

    def take_composition(self) -> None:
        """The seats of the committees on the day of the meeting, and who held the seats of the file that day."""
        day = self.meeting.sort_day
        if day is None:
            return
        for seat in Seat.objects.filter(committee__in=self.meeting.committees).in_force_on(day).order_by("pk"):
            self.take_shared(BY_MODEL[Seat], seat)
        seats = list(self.shared[BY_MODEL[Seat]])
        for mandate in Mandate.objects.filter(seat__in=seats).in_force_on(day).order_by("pk"):
            self.take_shared(BY_MODEL[Mandate], mandate)

    def take_actions(self) -> None:
        """The actions the text cites, those linked to the meeting, and those that come from it."""
        own = [name for name, printed in self.names.items() if REFERABLE[printed.partition(":")[0]] not in self.shared]
        cited = Citation.objects.filter(minutes__meeting=self.meeting).values("action")
        linked = [end for link in links_touching(own) for end in (link.source, link.target)]
        pks = [int(end.partition(":")[2]) for end in linked if end.startswith("action:")]
        known = Q(pk__in=cited) | Q(pk__in=pks) | Q(origin__in=own)
        for action in Action.objects.filter(known).order_by("pk"):
            self.take_shared(BY_MODEL[Action], action)

    def links_inside(self) -> Iterator[tuple[str, str, str]]:
        """The links both ends of which are in the file, by their names in it."""
        for link in links_touching(list(self.names)):
            if link.source in self.names and link.target in self.names:
                yield self.names[link.source], link.relation, self.names[link.target]


def links_touching(names: list[str]) -> models.QuerySet:
    return Link.objects.filter(Q(source__in=names) | Q(target__in=names))


def part_rows(part: Kind, row: models.Model) -> Iterable[models.Model]:
    if part.rows:
        return part.rows(row)
    return part.model.objects.filter(**{part.owner: row}).order_by(*part.order)


def cited_rows(cited, row: models.Model) -> list[models.Model]:
    found = cited.model.objects.filter(**{cited.owner: row}).select_related(cited.field)
    return [getattr(each, cited.field) for each in found]
