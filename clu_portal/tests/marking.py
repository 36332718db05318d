"""Each word that a test stores carries a mark: whose it is, of which field, and what it does where it is not escaped.

« Z.A017<img src=x …> » is field 17 of préfecture A (T04, T14, I01).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models.signals import pre_save

from clu_portal.accounts.models import Role, User
from clu_portal.isolation import tenant_models
from clu_portal.organisations.models import Prefecture

HOSTILE = "<img src=x onerror=alert(1)>\"'"
SHORT = "<b>'"
UNESCAPED = re.compile(r"<img src=x|<b>'|<b>\"'")
MARK = re.compile(r"Z\.([A-Z])(\d{3})", re.IGNORECASE)
TEXT_OF_MINUTES = "committees.Section.content"
# What the portal makes itself, fingerprints, references, texts of mails; nobody types them. Rows taken from the text
# of minutes say its words again, with its mark (world.py: write).
TECHNICAL = {
    "committees.Answer": {"speaker", "text"},
    "committees.Citation": {"wording"},
    "committees.Decision": {"decided_by", "text"},
    "committees.Exchange": {"opening"},
    "committees.Remark": {"speaker", "text"},
    "audit.AuditEntry": {"verb", "subject", "address", "request_reference", "previous_hash", "hash"},
    "audit.AuditHead": {"hash"},
    "audit.KeptResult": {"name"},
    "audit.Operation": {"operation_id"},
    "action_plan.Action": {"origin"},
    "committees.Approval": {"sha256"},
    "committees.Minutes": {"text_hash"},
    "committees.Preview": {"asked_hash", "drawing_hash", "content_hash", "answered_hash", "error"},
    "committees.SentWarning": {"key"},
    "committees.SectionRevision": {"operation_id"},
    "files.Rendering": {"kind", "subject", "input_hash"},
    "files.StoredFile": {"content_type", "sha256"},
    "links.Link": {"source", "target"},
    "mail.OutgoingMessage": {"kind", "dedup_key", "message_id", "recipient", "subject", "text", "html"},
    "accounts.User": {"password", "email"},
    "organisations.ImportRun": {"kind"},
    "organisations.Prefecture": {"slug", "department_code"},
}


def marked_models() -> list[type[models.Model]]:
    """The models whose words belong to one préfecture; Prefecture itself is read by everybody, and has no owner."""
    return sorted([*tenant_models(), User, Role, Prefecture], key=lambda model: model._meta.label)


def typed_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields that hold what somebody typed."""
    technical = TECHNICAL.get(model._meta.label, set())
    words = (models.CharField, models.TextField)
    fields = [field for field in model._meta.concrete_fields if isinstance(field, words) and not field.choices]
    return [field for field in fields if field.name not in technical]


def labels() -> list[str]:
    """The name of each marked field; its place is its number."""
    names = [f"{model._meta.label}.{field.name}" for model in marked_models() for field in typed_fields(model)]
    return [TEXT_OF_MINUTES, *names]


@dataclass(frozen=True)
class Mark:
    owner: str

    def word(self, label: str) -> str:
        return f"Z.{self.owner}{labels().index(label):03d}"

    def on(self, value: str, label: str, room: int | None = None) -> str:
        """Return the value with its mark at the end, shortened to the room there is."""
        word = "" if label.startswith("organisations.Prefecture.") else self.word(label)
        for mark in (f"{word}{HOSTILE}", f"{word}{SHORT}", word):
            if mark and (room is None or len(mark) <= room):
                return f"{value if room is None else value[: room - len(mark)]}{mark}"
        return value

    def in_email(self, address: str, label: str) -> str:
        return f"{self.word(label)}.{address or 'x@example.test'}".lower()


@contextmanager
def marked(mark: Mark) -> Iterator[None]:
    """Every row made in this block carries the mark in each of its words, those left empty included."""
    senders = set(marked_models())

    def put(sender, instance, **kwargs):
        if sender not in senders or not instance._state.adding:
            return
        for field in typed_fields(sender):
            value, label = getattr(instance, field.name) or "", f"{sender._meta.label}.{field.name}"
            is_email = isinstance(field, models.EmailField)
            marked = mark.in_email(value, label) if is_email else mark.on(value, label, field.max_length)
            setattr(instance, field.name, marked)

    pre_save.connect(put)
    try:
        yield
    finally:
        pre_save.disconnect(put)


def marks_in(text: str, owner: str) -> set[str]:
    """The fields of a préfecture whose mark shows in a text."""
    known = labels()
    return {known[int(number)] for who, number in MARK.findall(text) if who.upper() == owner}


def fields_never_marked(mark: Mark) -> set[str]:
    """The fields of which no row of the préfecture of the moment carries the mark."""
    missing = set()
    for model in marked_models():
        for field in typed_fields(model):
            label = f"{model._meta.label}.{field.name}"
            rows = apps.get_model(model._meta.label).objects
            if model is not Prefecture and not rows.filter(**{f"{field.name}__icontains": mark.word(label)}).exists():
                missing.add(label)
    return missing
