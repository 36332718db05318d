"""A version after the first: what it says it replaces, and how it is given up."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.lib.pdf import pdf_text
from clu_portal.lib.tests.papers import findings
from clu_portal.tests.factories import user_with_role
from committees.distribution.verification import verify_minutes
from committees.minutes import acts, corrections
from committees.minutes.documents import minutes_text, version_lines
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes, SectionRevision
from committees.tests.factories import drafted_minutes, member_of, referent, render, sealed_minutes, secretary_general

REASON = "Le nom de M. Brun était mal écrit."


@pytest.fixture
def sealed(prefecture) -> Minutes:
    return sealed_minutes()


def corrected(minutes: Minutes, reason: str = "") -> Minutes:
    return corrections.correct_minutes(minutes=minutes, reason=reason, by=referent())


def seal(minutes: Minutes) -> Minutes:
    acts.submit_minutes(minutes=minutes, by=referent())
    file = render(minutes, acts.APPROVAL_PDF).file
    acts.approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=secretary_general())
    render(minutes, acts.SEAL)
    return Minutes.objects.get(pk=minutes.pk)


def refused(act, minutes: Minutes) -> str:
    before = Minutes.objects.values().get(pk=minutes.pk)
    with pytest.raises(ValidationError) as refusal:
        act(minutes=minutes, by=referent())
    assert Minutes.objects.values().get(pk=minutes.pk) == before
    return refusal.value.code


def page(client, minutes: Minutes, user) -> str:
    client.force_login(user)
    return client.get(minutes.get_absolute_url()).content.decode()


def test_second_version_says_on_paper_which_one_it_replaces_and_why(sealed):
    second = seal(corrected(sealed, REASON))
    printed = " ".join(pdf_text(second.sealed_file.content).replace("\u00a0", " ").split())
    [said, why] = version_lines(second)
    assert said.startswith("Version 2, remplace la version 1 du ")
    assert f"{said} {REASON}" in printed
    assert f"{said}\n{why}" in minutes_text(second)
    assert findings(second.sealed_file.content) == []
    assert version_lines(sealed) == []


@pytest.mark.parametrize(
    ("sealed_at", "day"),
    [
        (datetime(2026, 9, 30, 21, 59, tzinfo=UTC), "30 septembre 2026"),
        (datetime(2026, 9, 30, 22, 0, tzinfo=UTC), "1er octobre 2026"),
    ],
)
def test_version_line_gives_the_day_in_france_the_former_one_was_sealed(sealed, sealed_at, day, monkeypatch):
    second = corrected(sealed)
    sealed.sealed_at = sealed_at
    monkeypatch.setattr(Minutes, "replaced_version", lambda self: sealed)
    assert version_lines(second) == [f"Version 2, remplace la version 1 du {day}."]


def test_pages_of_both_versions_lead_to_one_another(client, sealed):
    member = member_of(sealed.meeting.committee)
    second = seal(corrected(sealed, REASON))
    first_page, second_page = page(client, sealed, member), page(client, second, member)
    assert f'<a href="{second.get_absolute_url()}">version 2</a>' in first_page
    assert "Elle reste lisible, mais ne fait plus foi." in first_page
    assert version_lines(second)[0] in second_page
    assert REASON.replace("M. ", "M.\u00a0") in second_page
    assert "ne fait plus foi" not in second_page


def test_public_page_says_a_replaced_file_is_genuine_but_replaced(client, sealed):
    content = sealed.sealed_file.content
    assert verify_minutes(content).record.replaced_by is None
    seal(corrected(sealed))
    verdict = verify_minutes(content)
    assert (verdict.is_authentic, verdict.record.version_number, verdict.record.replaced_by) == (True, 1, 2)
    answer = client.post(reverse("minutes_verify"), {"pdf": SimpleUploadedFile("a.pdf", content)}).content.decode()
    assert "Ce fichier est authentique, mais il a été remplacé" in answer
    assert "par la version 2, seule en vigueur" in answer


def test_correct_asks_first_and_begins_once(client, sealed):
    client.force_login(referent())
    address = reverse("committees:minutes_correct", args=[sealed.prefecture.slug, sealed.pk])
    asked = client.get(address).content.decode()
    assert "La version 1 reste en vigueur" in asked
    assert Minutes.objects.count() == 1
    sent = {"reason": REASON, "operation_id": "a-form"}
    first, second = client.post(address, sent), client.post(address, sent)
    correction = Minutes.objects.get(version_number=2)
    assert (first.url, second.url) == (correction.get_absolute_url(),) * 2
    assert (correction.correction_reason, correction.state) == (REASON, MinutesState.DRAFTING)


@pytest.mark.parametrize("submitted", [False, True])
def test_abandoned_version_leaves_the_sealed_one_in_force_and_keeps_its_text(client, sealed, submitted):
    second = corrected(sealed)
    if submitted:
        acts.submit_minutes(minutes=second, by=referent())
    kept = SectionRevision.objects.filter(section__minutes=second).count()
    client.force_login(referent())
    address = reverse("committees:minutes_abandon", args=[second.prefecture.slug, second.pk])
    assert "reste en vigueur" in client.get(address).content.decode()
    assert client.post(address).url == sealed.get_absolute_url()
    second.refresh_from_db()
    assert second.state == MinutesState.ABANDONED
    assert Minutes.objects.get(pk=sealed.pk).state == MinutesState.SEALED
    assert SectionRevision.objects.filter(section__minutes=second).count() == kept > 0


def test_number_of_an_abandoned_version_is_never_given_again(client, sealed):
    second = corrections.abandon_minutes(minutes=corrected(sealed), by=referent())
    address = reverse("committees:minutes_correct", args=[sealed.prefecture.slug, sealed.pk])
    client.force_login(referent())
    assert "Commencer la version 3" in client.get(address).content.decode()
    third = seal(corrected(sealed))
    assert [minutes.version_number for minutes in (sealed, second, third)] == [1, 2, 3]
    assert [str(minutes).removeprefix(str(sealed)) for minutes in (second, third)] == [
        " (version 2, abandonnée)",
        " (version 3)",
    ]
    assert version_lines(third)[0].startswith("Version 3, remplace la version 1 du ")


@pytest.mark.parametrize("submitted", [False, True])
def test_abandoned_version_says_so_on_its_page_in_its_title_and_on_paper(client, sealed, submitted):
    second = corrected(sealed, REASON)
    drawn = acts.draft_hash(second)
    if submitted:
        acts.submit_minutes(minutes=second, by=referent())
    second = corrections.abandon_minutes(minutes=second, by=referent())
    said = "Version 2, abandonnée avant d'être scellée : sans valeur."
    assert version_lines(second) == [said]
    assert said in minutes_text(second)
    assert acts.draft_hash(second) != drawn
    shown = page(client, second, referent())
    assert "(version 2, abandonnée)" in shown.partition("</title>")[0]
    assert "remplace la version" not in shown


def test_command_writes_the_version_in_force_and_not_a_later_one_given_up(sealed, tmp_path):
    corrections.abandon_minutes(minutes=corrected(sealed, REASON), by=referent())
    call_command("render_minutes", str(sealed.meeting_id), output=tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == sealed.sealed_file.content


def test_abandoned_version_never_changes_again_and_is_the_writers_business(client, sealed):
    second = corrections.abandon_minutes(minutes=corrected(sealed), by=referent())
    for change in ({"state": MinutesState.DRAFTING, "text_hash": ""}, {"place": "Ailleurs"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Minutes.objects.filter(pk=second.pk).update(**change)
    section = second.sections.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        second.sections.filter(pk=section.pk).update(version=9)
    client.force_login(member_of(sealed.meeting.committee))
    assert client.get(sealed.get_absolute_url()).status_code == 200
    assert client.get(second.get_absolute_url()).status_code == 404
    assert "Cette version a été abandonnée" in page(client, second, referent())


def test_abandon_is_refused_where_there_is_nothing_to_fall_back_on_and_changes_nothing(sealed):
    assert refused(corrections.abandon_minutes, sealed) == "not_open"
    assert refused(corrections.abandon_minutes, drafted_minutes()) == "first_version"
    second = corrected(sealed)
    with pytest.raises(PermissionDenied):
        corrections.abandon_minutes(minutes=second, by=user_with_role(RoleKind.AGENT))
    acts.submit_minutes(minutes=second, by=referent())
    file = render(second, acts.APPROVAL_PDF).file
    acts.approve_minutes(minutes=second, file=file, shown_sha256=file.sha256, by=secretary_general())
    assert refused(corrections.abandon_minutes, second) == "already_approved"


def test_reason_is_asked_of_a_correction_only(client, sealed):
    client.force_login(referent())
    fields = {}
    for minutes in (corrected(sealed), drafted_minutes()):
        address = reverse("committees:minutes_update", args=[minutes.prefecture.slug, minutes.pk])
        fields[minutes.version_number] = "correction_reason" in client.get(address).context["form"].fields
    assert fields == {2: True, 1: False}
