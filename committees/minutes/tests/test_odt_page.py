"""The minutes as .odt: what is in the file, the mark on its pages, who may take it."""

import io
import zipfile

import pytest
from django.urls import reverse

from committees.tests.factories import drafted_minutes, member_of, referent, sealed_minutes, secretary_general

DRAFT, COPY = "PROJET – non approuvé", "Copie de travail : seul le PDF scellé fait foi"


def asked(client, minutes):
    return client.get(reverse("committees:minutes_odt", args=[minutes.prefecture.slug, minutes.pk]))


@pytest.mark.parametrize(("made", "mark"), [(drafted_minutes, DRAFT), (sealed_minutes, COPY)], ids=["draft", "sealed"])
def test_minutes_odt_holds_the_title_and_says_on_each_page_what_it_is(client, prefecture, made, mark):
    minutes = made()
    client.force_login(referent())
    answer = asked(client, minutes)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        content, styles = archive.read("content.xml").decode(), archive.read("styles.xml").decode()
    assert '-v1.odt"' in answer["Content-Disposition"]
    assert minutes.title_lines.splitlines()[0] in content
    assert mark in styles


def test_minutes_odt_by_role(client, prefecture):
    minutes = sealed_minutes()
    found = []
    for user in (referent(), secretary_general(), member_of(minutes.meeting.committee)):
        client.force_login(user)
        found.append(asked(client, minutes).status_code)
    assert found == [200, 200, 403]
