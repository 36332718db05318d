"""What the relay receives: whole, to one address, and with no header but ours (I07, I08, M08)."""

import email
import email.policy

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal.mail.letters import Enclosure, build
from clu_portal.mail.models import OutgoingMessage
from clu_portal.mail.transport import dotted
from clu_portal.organisations.models import Prefecture

SEPARATORS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\0"]
PLACES = ["recipient", "subject", "sender", "message_id", "kind", "file_name", "file_type"]
OURS = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
    "X-Portal-Kind",
]


def written(**places: str) -> tuple[OutgoingMessage, list[Enclosure]]:
    """A row as it would be if nothing had cleaned it on the way in."""
    message = OutgoingMessage(
        prefecture=Prefecture(name=places.get("sender", "Préfecture de la Valmarche")),
        kind=places.get("kind", "convocation"),
        message_id=places.get("message_id", "<7f3a@portail.example>"),
        recipient=places.get("recipient", "membre@association.example"),
        subject=places.get("subject", "Réunion du comité"),
        text="Bonjour.\n",
        html="<p>Bonjour.</p>",
        created_at=timezone.now(),
    )
    enclosure = Enclosure(places.get("file_name", "ordre.pdf"), places.get("file_type", "application/pdf"), b"%PDF")
    return message, [enclosure]


def parsed(content: bytes):
    return email.message_from_bytes(content, policy=email.policy.SMTP)


def test_letter_holds_the_text_its_html_and_the_file():
    mail = parsed(build(*written()).content)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    (file,) = mail.iter_attachments()
    assert (text.get_content(), html.get_content()) == ("Bonjour.\r\n", "<p>Bonjour.</p>\r\n")
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "ordre.pdf",
        "application/pdf",
        b"%PDF",
    )
    assert (mail["From"].addresses[0].display_name, mail["Subject"]) == (
        "Préfecture de la Valmarche",
        "Réunion du comité",
    )


@pytest.mark.parametrize("separator", SEPARATORS, ids=[s.encode().hex() for s in SEPARATORS])
@pytest.mark.parametrize("place", PLACES)
def test_I08_separator_adds_no_header_and_breaks_nothing(place, separator):
    values = {"recipient": "m@a.example", "file_name": "a.pdf", "file_type": "application/pdf"}
    value = values.get(place, "<a@b>")[:-1] + f"{separator}X-Evil: oui{separator}{separator}corps"
    try:
        letter = build(*written(**{place: value}))
    except ValidationError:
        assert place == "recipient"
        return
    mail = parsed(letter.content)
    assert sorted(mail.keys()) == OURS
    assert not any("X-Evil" in part for part in mail.walk())
    assert len(list(mail.walk())) == 5
    assert mail.defects == []


@pytest.mark.parametrize(
    "recipient", ["a@b.example, c@d.example", "a@b.example>, <c@d.example", "a", "", "é@b.example"]
)
def test_M08_anything_but_one_address_cannot_be_built(recipient):
    with pytest.raises(ValidationError):
        build(*written(recipient=recipient))


def test_domain_with_an_accent_is_written_as_the_network_does():
    assert build(*written(recipient="a@préfecture.example")).recipient == "a@xn--prfecture-c4a.example"


def test_file_type_that_is_none_becomes_any_file():
    mail = parsed(build(*written(file_type="n'importe quoi")).content)
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["application/octet-stream"]


@pytest.mark.parametrize(
    ("content", "on_the_wire"),
    [(b".\n", b"..\r\n"), (b"a\r\n.b", b"a\r\n..b\r\n"), (b"a\rb", b"a\r\nb\r\n"), (b"", b"\r\n")],
)
def test_dotted_doubles_the_dots_that_begin_a_line(content, on_the_wire):
    assert dotted(content) == on_the_wire
