"""I10: every passage tried from every state; what is refused changes nothing."""

import pytest
from django.core.exceptions import ValidationError

from clu_portal.audit.models import AuditEntry
from clu_portal.files.models import Rendering
from clu_portal.files.rendering import latest_rendering
from clu_portal.files.storage import store_bytes
from committees.minutes import acts, corrections
from committees.minutes.models import Approval, Minutes
from committees.tests.factories import drafted_minutes, referent, secretary_general, submitted_minutes


def a_file():
    return store_bytes(name="pages.pdf", content=b"%PDF- pages", content_type="application/pdf")


def made_pages(minutes: Minutes):
    """The pages of a text submitted, as if a worker had just made them."""
    file = a_file()
    rendering = latest_rendering(acts.APPROVAL_PDF, minutes)
    if rendering:
        Rendering.objects.filter(pk=rendering.pk, file=None).update(file=file)
        return Rendering.objects.get(pk=rendering.pk).file
    return file


def approve(minutes: Minutes) -> None:
    file = made_pages(minutes)
    acts.approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=secretary_general())


def seal(minutes: Minutes) -> None:
    acts.seal_minutes(minutes=minutes, sealed_file=a_file(), by=None)


def approved_minutes() -> Minutes:
    minutes = submitted_minutes()
    approve(minutes)
    return minutes


def sealed_minutes() -> Minutes:
    minutes = approved_minutes()
    seal(minutes)
    return minutes


def replaced_minutes() -> Minutes:
    minutes = sealed_minutes()
    correction = corrections.correct_minutes(minutes=minutes, by=referent())
    acts.submit_minutes(minutes=correction, by=referent())
    approve(correction)
    seal(correction)
    return minutes


STATES = {
    "drafting": drafted_minutes,
    "in_review": submitted_minutes,
    "approved": approved_minutes,
    "sealed": sealed_minutes,
    "replaced": replaced_minutes,
}
PASSAGES = {
    "begin": lambda minutes: acts.begin_minutes(meeting=minutes.meeting, by=referent()),
    "update": lambda minutes: acts.update_minutes(minutes=minutes, title_lines="Autre", by=referent()),
    "submit": lambda minutes: acts.submit_minutes(minutes=minutes, by=referent()),
    "return": lambda minutes: acts.return_minutes(minutes=minutes, reason="x", by=referent()),
    "approve": approve,
    "seal": seal,
    "correct": lambda minutes: corrections.correct_minutes(minutes=minutes, by=referent()),
}
ALLOWED = {
    ("drafting", "update"): "drafting",
    ("drafting", "submit"): "in_review",
    ("in_review", "return"): "drafting",
    ("in_review", "approve"): "in_review",
    ("approved", "seal"): "sealed",
    ("sealed", "correct"): "sealed",
}


def picture(minutes: Minutes) -> tuple:
    """All that a passage could change."""
    rows = Minutes.objects.filter(meeting=minutes.meeting).order_by("pk").values_list("pk", "state", "title_lines")
    return list(rows), Approval.objects.count(), AuditEntry.objects.count()


@pytest.mark.parametrize("passage", PASSAGES)
@pytest.mark.parametrize("state", STATES)
def test_I10_every_passage_from_every_state_is_done_or_refused_whole(prefecture, state, passage):
    minutes = STATES[state]()
    before = picture(minutes)
    if (state, passage) in ALLOWED:
        PASSAGES[passage](minutes)
        assert Minutes.objects.get(pk=minutes.pk).state == ALLOWED[state, passage]
        assert picture(minutes) != before
    else:
        with pytest.raises(ValidationError) as refusal:
            PASSAGES[passage](minutes)
        assert refusal.value.code
        assert picture(minutes) == before
