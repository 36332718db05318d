"""Who may see the messages of a préfecture: its référent; those of the national administration: its administrators."""

import uuid

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User, require_role
from clu_portal.mail.models import OutgoingMessage

WATCHERS = (RoleKind.REFERENT, RoleKind.NATIONAL_ADMIN)


def require_watcher(user: User) -> None:
    require_role(user, *WATCHERS)


def require_reader_of_texts(user: User) -> None:
    """The texts hold personal links: they are shown in a demonstration only, and elsewhere the page does not exist."""
    if not settings.DEMONSTRATION:
        raise Http404
    require_watcher(user)


def get_message_to_read(user: User, message_uuid: uuid.UUID) -> OutgoingMessage:
    require_reader_of_texts(user)
    return get_object_or_404(OutgoingMessage.objects.select_related("ticket"), uuid=message_uuid)


def get_message_to_replay(user: User, message_uuid: uuid.UUID) -> OutgoingMessage:
    require_watcher(user)
    return get_object_or_404(OutgoingMessage.objects.select_related("ticket"), uuid=message_uuid)
