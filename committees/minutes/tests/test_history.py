"""The versions of the text: their pages, and what restoring one does."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from clu_portal.audit.models import AuditEntry
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.minutes import freezing, history
from committees.minutes.models import Minutes, SectionRevision
from committees.minutes.tests.test_api import section
from committees.minutes.text import OrderChange, SectionChange, contents, save_text
from committees.tests.factories import drafted_minutes, member_of, referent, secretary_general


@pytest.fixture
def writer(client, prefecture):
    client.user = referent()
    client.force_login(client.user)
    return client


@pytest.fixture
def minutes(writer):
    return drafted_minutes(by=writer.user)


def save(minutes, uuid: str, base: int, words: str | None, order: list[str] | None = None) -> SectionRevision:
    minutes = Minutes.objects.get(pk=minutes.pk)
    moved = OrderChange(minutes.order_version, order) if order else None
    change = SectionChange(uuid, base, section(uuid, words) if words is not None else None)
    save_text(minutes=minutes, changes=[change], order=moved, operation_id=uuid4().hex, by=referent())
    return history.revisions_of(minutes).first()


def words(minutes) -> list[str]:
    found = []
    for content in contents(Minutes.objects.get(pk=minutes.pk)):
        found += [leaf["text"] for block in content["content"] for leaf in block.get("content", []) if "text" in leaf]
    return found


def of(name: str, minutes, pk: int | None = None) -> str:
    return reverse(f"committees:{name}", args=[minutes.prefecture.slug, pk or minutes.pk])


def shown(minutes) -> int:
    return history.last_change(Minutes.objects.get(pk=minutes.pk))


def test_versions_are_listed_the_latest_first_with_who_and_section(writer, minutes):
    save(minutes, str(uuid4()), 0, "Premier jet")
    page = writer.get(of("minutes_versions", minutes))
    [(revision, name), *_] = page.context["rows"]
    assert (name, revision.version, str(revision.author) in page.content.decode()) == ("« Premier jet »", 1, True)


def test_a_removal_is_listed_by_what_it_took_away(writer, minutes, count_queries):
    uuid, order = str(uuid4()), minutes.section_order
    save(minutes, uuid, 0, "À garder", [uuid, *order])
    save(minutes, uuid, 1, None, order)
    address = of("minutes_versions", minutes)
    assert [name for _, name in writer.get(address).context["rows"]][:2] == [
        "section retirée : « À garder »",
        "« À garder »",
    ]
    one = count_queries(lambda: writer.get(address))
    other = str(uuid4())
    save(minutes, other, 0, "Autre", [other, *order])
    save(minutes, other, 1, None, order)
    assert count_queries(lambda: writer.get(address)) == one


def test_versions_of_one_section_and_page_after_page(writer, minutes, monkeypatch):
    monkeypatch.setattr("committees.minutes.views.history.PAGE_SIZE", 2)
    uuid = str(uuid4())
    for base in range(5):
        save(minutes, uuid, base, f"jet {base + 1}")
    seen, query = [], f"?section={uuid}"
    while query:
        context = writer.get(of("minutes_versions", minutes) + query).context
        seen.append([revision.version for revision, _ in context["rows"]])
        query = f"?section={uuid}&avant={context['last'].pk}" if context["last"] else ""
    assert seen == [[5, 4], [3, 2], [1]]


@pytest.mark.parametrize("name", ["minutes_versions", "minutes_version", "minutes_at"])
def test_pages_cost_the_same_for_1_and_30_versions(writer, minutes, count_queries, name):
    uuid = str(uuid4())
    revision = save(minutes, uuid, 0, "jet")
    address = of(name, minutes, None if name == "minutes_versions" else revision.pk)
    writer.get(address)
    one = count_queries(lambda: writer.get(address))
    for base in range(1, 30):
        save(minutes, uuid, base, f"jet {base}")
        save(minutes, str(uuid4()), 0, f"autre {base}")
    assert count_queries(lambda: writer.get(address)) == one


def test_version_page_shows_the_difference_in_the_text(writer, minutes):
    uuid = str(uuid4())
    save(minutes, uuid, 0, "Le délai est de dix jours")
    revision = save(minutes, uuid, 1, "Le délai est de quinze jours")
    page = writer.get(of("minutes_version", minutes, revision.pk)).content.decode()
    assert "Le délai est de <del>dix</del><ins>quinze</ins> jours" in page
    assert "C&#x27;est le texte de maintenant." in page or "C'est le texte de maintenant." in page
    assert "Rétablir" not in page


def test_section_restored_is_a_new_version_with_its_trace(writer, minutes):
    uuid = str(uuid4())
    first = save(minutes, uuid, 0, "Avant")
    save(minutes, uuid, 1, "Après")
    answer = writer.post(of("minutes_version", minutes, first.pk), {"shown": shown(minutes)})
    assert answer.status_code == 302
    assert [text for text in words(minutes) if text in ("Avant", "Après")] == ["Avant"]
    latest = history.revisions_of(minutes, uuid).first()
    assert (latest.version, latest.author) == (3, writer.user)
    entry = AuditEntry.objects.get(verb="minutes_section_restored")
    assert entry.details == {"section": uuid, "restored_version": 1}


def test_removed_section_is_restored_in_the_order(writer, minutes):
    uuid, order = str(uuid4()), minutes.section_order
    first = save(minutes, uuid, 0, "À garder", [uuid, *order])
    save(minutes, uuid, 1, None, order)
    history.restore_section(revision=first, shown=shown(minutes), by=writer.user)
    assert "À garder" in words(minutes)
    assert uuid in Minutes.objects.get(pk=minutes.pk).section_order


def test_whole_text_restored_brings_back_sections_order_and_removes_the_later_ones(writer, minutes):
    one, two, order = str(uuid4()), str(uuid4()), minutes.section_order
    save(minutes, one, 0, "Un", [one, *order])
    moment = save(minutes, one, 1, "Un bis")
    before = words(minutes)
    save(minutes, two, 0, "Deux", [two, *order, one])
    save(minutes, one, 2, "Un ter")
    page = writer.get(of("minutes_at", minutes, moment.pk)).content.decode()
    assert "<del>Deux</del>" in page
    answer = writer.post(of("minutes_at", minutes, moment.pk), {"shown": shown(minutes)})
    assert answer.status_code == 302
    assert words(minutes) == before
    assert Minutes.objects.get(pk=minutes.pk).section_order == [one, *order]
    assert AuditEntry.objects.filter(verb="minutes_text_restored").count() == 1


def test_first_moment_holds_every_section_it_began_with(minutes):
    first = history.revisions_of(minutes).last()
    assert list(history.text_at(minutes, first.at)) == minutes.section_order


@pytest.mark.parametrize("case", ["stale", "frozen", "same"])
def test_restore_refused_changes_nothing(writer, minutes, case):
    uuid = str(uuid4())
    first = save(minutes, uuid, 0, "Avant", [*minutes.section_order, uuid])
    latest = save(minutes, uuid, 1, "Après")
    number = shown(minutes)
    if case == "stale":
        latest = save(minutes, uuid, 2, "Entre-temps")
    if case == "frozen":
        freezing.freeze_minutes(minutes=minutes, reason="x", by=writer.user)
    revision = latest if case == "same" else first
    with pytest.raises(ValidationError) as refusal:
        history.restore_section(revision=revision, shown=number, by=writer.user)
    assert refusal.value.code == case
    assert history.revisions_of(minutes, uuid).first() == latest


def test_restore_refused_is_said_on_the_page(writer, minutes):
    uuid = str(uuid4())
    first = save(minutes, uuid, 0, "Avant")
    save(minutes, uuid, 1, "Après")
    page = writer.post(of("minutes_version", minutes, first.pk), {"shown": "1"}).content.decode()
    assert "modifié depuis que cette page est affichée" in page


def test_versions_are_read_by_who_approves_not_by_members_nor_next_door(minutes, client):
    revision = history.revisions_of(minutes).first()
    addresses = [
        of("minutes_versions", minutes),
        *(of(n, minutes, revision.pk) for n in ("minutes_version", "minutes_at")),
    ]
    client.force_login(secretary_general())
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    assert b"tablir cette version" not in client.get(addresses[1]).content
    assert client.post(addresses[1], {"shown": shown(minutes)}).status_code == 403
    client.force_login(member_of(minutes.meeting.committee))
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


def test_T02_versions_of_another_prefecture_are_404(writer, prefecture):
    with scope(PrefectureFactory().pk):
        foreign = drafted_minutes()
        revision = history.revisions_of(foreign).first()
    for name, pk in (("minutes_versions", foreign.pk), ("minutes_version", revision.pk), ("minutes_at", revision.pk)):
        assert writer.get(reverse(f"committees:{name}", args=[prefecture.slug, pk])).status_code == 404
