"""What a file must be before anything is written: read, of our format, complete, each reference and each byte checked.

Nothing here asks the database anything: what the préfecture already holds is for loading.py.
"""

import base64
import binascii
import hashlib
import io
import json
from collections.abc import Iterator
from functools import cache

from django.core.exceptions import ValidationError
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema import ValidationError as SchemaError

from clu_portal.files.checks import check_upload
from clu_portal.lib.text import safe_file_name
from committees.meeting_files.kinds import BY_MODEL, FILES, MEETING, REFERABLE, SECTIONS, SHARED, Kind
from committees.meeting_files.minutes_checks import minutes_refusals
from committees.meeting_files.schema import FORMAT, VERSION, meeting_schema
from committees.meeting_files.values import READERS, is_spelt
from committees.meeting_files.wording import Refusal, from_schema, refuse
from committees.meetings.acts.documents import LARGEST_DOCUMENT

UNREADABLE = "Ce fichier n'est pas du JSON lisible"


def read_file(text: str) -> dict:
    """Return the file written in a text. Raises ValidationError: unreadable, and all that refuse_file raises."""
    try:
        file = parsed(text)
        refuse_file(file)
    except RecursionError as error:
        raise ValidationError(f"{UNREADABLE} : trop de niveaux.", code="unreadable") from error
    return file


def parsed(text: str):
    try:
        return json.loads(text, object_pairs_hook=no_key_twice, parse_constant=no_such_number)
    except ValueError as error:
        raise ValidationError(f"{UNREADABLE} : {error}.", code="unreadable") from error


def no_key_twice(pairs: list[tuple]) -> dict:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("une clé y est deux fois dans le même objet")
    return values


def no_such_number(name: str):
    raise ValueError(f"{name} n'est pas un nombre")


def refuse_file(file) -> None:
    """Raise ValidationError with a line per fault: those of the shape; when there is none, those of the content."""
    refuse(list(version_refusals(file)))
    refuse(list(shape_refusals(file)))
    refuse([*reference_refusals(file), *file_refusals(file), *minutes_refusals(file)])


def version_refusals(file) -> Iterator[Refusal]:
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        yield Refusal((), f"ce n'est pas un fichier de réunion (« format » : « {FORMAT} »).", "unknown_format")
    elif file.get("version") != VERSION or isinstance(file["version"], bool):
        yield Refusal(("version",), f"ce portail lit la version {VERSION} du format seulement.", "unknown_version")


def shape_refusals(file: dict) -> Iterator[Refusal]:
    for error in sorted(validator().iter_errors(file), key=place):
        yield from from_schema(error)
    yield from unstorable(file)


def place(error: SchemaError) -> list[str]:
    """Where a fault is, to be sorted: the third line of a list before the tenth."""
    return [f"{step:09}" if isinstance(step, int) else step for step in error.absolute_path]


@cache
def validator() -> Draft202012Validator:
    formats = FormatChecker(formats=())
    for name in READERS:
        formats.checks(name)(lambda value, name=name: not isinstance(value, str) or is_spelt(name, value))
    return Draft202012Validator(meeting_schema(), format_checker=formats)


def unstorable(value, path: tuple = ()) -> Iterator[Refusal]:
    """What PostgreSQL does not keep as it is: NUL, half characters, numbers with a fraction."""
    if isinstance(value, dict | list):
        for step, inside in value.items() if isinstance(value, dict) else enumerate(value):
            yield from unstorable(inside, (*path, step))
            yield from unstorable(step, (*path, step)) if isinstance(step, str) else ()
    elif isinstance(value, float):
        yield Refusal(path, "aucun nombre à virgule n'est attendu ici.", "wrong_type")
    elif isinstance(value, str) and ("\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)):
        yield Refusal(path, "ce texte contient un caractère qui ne se garde pas.", "wrong_shape")


def objects(file: dict) -> Iterator[tuple[Kind, dict, tuple]]:
    """Each object of the file with its kind and its path, a whole before its parts."""
    for kind in SHARED:
        for index, item in enumerate(file[kind.key]):
            yield from with_parts(kind, item, (kind.key, index))
    yield from with_parts(MEETING, file["meeting"], ("meeting",))


def with_parts(kind: Kind, item: dict, path: tuple) -> Iterator[tuple[Kind, dict, tuple]]:
    yield kind, item, path
    for part in kind.parts:
        for index, inside in enumerate(item[part.key]):
            yield from with_parts(part, inside, (*path, part.key, index))


def reference_refusals(file: dict) -> Iterator[Refusal]:
    known: set[tuple[str, str]] = set()
    for kind, item, path in objects(file):
        if kind.identity and kind is not SECTIONS:
            name = (kind.key, item[kind.identity])
            if name in known:
                yield Refusal((*path, kind.identity), "cet objet est déjà plus haut dans le fichier.", "twice")
            known.add(name)
    for kind, item, path in objects(file):
        for key, target, identity in references_in(kind, item):
            if (target.key, identity) not in known:
                message = f"« {identity} » n'est pas dans « {target.key} »."
                yield Refusal((*path, *key), message, "unknown_reference")
    for index, link in enumerate(file["links"]):
        for end in ("source", "target"):
            if split(link[end]) not in known:
                yield Refusal(("links", index, end), f"« {link[end]} » n'est pas ici.", "unknown_reference")


def references_in(kind: Kind, item: dict) -> Iterator[tuple[tuple, Kind, str]]:
    """Each reference of an object: its key, the kind it leads to, the identity it names."""
    for link in kind.links:
        if item[link.name] is not None:
            yield (link.name,), BY_MODEL[link.related_model], item[link.name]
    for cited in kind.cited:
        for index, identity in enumerate(item[cited.key]):
            yield (cited.key, index), BY_MODEL[cited.target], identity
    for name in kind.references:
        if item[name]:
            target, _, identity = item[name].partition(":")
            yield (name,), REFERABLE[target], identity


def split(name: str) -> tuple[str, str]:
    target, _, identity = name.partition(":")
    return REFERABLE[target].key, identity


def file_refusals(file: dict) -> Iterator[Refusal]:
    """Each file as an upload is checked, and the very bytes that its SHA-256 and its size announce."""
    for index, item in enumerate(file[FILES.key]):
        path = (FILES.key, index)
        try:
            content = base64.b64decode(item["content"], validate=True)
        except (binascii.Error, ValueError):
            yield Refusal((*path, "content"), "ce n'est pas du base64.", "wrong_shape")
            continue
        if hashlib.sha256(content).hexdigest() != item["sha256"]:
            yield Refusal((*path, "sha256"), "l'empreinte n'est pas celle du contenu.", "wrong_sha256")
        if len(content) != item["size"]:
            yield Refusal((*path, "size"), f"le contenu a {len(content)} octets.", "wrong_size")
        yield from format_refusals(item, content, path)


def format_refusals(item: dict, content: bytes, path: tuple) -> Iterator[Refusal]:
    if safe_file_name(item["name"]) != item["name"]:
        yield Refusal((*path, "name"), "ce n'est pas un nom de fichier sûr.", "wrong_name")
    try:
        format_ = check_upload(item["name"], io.BytesIO(content), len(content), largest=LARGEST_DOCUMENT)
    except ValidationError as error:
        yield Refusal((*path, "content"), error.message, error.code)
        return
    if item["content_type"] != format_.content_type:
        yield Refusal((*path, "content_type"), f"le type d'un tel fichier est {format_.content_type}.", "wrong_type")
