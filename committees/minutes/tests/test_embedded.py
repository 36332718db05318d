"""What an approved PDF carries: its text as data, read back from the sealed file, and nothing its pages do not say."""

import io
import json

import pikepdf
import pytest

from clu_portal.files.storage import store_bytes
from clu_portal.lib.pdf import pdf_text
from clu_portal.lib.tests.papers import findings
from clu_portal.organisations.models import Person
from committees.meetings.acts import record_attendance
from committees.meetings.models import MeetingDocument
from committees.minutes import acts
from committees.minutes.embedded import embedded_files, kinds_in, printed_only
from committees.minutes.text import SectionChange, save_text
from committees.tests.factories import MeetingFactory, drafted_minutes, referent, render, secretary_general

from .trees import heading, node, remark, section

A = "00000000-0000-4000-8000-000000000001"
ACTION = "00000000-0000-4000-8000-0000000000a1"
SECRETS = {
    "e-mail": "secret@exemple.test",
    "telephone": "01 99 00 12 34",
    "internal document": "Note confidentielle",
    "nature of a remark": "malfunction",
    "title replaced by a wording": "Poser un panneau",
}


@pytest.fixture
def sealed(prefecture) -> bytes:
    meeting = MeetingFactory()
    person = Person.objects.create(
        given_name="Odile", surname="Ferrandier", email=SECRETS["e-mail"], phone=SECRETS["telephone"]
    )
    record_attendance(meeting=meeting, lines=["Mme Odile Ferrandier"], person=person, status="present", by=referent())
    file = store_bytes(name="a.txt", content=b"a", content_type="text/plain")
    common = {"meeting": meeting, "kind": "sent_before", "file": file}
    MeetingDocument.objects.create(title=SECRETS["internal document"], visibility="internal", **common)
    MeetingDocument.objects.create(title="Enquête", **common)
    minutes = drafted_minutes(meeting)
    blocks = [
        heading("Accueil", label="3."),
        node("dossier"),
        node("exchange", remark("Le guichet est fermé.", id=A, kind="malfunction")),
        node("action", id=ACTION, title=SECRETS["title replaced by a wording"], wording="Signaler la porte"),
    ]
    change = SectionChange(A, 0, section(*blocks, id=A))
    save_text(minutes=minutes, changes=[change], order=None, operation_id="operation-1", by=referent())
    acts.submit_minutes(minutes=minutes, by=referent())
    minutes.refresh_from_db()
    approved = render(minutes, acts.APPROVAL_PDF).file
    acts.approve_minutes(minutes=minutes, file=approved, shown_sha256=approved.sha256, by=secretary_general())
    minutes.refresh_from_db()
    assert embedded_files(minutes)[0].content == carried(approved.content)
    return render(minutes, acts.SEAL).file.content


def carried(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as opened:
        (found,) = {item.objgen: item for item in opened.Root.AF}.values()
        assert str(found.AFRelationship) == "/Source"
        return found.EF.F.read_bytes()


def test_sealed_pdf_carries_its_text_as_data_and_nothing_more(sealed):
    assert findings(sealed) == []
    text = carried(sealed).decode()
    data = json.loads(text)
    assert (data["format"], data["version"]) == ("clu-portal/minutes", 1)
    assert [group["lines"] for group in data["facts"]["dossier"]] == [["Enquête"]]
    assert "Le guichet est fermé." in text
    assert [name for name, secret in SECRETS.items() if secret in text] == []


def test_sealed_pdf_carries_no_fact_its_text_does_not_cite(sealed):
    """The attendance was recorded, and the text says it where it has an attendance node only."""
    data = json.loads(carried(sealed))
    kinds = {block["type"] for part in data["sections"] for block in part["content"]}
    assert set(data["facts"]) - {"actions"} <= kinds
    printed = " ".join(pdf_text(sealed).split())
    lines = [line for group in data["facts"]["dossier"] for line in group["lines"]]
    assert [line for line in lines if line not in printed] == []


@pytest.mark.parametrize(("presentation", "shown"), [("flow", False), ("by_organisation", True)])
def test_embedded_organisation_of_a_remark_is_there_where_it_is_printed(presentation, shown):
    said = node("exchange", remark("Fermé.", organisation="Union des familles"), presentation=presentation)
    assert ("Union des familles" in json.dumps(printed_only(section(said), {}))) is shown


def test_embedded_attendance_that_is_not_printed_is_not_there():
    printed, hidden = (section(node("attendance", layout=layout)) for layout in ("grouped", "none"))
    assert ("attendance" in kinds_in([printed]), "attendance" in kinds_in([hidden])) == (True, False)
