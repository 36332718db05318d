"""The minutes as a text document, for whoever prepares them: the very page of the PDF, to be worked on elsewhere."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from clu_portal.lib.odt import MIME_TYPE, odt_of_html
from clu_portal.lib.text import content_disposition
from clu_portal.tenancy import current_prefecture
from committees.composition.documents import DEMONSTRATION_MARK
from committees.minutes import permissions
from committees.minutes.documents import minutes_document, minutes_html
from committees.minutes.models import Minutes
from committees.minutes.renderers import file_name

COPY, DRAFT = "Copie de travail : seul le PDF scellé fait foi", "PROJET – non approuvé"


@require_GET
def minutes_odt(request, prefecture, pk):
    minutes = permissions.get_minutes_to_prepare(request.user, pk)
    name = file_name(minutes).removesuffix(".pdf") + ".odt"
    return odt_response(minutes_as_odt(minutes), name)


def minutes_as_odt(minutes: Minutes) -> bytes:
    """The text of the moment, said to be a draft or a copy on each page: a file that can be changed proves nothing."""
    draft = not minutes.is_sealed
    document = minutes_document(minutes, draft=draft)
    return odt_of_html(minutes_html(minutes, draft=draft), title=document["title"], mark=mark_of(minutes))


def mark_of(minutes: Minutes | None) -> str:
    """What each page says of a file drawn from minutes, or from a meeting alone."""
    demonstration = settings.DEMONSTRATION or current_prefecture().is_demonstration
    said = "" if minutes is None else COPY if minutes.is_sealed else DRAFT
    return " · ".join(filter(None, [said, DEMONSTRATION_MARK if demonstration else ""]))


def odt_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MIME_TYPE)
    response["Content-Disposition"] = content_disposition(name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
