"""The drafts: their words, the tagged PDF a worker makes, the text document another program reads."""

import io
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from clu_portal import offers
from clu_portal.files.rendering import latest_rendering, run_rendering
from clu_portal.lib.odt import MIME_TYPE, render_odt
from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings
from clu_portal.organisations.models import DocumentLayout, Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.composition.documents import act_document, letters_document
from committees.composition.models import CompositionAct
from committees.composition.renderers import DRAFTS
from committees.composition.tests.test_pages import ask  # noqa: F401
from committees.tests.factories import (
    CollegeFactory,
    CommitteeFactory,
    CompositionActFactory,
    MandateFactory,
    SeatFactory,
    member_of,
    referent,
)

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture
def act(prefecture) -> CompositionAct:
    """An arrêté that amends another: one full member replaced, one seat vacant, one held by office."""
    Prefecture.objects.filter(pk=prefecture.pk).update(
        authority_line="Préfète de la Valmarche", authority_gender="feminine"
    )
    DocumentLayout.objects.create(letterhead="Préfecture de la Valmarche\nMission qualité")
    committee = CommitteeFactory(name="CLU")
    college = CollegeFactory(committee=committee, label="Usagers")
    former = CompositionActFactory(committee=committee, number="2025-7", signed_on=date(2025, 3, 3))
    act = CompositionActFactory(
        committee=committee,
        number="2026-9",
        title="Arrêté <modificatif>",
        amends=former,
        effective_on=date(2026, 6, 1),
    )
    seat = SeatFactory(
        committee=committee, college=college, wording="Familles", organisation=OrganisationFactory(name="Union")
    )
    aubin = PersonFactory(civility="monsieur", given_name="Jean", surname="Aubin")
    berot = PersonFactory(civility="madame", given_name="Odile", surname="Bérot")
    MandateFactory(seat=seat, person=aubin, ends_on=date(2026, 5, 31))
    MandateFactory(seat=seat, person=berot, starts_on=date(2026, 6, 1), opened_by=act)
    SeatFactory(committee=committee, college=college, wording="Maires")
    SeatFactory(committee=committee, wording="Accueil", basis="by_office")
    return act


def words(document: dict) -> list[str]:
    """Every line, in order, its no-break spaces as others; a row of a table as « a | b »."""
    return [line.replace("\u00a0", " ") for line in as_printed(document)]


def as_printed(document: dict) -> list[str]:
    found = []
    for block in document["blocks"]:
        found += [block["text"]] if "text" in block else block.get("lines", [])
        if block["kind"] == "table":
            found += [block["caption"], *(" | ".join(", ".join(cell) for cell in row) for row in block["rows"])]
    return found


def test_act_document_says_what_changes_then_the_whole_composition(act):
    assert words(act_document(act)) == [
        "Préfecture de la Valmarche",
        "Mission qualité",
        "Arrêté n° 2026-9",
        "Arrêté <modificatif>",
        "La préfète de la Valmarche,",
        "[Vu les textes : à compléter] ;",
        "Vu l'arrêté n° 2025-7 du 3 mars 2025 ;",
        "Arrête :",
        "Article 1er",
        "La composition du comité « CLU », fixée par l'arrêté n° 2025-7 du 3 mars 2025, est modifiée comme suit à "
        "compter du 1er juin 2026.",
        "Changements",
        "Familles | siège modifié | M. Jean Aubin | Mme Odile Bérot",
        "Article 2",
        "La composition du comité est en conséquence la suivante.",
        "Usagers",
        "Familles | Mme Odile Bérot | ",
        "Maires | À désigner | ",
        "Membres",
        "Accueil | Qui tient la fonction | ",
        "Article 3",
        "[Autorité chargée de l'exécution, publication et voies de recours : à compléter.]",
        "Fait à Clairbourg, le [date]",
        "[Signature]",
    ]


@pytest.mark.parametrize(
    ("line", "gender", "printed"),
    [
        ("Préfet de la Valmarche", "masculine", "Le préfet de la Valmarche,"),
        ("PRÉFÈTE DE LA VALMARCHE", "feminine", "LA PRÉFÈTE DE LA VALMARCHE,"),
        ("PRÉFET DE LA VALMARCHE", "masculine", "LE PRÉFET DE LA VALMARCHE,"),
    ],
)
def test_act_document_names_the_authority_as_its_line_is_typed(act, line, gender, printed):
    Prefecture.objects.filter(pk=act.prefecture_id).update(authority_line=line, authority_gender=gender)
    with scope(act.prefecture_id):
        assert printed in words(act_document(act))


def test_drafts_never_part_a_number_or_a_civility_from_what_follows(act):
    printed = [*as_printed(act_document(act)), *as_printed(letters_document(act))]
    assert [line for line in printed if "n° " in line or "Mme " in line] == []
    assert "Arrêté n°\u00a02026-9" in printed
    assert "Familles | siège modifié | M.\u00a0Jean Aubin | Mme\u00a0Odile Bérot" in printed


def test_act_document_of_a_first_act_states_the_composition_at_once(act):
    assert "Article 2" in (first := words(act_document(act.amends)))
    assert "Changements" not in first
    assert "La composition du comité « CLU » est fixée comme suit à compter du 1er janvier 2026." in first


def test_letters_document_is_one_letter_for_each_person_the_act_appoints(act):
    found = words(letters_document(act))
    assert found.count("Nomination au comité « CLU »") == 1
    assert (
        "Par l'arrêté n° 2026-9, vous êtes nommée titulaire au comité « CLU », pour le siège « Familles », à compter "
        "du 1er juin 2026."
    ) in found
    assert found[2:5] == ["Mme Odile Bérot", "Union", "Clairbourg, le [date]"]


def test_letters_document_when_nobody_is_appointed_says_so(act):
    assert any("Personne n'est nommé" in line for line in words(letters_document(act.amends)))


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_draft_pdf_is_made_by_the_worker_tagged_and_marked(act, ask, draft):  # noqa: F811
    assert "Fabriquer le PDF" in ask("composition_drafts", act.pk).content.decode()
    ask("composition_drafts", act.pk, document=draft.name)
    assert run_rendering(latest_rendering(draft.kind, act).ticket_id)
    content = ask("composition_draft", act.pk, draft.name, "pdf").content
    assert findings(content) == []
    text = pdf_text(content)
    assert ("PROJET" in text, "Odile Bérot" in text) == (True, True)


def test_draft_pdf_never_cuts_the_heading_of_a_narrow_column(act):
    long = "Association départementale des usagers des services publics du Haut-Val et de la vallée voisine "
    MandateFactory(
        seat=SeatFactory(committee=act.committee, wording=long * 2),
        person=PersonFactory(
            given_name="Marie-Bernadette-Apolline", surname="Montgolfier-Delaunay de la Rochebaudière"
        ),
        starts_on=act.effective_on,
    )
    text = pdf_text(render_pdf(DRAFTS["arrete"].html(act), created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    titles = [title for block in act_document(act)["blocks"] for title in block.get("head", ())]
    assert titles.count("Suppléants") == 2
    words = " ".join(titles).split()
    assert [word for word in set(words) if text.count(word) < words.count(word)] == []


def test_draft_pdf_of_a_composition_that_changed_is_asked_for_again(act, ask):  # noqa: F811
    ask("composition_drafts", act.pk, document="arrete")
    run_rendering(latest_rendering("composition.act", act).ticket_id)
    assert ask("composition_draft", act.pk, "arrete", "pdf").status_code == 200
    SeatFactory(committee=act.committee, wording="Nouveau")
    assert ask("composition_draft", act.pk, "arrete", "pdf").status_code == 404


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_draft_odt_is_a_text_document_with_headings_header_rows_and_its_mark(act, ask, draft):  # noqa: F811
    answer = ask("composition_draft", act.pk, draft.name, "odt")
    assert (answer["Content-Type"], f"projet-{draft.name}-2026-9.odt" in answer["Content-Disposition"]) == (
        MIME_TYPE,
        True,
    )
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, archive.read(first)) == ("mimetype", 0, MIME_TYPE.encode())
    content = ElementTree.fromstring(archive.read("content.xml"))
    assert "Mme\u00a0Odile Bérot" in "".join(content.itertext())
    levels = {heading.get(f"{TEXT}outline-level") for heading in content.iter(f"{TEXT}h")}
    assert levels <= {"1", "2"}
    assert "1" in levels
    assert all(table.find(f"{TABLE}table-header-rows") is not None for table in content.iter(f"{TABLE}table"))
    assert "PROJET – non signé" in archive.read("styles.xml").decode()


def test_draft_odt_keeps_signs_of_xml_and_drops_what_xml_cannot_hold():
    content = render_odt({"title": "T", "mark": "", "blocks": [{"kind": "text", "lines": ["a <b> & \x0b\ufffe c"]}]})
    tree = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
    assert "".join(tree.itertext()).split() == ["a", "<b>", "&", "c"]


def test_draft_of_another_name_is_404(act, ask):  # noqa: F811
    assert ask("composition_draft", act.pk, "autre", "odt").status_code == 404
    assert ask("composition_draft", act.pk, "arrete", "docx").status_code == 404


def test_references_of_acts_are_those_one_may_see(act):
    """A member follows no draft."""
    names = [f"compositionact:{act.pk}"]
    assert offers.find_references(referent(), names)[names[0]].label == "Arrêté n° 2026-9"
    assert offers.find_references(member_of(act.committee), names) == {}
