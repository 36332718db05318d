"""A préfecture in which no page is empty: minutes sealed, in review, being written, each registry a row."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from clu_portal.action_plan.models import Action
from clu_portal.files.rendering import latest_rendering
from clu_portal.organisations.imports.acts import prepare_import
from clu_portal.organisations.models import ClosingDay, DocumentLayout, Organisation, Service, Site, StandardSentence
from clu_portal.tests.processes import wait_until
from clu_portal.tests.running_portal import RunningPortal
from clu_portal.trash.acts import trash_row
from committees.composition.acts import save_college, save_composition_act, save_seat
from committees.composition.models import College, Committee, CompositionAct, Seat
from committees.composition.types import give_standard_types
from committees.distribution.acts import distribute_minutes
from committees.meetings import acts as meeting_acts
from committees.meetings.models import CommitteeRules, Meeting, Vote
from committees.minutes.acts import APPROVAL_PDF, SEAL, approve_minutes, submit_minutes
from committees.minutes.models import Minutes
from committees.tests.conftest import Office
from committees.tests.ready_made import begun_minutes, drafted

PATIENCE_SECONDS = 120


def furnish(portal: RunningPortal, office: Office) -> None:
    """The documents are made by the portal's own worker, and the mail by its own outbox."""
    minutes = drafted(office)
    with office.scope():
        fill_registries()
        fill_imports(office)
        committee = minutes.meeting.committee
        fill_dossier(minutes.meeting, office)
        fill_composition(office, committee)
        for state in ("drafting", "in_review"):
            other = begun_minutes(office, committee)
            if state == "in_review":
                submit_minutes(minutes=other, by=office.referent)
    take_to_the_member(portal, office, minutes)


def fill_dossier(meeting: Meeting, office: Office) -> None:
    """A document and a vote, of a committee that chose to vote."""
    by = office.referent
    upload = SimpleUploadedFile("note.pdf", b"%PDF-1.7\n%%EOF\n")
    kinds = {"kind": "annexed", "visibility": "members"}
    meeting_acts.add_document(meeting=meeting, title="Note", upload=upload, by=by, **kinds)
    meeting_acts.save_rules(rules=CommitteeRules(committee=meeting.committee, has_votes=True), by=by)
    meeting_acts.save_vote(vote=Vote(meeting=meeting, subject="Avis sur les horaires", method="consensus"), by=by)


def fill_registries() -> None:
    DocumentLayout.objects.create()
    Site.objects.create(name="Hôtel de préfecture")
    Service.objects.create(name="Bureau de l'accueil")
    day = date(2026, 5, 15)
    ClosingDay.objects.create(starts_on=day, ends_on=day, reason="Pont de l'Ascension")
    StandardSentence.objects.create(title="Ouverture", text="La séance est ouverte à 10 h.")
    Action.objects.create(title="Poser un pictogramme à l'entrée")


def fill_imports(office: Office) -> None:
    """A file with a line of each kind, and something in the corbeille."""
    Organisation.objects.get_or_create(name="Union des familles")
    lines = "Nom;Famille\nUnion des familles;\nCercle des aînés;\nDouteux;inconnue\n".encode()
    upload = SimpleUploadedFile("organismes.csv", lines)
    prepare_import(kind="organismes", upload=upload, by=office.referent)
    trash_row(row=Organisation.objects.create(name="Saisi par erreur"), by=office.referent)


def fill_composition(office: Office, committee: Committee) -> None:
    """A college with a vacant seat, an arrêté that opens it, the types of committee."""
    give_standard_types()
    act = CompositionAct(committee=committee, title="Arrêté portant composition", effective_on=date(2026, 1, 1))
    save_composition_act(composition_act=act, by=office.referent)
    college = save_college(college=College(committee=committee, label="Collège des usagers"), by=office.referent)
    seat = Seat(committee=committee, college=college, wording="Association des maires", opened_by=act)
    save_seat(seat=seat, by=office.referent)


def take_to_the_member(portal: RunningPortal, office: Office, minutes: Minutes) -> None:
    with office.scope():
        submit_minutes(minutes=minutes, by=office.referent)
    wait_made(office, minutes, APPROVAL_PDF)
    with office.scope():
        file = latest_rendering(APPROVAL_PDF, minutes).file
        approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=office.secretary_general)
    wait_made(office, minutes, SEAL)
    with office.scope():
        distribute_minutes(minutes=minutes, by=office.referent)
    wait_until(lambda: portal.mails(office.address), seconds=PATIENCE_SECONDS)


def wait_made(office: Office, minutes: Minutes, kind: str) -> None:
    def is_made() -> bool:
        with office.scope():
            return latest_rendering(kind, minutes).is_done

    wait_until(is_made, seconds=PATIENCE_SECONDS)
