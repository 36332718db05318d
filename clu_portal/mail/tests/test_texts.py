import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from clu_portal.mail.models import OutgoingMessage
from clu_portal.mail.tests.factories import enqueue
from clu_portal.mail.texts import compose
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory

TEMPLATES = {
    "emails/probe_subject.txt": "Réunion de {{ prefecture.name }}\n",
    "emails/probe.txt": "Bonjour {{ name }},\n\nVoir {{ base_url }}/verifier/ ou {{ base_url }}{{ address }}\n",
}


@pytest.fixture(autouse=True)
def probe_templates(settings):
    """Templates of these tests, beside those of the repository."""
    loaders = [
        ("django.template.loaders.locmem.Loader", TEMPLATES),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": options}]


def test_compose_draws_the_html_from_the_text(prefecture):
    subject, text, html = compose("probe", {"name": "l'agent", "address": "/acces/x/"})
    assert subject == f"Réunion de {prefecture.name}"
    assert text.startswith("Bonjour l'agent,\n\nVoir http://127.0.0.1:8000/verifier/ ou")
    assert '<html lang="fr">' in html
    assert f"<strong>{prefecture.name}</strong>" in html
    assert '<a href="http://127.0.0.1:8000/acces/x/"' in html
    assert "<p>Bonjour l&#x27;agent,</p>" in html


@pytest.mark.parametrize("value", ["{{ base_url }}", "{x.__class__}", "%s", "{% now 'Y' %}", "<img src=x onerror=1>"])
def test_I04_what_looks_like_a_placeholder_stays_text(prefecture, value):
    _, text, html = compose("probe", {"name": value, "address": ""})
    assert f"Bonjour {value}," in text
    assert "<img" not in html


def test_I07_subject_is_one_line(prefecture):
    prefecture.name = "Préfecture\r\nBcc: a@b.example\u2028"
    prefecture.save()
    subject, _, _ = compose("probe", {})
    assert subject == "Réunion de Préfecture Bcc: a@b.example"


def send_a_link(request):
    with scope(PrefectureFactory().pk):
        enqueue(text=compose("probe", {"address": "/acces/x/"})[1])
    return HttpResponse()


send_a_link.login_required = False
urlpatterns = [path("", send_a_link)]


@pytest.mark.django_db
@pytest.mark.urls("clu_portal.mail.tests.test_texts")
def test_B06_forged_host_does_not_change_the_links(settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://portail.example"
    Client().get(
        "/",
        secure=True,
        HTTP_HOST="voleur.example",
        HTTP_X_FORWARDED_HOST="voleur.example",
        HTTP_X_FORWARDED_PROTO="http",
        HTTP_FORWARDED="host=voleur.example",
    )
    text, message_id = sent_once()
    assert "https://portail.example/acces/x/" in text
    assert "voleur" not in text + message_id
    assert message_id.endswith("@portail.example>")


def sent_once() -> tuple[str, str]:
    from clu_portal.organisations.models import Prefecture

    with scope(Prefecture.objects.get().pk):
        return OutgoingMessage.objects.values_list("text", "message_id").get()
