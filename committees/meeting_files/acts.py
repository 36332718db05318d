"""A file comes in: all of it or nothing, once."""

import hashlib
import json

from clu_portal.audit.acts import act, run_once
from committees.meeting_files.checking import read_file
from committees.meeting_files.loading import load
from committees.meeting_files.returning import is_there_unchanged
from committees.meeting_files.seals import seal_refusals
from committees.meeting_files.wording import refuse
from committees.meetings.models import Meeting


def import_once(text: str, *, by) -> bool:
    """Import the meeting of a file, and tell whether anything was done.

    False when this very file came in before, or when the meeting is there as the file describes it.
    Raises ValidationError, one line per refusal: the rest of the transaction is then to be given up.
    """
    file = read_file(text)
    if is_there_unchanged(file):
        return False
    done = []

    def run() -> dict:
        done.append(import_meeting(file=file, by=by))
        return {"meeting": file["meeting"]["uuid"]}

    run_once(f"meeting_file:{digest(file)}", run)
    return bool(done)


@act("meeting_imported")
def import_meeting(*, file: dict, by) -> Meeting:
    """Write the meeting of a checked file in the préfecture of the moment. Raises ValidationError."""
    refuse(list(seal_refusals(file)))
    return load(file, by)


def digest(file: dict) -> str:
    return hashlib.sha256(json.dumps(file, sort_keys=True).encode()).hexdigest()
