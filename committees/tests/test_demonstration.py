"""Each invented préfecture prints what its story is there to show, as a valid PDF; loaded again, nothing changes."""

from datetime import date

import pytest
from django.utils import timezone

from clu_portal import demonstration as kernel
from clu_portal.demonstration.prefectures import PREFECTURES
from clu_portal.isolation import tenant_models
from clu_portal.lib.fuzzy_date import Precision
from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings
from clu_portal.tenancy import scope
from committees import demonstration
from committees.demonstration.story import near
from committees.meetings.models import Meeting
from committees.minutes.documents import minutes_html
from committees.minutes.indexed import Answer, Decision, Remark
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.reading import text_of

SLUGS = [planned.slug for planned in PREFECTURES]


@pytest.fixture
def told(db):
    """Load one préfecture but for its sealed documents, and give its main minutes in its open scope."""

    def load(slug: str) -> Minutes:
        prefecture = kernel.load_prefecture(next(one for one in PREFECTURES if one.slug == slug))
        opened = scope(prefecture.pk)
        opened.__enter__()
        scopes.append(opened)
        demonstration.load(prefecture)
        hands = demonstration.Hands.of(prefecture)
        return Minutes.objects.get(meeting__uuid=hands.uuid_of("complete"))

    scopes = []
    yield load
    for opened in scopes:
        opened.__exit__(None, None, None)


def pages_of(minutes: Minutes) -> list[str]:
    document = render_pdf(minutes_html(minutes, draft=False), created_at=timezone.now())
    text = pdf_text(document).replace("\u00a0", " ").replace("\u202f", " ")
    return [" ".join(page.split()) for page in text.split("\f") if page.strip()]


def labels_of(minutes: Minutes) -> list[str]:
    headings = [node for section in contents(minutes) for node in section["content"] if node["type"] == "heading"]
    return [node["attrs"]["label"] for node in headings if node["attrs"]["label"]]


def lines_under(minutes: Minutes) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for heading, line in minutes.meeting.attendances.values_list("group_heading", "printed_line"):
        groups.setdefault(heading, []).append(line)
    return groups


@pytest.mark.parametrize("slug", SLUGS)
def test_demonstration_main_minutes_are_a_valid_pdf(told, slug):
    minutes = told(slug)
    document = render_pdf(minutes_html(minutes, draft=False), created_at=timezone.now())
    assert findings(document) == []


def test_demonstration_valmarche_has_two_groups_italic_headings_and_five_lines_of_signature(told):
    minutes = told("valmarche")
    groups, text = lines_under(minutes), " ".join(pages_of(minutes))
    assert [(heading, len(lines)) for heading, lines in groups.items()] == [
        ("Représentants des associations et des collectivités", 3),
        ("Représentants de l'administration", 4),
        ("Absents excusés", 3),
    ]
    assert "Association Handicap et Cité : Mme Apolline Ferlande et M. Octave Ramillon" in text
    assert "Directrice de la citoyenneté : représentée par Mme Ludivine Haubrecourt, cheffe du bureau" in text
    assert labels_of(minutes) == ["1)", "2)", "3)", "4)", "5)"]
    assert "La Préfète P/La Préfète La Secrétaire Générale signé Mathilde CORVASIER" in text
    head = "PRÉFÈTE DE LA VALMARCHE Secrétariat général Mission qualité "
    assert f"{head}Affaire suivie par : Solène AUBRAC / Jocelin TREMBLIN Tél : 03 53" in text
    assert minutes.meeting.next_meeting.precision == Precision.QUARTER
    assert "Annexe Diapositives commentées en séance" in text


def test_demonstration_ombreuse_has_exchanges_nobody_in_the_list_nor_in_the_chair(told):
    minutes = told("ombreuse")
    pages = pages_of(minutes)
    assert (minutes.meeting.chair, minutes.meeting.attendances.count()) == ("", 0)
    answers = Answer.objects.filter(exchange__minutes=minutes)
    assert (Remark.objects.filter(exchange__minutes=minutes).count(), answers.count()) == (8, 7)
    assert [answer.text[:9] for answer in answers.filter(speaker="").order_by("pk")] == ["Le module", "Il vaut 3"]
    assert all(f"{number}/{len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert [" ".join(label.split()) for label in labels_of(minutes)] == ["1 –", "2 –"]
    assert minutes.meeting.next_meeting.precision == Precision.EVENT
    assert "signature_block" not in {node["type"] for section in contents(minutes) for node in section["content"]}


def test_demonstration_bruyes_joins_two_committees_and_excuses_one_who_came_too(told):
    minutes = told("hautes-bruyes")
    meeting, pages = minutes.meeting, pages_of(minutes)
    assert [len(lines) for lines in lines_under(minutes).values()] == [1, 14, 12]
    assert len(meeting.committees) == 2
    of_both_lists = meeting.attendances.filter(organisation__name="Accueil et Droits des Bruyes")
    assert [line.status for line in of_both_lists] == ["present", "excused"]
    assert labels_of(minutes) == ["I/", "1°)", "2°)", "II/"]
    assert [".../..." in page for page in pages] == [True] * (len(pages) - 1) + [False]
    assert (meeting.starts_at, meeting.ends_at.minute) == (None, 15)
    assert "Le secrétaire général Côme DELESTRANGE" in pages[-1]


def test_demonstration_fortargent_prints_excusees_and_the_labels_as_typed(told):
    minutes = told("fortargent")
    assert {heading: len(lines) for heading, lines in lines_under(minutes).items()} == {
        "Présidence": 1,
        "Participants": 12,
        "Excusées": 3,
    }
    assert labels_of(minutes) == [
        *("1)", "2)", "a)", "b)", "3)"),
        *("a)", "b)", "c)", "d)", "e)", "f)", "g)"),
        *("3)", "4)"),
    ]
    assert Decision.objects.get(minutes=minutes).kind == "validation"
    text = " ".join(pages_of(minutes))
    assert "PRÉFET DU TERRITOIRE DE FORTARGENT" in text
    assert "Compte-rendu 23/09/26 Dossier suivi par : SECRÉTARIAT GÉNÉRAL" in text
    assert "– de 2 %" in text


def test_demonstration_esparre_has_a_table_over_two_pages_and_twelve_actions(told):
    minutes = told("haute-esparre")
    pages = pages_of(minutes)
    assert [len(lines) for lines in lines_under(minutes).values()] == [10, 4]
    first = next(number for number, page in enumerate(pages) if "Amabilité à l'accueil" in page)
    last = next(number for number, page in enumerate(pages) if "Ensemble de l'accueil" in page)
    assert last == first + 1
    assert all("Satisfait et très satisfait" in pages[number] for number in (first, last))
    text = " ".join(pages)
    assert all(f"{number}) " in text for number in range(1, 13))
    assert (text.count("✓"), text.count("➔")) == (19, 6)
    assert minutes.dated_on == minutes.meeting.held_on


def test_demonstration_tells_every_stage_of_a_meeting(told):
    today = timezone.localdate()
    meetings = [meeting for tell in demonstration.STORIES.values() for meeting in tell(today).meetings]
    assert {meeting.state for meeting in meetings} == {"prepared", "convened", "held", "cancelled", "postponed"}
    assert {meeting.text.reaches if meeting.text else "" for meeting in meetings if meeting.state == "held"} == {
        *("", "drafting", "in_review", "sealed")
    }


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2028, 2, 29), date(2031, 12, 31)])
@pytest.mark.parametrize("slug", SLUGS)
def test_demonstration_story_stands_whatever_the_day(slug, today):
    for meeting in demonstration.STORIES[slug](today).meetings:
        is_past = meeting.held_on is not None and meeting.held_on <= today
        assert is_past or meeting.state in ("prepared", "convened")
        assert meeting.held_on is None or meeting.held_on.weekday() < 5


@pytest.mark.parametrize(
    ("days", "expected"), [(0, date(2026, 3, 19)), (1, date(2026, 3, 26)), (-7, date(2026, 3, 12))]
)
def test_near_is_that_day_or_the_next_of_its_name(days, expected):
    assert near(date(2026, 3, 19), days, 3) == expected


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_demonstration_corrects_what_it_sealed_and_resumes_an_interrupted_loading():
    planned = PREFECTURES[0]
    prefecture = kernel.load_prefecture(planned)
    with scope(prefecture.pk):
        demonstration.load(prefecture)  # interrupted here: nothing is submitted yet
        assert not Minutes.objects.sealed().exists()
    kernel.load(planned)
    with scope(prefecture.pk):
        hands = demonstration.Hands.of(prefecture)
        versions = Minutes.objects.filter(meeting__uuid=hands.uuid_of("complete")).order_by("version_number")
        first, second = [" ".join(text_of(section) for section in contents(minutes)) for minutes in versions]
        assert [minutes.state for minutes in versions] == ["replaced", "sealed"]
        assert ("Mme Ferlandes" in first, "Mme Ferlandes" in second, "Mme Ferlande" in second) == (True, False, True)
        assert Minutes.objects.sealed().values("meeting").distinct().count() == 3
        assert versions[1].distributions.count() == 1
        assert Meeting.objects.get(uuid=hands.uuid_of("cancelled")).state_reason
        before = counts()
    kernel.load(planned)
    with scope(prefecture.pk):
        assert counts() == before


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in tenant_models()}
