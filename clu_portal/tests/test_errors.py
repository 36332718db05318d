"""What a person sees when something goes wrong (L02)."""

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from clu_portal.errors import csrf_failure, server_error

pytestmark = pytest.mark.urls("clu_portal.tests.gallery")
STATUS = {"bad_request": 400, "forbidden": 403, "not_found": 404, "error": 500, "unavailable": 503}


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "status"), STATUS.items())
def test_L02_any_exception_gives_a_page_and_a_reference_and_no_detail(client, caplog, kind, status):
    client.raise_request_exception = False
    answer = client.get(f"/panne/{kind}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer.wsgi_request.reference in page
    assert "secret" not in page
    assert "Traceback" not in page


@pytest.mark.django_db
def test_L02_reference_of_the_page_is_the_one_of_the_log(client, caplog):
    client.raise_request_exception = False
    answer = client.get("/panne/error/")
    assert "détail secret" in caplog.text
    assert f"<code>{answer.wsgi_request.reference}</code>" in answer.content.decode()


def test_failure_of_a_prefecture_names_it(client, prefecture):
    page = client.get(f"/{prefecture.slug}/panne/forbidden/").content.decode()
    assert prefecture.name in page
    assert f'href="/{prefecture.slug}/"' in page


def test_L02_server_error_asks_the_database_nothing(django_assert_num_queries):
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Client().get("/")
    assert server_error(RequestFactory().get("/")).status_code == 500


@pytest.mark.django_db
def test_unavailable_says_when_to_come_back(client):
    client.raise_request_exception = False
    assert client.get("/panne/unavailable/").headers["Retry-After"] == "30"


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "status"), STATUS.items())
def test_script_gets_its_failure_as_json(client, kind, status):
    client.raise_request_exception = False
    answer = client.get(f"/panne/{kind}/", headers={"accept": "application/json"})
    assert answer.status_code == status
    assert answer.json() == {"error": kind, "reference": answer.wsgi_request.reference}


@pytest.mark.django_db
def test_form_without_its_token_says_what_became_of_the_text():
    answer = Client(enforce_csrf_checks=True).post("/compte/connexion/", {"login": "x"})
    assert answer.status_code == 403
    assert "n'a pas été enregistré" in answer.content.decode()
    assert answer.wsgi_request.reference in answer.content.decode()


def test_csrf_failure_view_is_the_one_of_the_settings():
    assert f"{csrf_failure.__module__}.{csrf_failure.__name__}" == settings.CSRF_FAILURE_VIEW


def test_address_of_an_act_opened_as_a_page_says_that_nothing_was_done(client, prefecture):
    answer = client.get(f"/{prefecture.slug}/panne/12/faire/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Rien n'a été enregistré." in page
    assert f'href="/{prefecture.slug}/panne/12/"' in page
    assert client.post(f"/{prefecture.slug}/panne/12/faire/").content == b"fait"


def test_script_that_asks_an_act_for_its_data_is_told_so(client, prefecture):
    answer = client.get(f"/{prefecture.slug}/panne/12/faire/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (405, "act_only")
