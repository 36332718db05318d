"""The keys of the rows of a file: those the préfecture holds already, and new ones set aside beforehand.

Rows point at one another in circles (a committee is merged by an arrêté, which is of a committee): with their keys
known first, they can be written in any order, since the foreign keys are checked at the end.
"""

from collections.abc import Iterator

from django.db import connection, models

from committees.meeting_files.checking import objects
from committees.meeting_files.kinds import REFERABLE, SECTIONS, SHARED, Kind


class Keys:
    def __init__(self, file: dict):
        self.held: dict[tuple[str, str], models.Model] = {}
        self._keys: dict[tuple[str, str], int] = {}
        named: dict[Kind, list[str]] = {}
        for kind, item, _ in objects(file):
            if kind.identity and kind is not SECTIONS:
                named.setdefault(kind, []).append(item[kind.identity])
        for kind, identities in named.items():
            self.find(kind, identities)

    def find(self, kind: Kind, identities: list[str]) -> None:
        if kind in SHARED:
            for row in kind.model.objects.filter(**{f"{kind.identity}__in": identities}):
                identity = str(getattr(row, kind.identity))
                self.held[kind.key, identity] = row
                self._keys[kind.key, identity] = row.pk
        new = [identity for identity in identities if (kind.key, identity) not in self._keys]
        for identity, pk in zip(new, set_aside(kind.model, len(new)), strict=True):
            self._keys[kind.key, identity] = pk

    def __contains__(self, name: tuple[str, str]) -> bool:
        return name in self._keys

    def of(self, kind: Kind, identity: str) -> int:
        return self._keys[kind.key, identity]

    def reference(self, name: str) -> str:
        """« action:<uuid> » → « action:12 »; "" for none."""
        kind, _, identity = name.partition(":")
        return f"{kind}:{self.of(REFERABLE[kind], identity)}" if name else ""

    def names(self) -> dict[str, str]:
        """« action:12 » → « action:<uuid> »."""
        by_key = {kind.key: kind.name for kind in REFERABLE.values()}
        return {
            f"{by_key[key]}:{pk}": f"{by_key[key]}:{identity}"
            for (key, identity), pk in self._keys.items()
            if key in by_key
        }


def set_aside(model: type[models.Model], count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return iter([row[0] for row in cursor.fetchall()])
