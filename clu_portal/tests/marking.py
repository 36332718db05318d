"""Each word that a test stores carries a mark: whose it is, and what it does where it is not escaped (T04, I01)."""

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
SHORT = "<b>\"'"
# Names and fingerprints that the portal makes itself; nobody types them.
TECHNICAL = {
    "audit.AuditEntry": {"verb", "subject", "address", "request_reference", "previous_hash", "hash"},
    "audit.AuditHead": {"hash"},
    "audit.Operation": {"operation_id"},
    "action_plan.Action": {"origin"},
    "committees.Approval": {"sha256"},
    "committees.Minutes": {"text_hash"},
    "committees.SectionRevision": {"operation_id"},
    "files.Rendering": {"kind", "subject", "input_hash"},
    "files.StoredFile": {"content_type", "sha256"},
    "links.Link": {"source", "target"},
    "mail.OutgoingMessage": {"kind", "dedup_key", "message_id", "html"},
    "accounts.User": {"password"},
    "organisations.Prefecture": {"slug", "department_code"},
}


@dataclass(frozen=True)
class Mark:
    """`owner` names the préfecture; the directory, which everybody may read, carries no name."""

    owner: str

    def on(self, value: str, room: int | None, *, named: bool = True) -> str:
        """Return the value with its mark at the end, shortened to the room there is."""
        owner = self.owner if named else ""
        for mark in (f"{owner}{HOSTILE}", f"{owner}{SHORT}", owner):
            if mark and (room is None or len(mark) <= room):
                return f"{value}{mark}" if room is None else f"{value[: room - len(mark)]}{mark}"
        return value


def typed_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields that hold what somebody typed."""
    technical = TECHNICAL.get(model._meta.label, set())
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.EmailField)
        and not field.choices
        and field.name not in technical
    ]


@contextmanager
def marked(mark: Mark) -> Iterator[None]:
    """Every row made in this block carries the mark in each of its words, those left empty included."""
    senders = {*tenant_models(), User, Role, Prefecture}

    def put(sender, instance, **kwargs):
        if sender in senders and instance._state.adding:
            for field in typed_fields(sender):
                value = mark.on(getattr(instance, field.name) or "", field.max_length, named=sender is not Prefecture)
                setattr(instance, field.name, value)

    pre_save.connect(put)
    try:
        yield
    finally:
        pre_save.disconnect(put)


def models_with_words() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model in {*tenant_models(), User, Role} and typed_fields(model)]
