"""What the pages open on minutes in review are told."""

from clu_portal.files.rendering import latest_rendering, run_rendering
from committees.minutes import acts
from committees.minutes.following import AWAITED, REVIEW_OVER, minutes_standing, rendering_under_way
from committees.minutes.models import Minutes
from committees.tests.factories import member_of, referent, render, secretary_general, submitted_minutes


def told(minutes: Minutes) -> tuple[str, str]:
    minutes = Minutes.objects.get(pk=minutes.pk)
    standing = minutes_standing(minutes, rendering_under_way(minutes))
    return standing["stage"], standing["step"]


def test_standing_passes_from_the_pages_to_the_approval_to_the_seal(prefecture):
    minutes = submitted_minutes()
    seen = [told(minutes)]
    pages = render(minutes, acts.APPROVAL_PDF)
    seen.append(told(minutes))
    sha256 = pages.file.sha256
    acts.approve_minutes(minutes=minutes, file=pages.file, shown_sha256=sha256, by=secretary_general())
    seen.append(told(minutes))
    seal = render(minutes, acts.SEAL)
    seen.append(told(minutes))
    assert seen == [
        (f"{pages.pk}-making", "en attente"),
        (f"{pages.pk}-done", AWAITED),
        (f"{seal.pk}-making", "en attente"),
        ("sealed", REVIEW_OVER["sealed"]),
    ]


def test_standing_of_minutes_returned_says_so(prefecture):
    minutes = submitted_minutes()
    render(minutes, acts.APPROVAL_PDF)
    acts.return_minutes(minutes=minutes, reason="Deux noms à corriger.", by=secretary_general())
    assert told(minutes) == ("drafting", REVIEW_OVER["drafting"])


def test_standing_of_a_seal_that_failed_says_so(prefecture):
    minutes = submitted_minutes()
    pages = render(minutes, acts.APPROVAL_PDF)
    approver = secretary_general()
    acts.approve_minutes(minutes=minutes, file=pages.file, shown_sha256=pages.file.sha256, by=approver)
    approver.roles.update(ends_on="2025-01-01", starts_on="2025-01-01")
    seal = latest_rendering(acts.SEAL, minutes)
    run_rendering(seal.ticket_id)
    assert told(minutes) == (f"{seal.pk}-failed", "La préparation a échoué.")


def test_only_who_reads_a_text_in_review_is_told_what_it_is_worth(client, prefecture):
    minutes = submitted_minutes()
    told = {}
    for user in (member_of(minutes.meeting.committee), secretary_general(), referent()):
        client.force_login(user)
        page = client.get(minutes.get_absolute_url()).content.decode()
        told[user] = "ne fait pas foi tant qu'il n'est pas approuvé" in page
    assert list(told.values()) == [True, False, False]
