"""Writing the rows of a checked file. Every row is checked by the rules of its model, and every refusal is kept."""

import base64

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import Max

from clu_portal.files.storage import store_file
from clu_portal.links.models import Link
from committees.composition.models import CommitteeType
from committees.meeting_files.exporting import row_json
from committees.meeting_files.keys import Keys
from committees.meeting_files.kinds import BY_MODEL, FILES, MEETING, MINUTES, SHARED, TYPES, Kind
from committees.meeting_files.minutes_loading import finish, unfinished
from committees.meeting_files.returning import already_there
from committees.meeting_files.values import from_json
from committees.meeting_files.wording import Refusal, refuse
from committees.meetings.acts.documents import LARGEST_DOCUMENT
from committees.meetings.models import Meeting


def load(file: dict, by) -> Meeting:
    """Write the meeting of a checked file. Raises ValidationError, a line per refusal: nothing is to be kept then."""
    refuse(list(already_there(file)))
    loader = Loader(Keys(file), by)
    for kind in SHARED:
        for index, item in enumerate(file[kind.key]):
            loader.share(kind, item, (kind.key, index))
    meeting = loader.write(MEETING, file["meeting"], ("meeting",))
    refuse(loader.refusals)
    for link in file["links"]:
        ends = {end: loader.keys.reference(link[end]) for end in ("source", "target")}
        Link.objects.get_or_create(**ends, relation=link["relation"])
    connection.check_constraints()
    return meeting


class Loader:
    def __init__(self, keys: Keys, by):
        self.keys, self.by = keys, by
        self.names = keys.names()
        self.refusals: list[Refusal] = []

    def refuse(self, path: tuple, message: str, code: str) -> None:
        self.refusals.append(Refusal(path, message, code or "refused"))

    def share(self, kind: Kind, item: dict, path: tuple) -> None:
        """Find a shared row again, unchanged, or write it. What is already there is never changed."""
        held = self.keys.held.get((kind.key, item[kind.identity]))
        if held is None:
            self.write(kind, item, path)
            return
        there = row_json(self.names, kind, held)
        for key in item:
            if there[key] != item[key]:
                message = "cet objet est déjà dans la préfecture, avec une autre valeur."
                self.refuse((*path, key), message, "differs")

    def write(self, kind: Kind, item: dict, path: tuple, owner: models.Model | None = None) -> models.Model:
        """Write a row and its parts; one that is refused is not written, nor are its parts, only checked."""
        before = len(self.refusals)
        row = self.build(kind, item, path, owner)
        self.check(kind, row, path)
        if len(self.refusals) == before and not (owner and owner._state.adding):
            self.insert(kind, row, item, path)
            self.cite(kind, row, item)
        for part in kind.parts:
            for index, inside in enumerate(item[part.key]):
                self.write(part, inside, (*path, part.key, index), row)
        if kind is MINUTES and not self.refusals:
            finish(row, self.build(kind, item, path, owner), by=self.by)
        return row

    def cite(self, kind: Kind, row: models.Model, item: dict) -> None:
        for cited in kind.cited:
            target = BY_MODEL[cited.target]
            cited.model.objects.bulk_create(
                cited.model(**{f"{cited.owner}_id": row.pk, f"{cited.field}_id": self.keys.of(target, identity)})
                for identity in item[cited.key]
            )

    def build(self, kind: Kind, item: dict, path: tuple, owner: models.Model | None) -> models.Model:
        values = {}
        for field in kind.plain:
            if field.name not in kind.references:
                values[field.name] = self.value(field, item[field.name], (*path, field.name))
        values |= {name: self.keys.reference(item[name]) for name in kind.references}
        for link in kind.links:
            identity = item[link.name]
            target = BY_MODEL[link.related_model]
            values[link.attname] = None if identity is None else self.keys.of(target, identity)
        if owner is not None:
            values[f"{kind.owner}_id"] = owner.pk
        if (kind.key, item.get(kind.identity)) in self.keys:
            values["id"] = self.keys.of(kind, item[kind.identity])
        if kind is TYPES:
            values["position"] = (CommitteeType.objects.aggregate(last=Max("position"))["last"] or 0) + 1
        return kind.model(**values)

    def value(self, field: models.Field, value, path: tuple):
        try:
            return from_json(field, value)
        except ValidationError as error:
            self.refuse(path, " ".join(error.messages), error.code)
            return None

    def check(self, kind: Kind, row: models.Model, path: tuple) -> None:
        """The rules of the model: its validators, then its constraints. What the database lets blank may be blank."""
        plain = {field.name for field in kind.plain if getattr(row, field.name) not in ("", None)}
        try:
            row.clean_fields(exclude={field.name for field in row._meta.fields} - plain)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                for each in errors:
                    self.refuse((*path, name), " ".join(each.messages), each.code)
        else:
            self.check_constraints(row, path)

    def check_constraints(self, row: models.Model, path: tuple) -> None:
        """One refusal at most: days in the wrong order make no range, of which PostgreSQL can say what it overlaps."""
        for constraint in row._meta.constraints:
            try:
                constraint.validate(type(row), row)
            except ValidationError as error:
                self.refuse(path, " ".join(error.messages), getattr(error, "code", ""))
                return

    def insert(self, kind: Kind, row: models.Model, item: dict, path: tuple) -> None:
        try:
            with transaction.atomic():
                if kind is FILES:
                    content = ContentFile(base64.b64decode(item["content"]), name=item["name"])
                    store_file(content, by=self.by, largest=LARGEST_DOCUMENT, id=row.pk, uuid=row.uuid)
                else:
                    (unfinished(row) if kind is MINUTES else row).save(force_insert=True)
        except (IntegrityError, DataError):
            self.refuse(path, "la base de données refuse cet objet.", "refused")
