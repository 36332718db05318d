from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from clu_portal.mail import acts, permissions
from clu_portal.mail.models import OutgoingMessage

PAGE_SIZE = 50


@require_safe
def message_list(request, prefecture):
    """« Courriels envoyés »: what the demonstration would have sent, with the texts."""
    permissions.require_reader_of_texts(request.user)
    return render(request, "mail/message_list.html", page_of_messages(request))


@require_safe
def message_detail(request, prefecture, message_uuid):
    message = permissions.get_message_to_read(request.user, message_uuid)
    files = message.attachments.select_related("file")
    return render(request, "mail/message_detail.html", {"message": message, "files": files})


@require_safe
def delivery_list(request, prefecture):
    """« Envois »: what became of each message; no text."""
    permissions.require_watcher(request.user)
    return render(request, "mail/delivery_list.html", page_of_messages(request))


@require_POST
def delivery_replay(request, prefecture, message_uuid):
    message = permissions.get_message_to_replay(request.user, message_uuid)
    try:
        acts.replay_message(message=message, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Le courriel à {message.recipient} va être envoyé à nouveau.")
    return redirect("mail:delivery_list", prefecture=prefecture)


def page_of_messages(request) -> dict:
    """One page of messages, and the mark where the next one begins (« ?avant=… »), empty on the last."""
    before = request.GET.get("avant", "")
    pk = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    found = list(OutgoingMessage.objects.page_before(pk, PAGE_SIZE + 1))
    page = found[:PAGE_SIZE]
    return {"outgoing": page, "next_mark": page[-1].pk if len(found) > PAGE_SIZE else ""}
