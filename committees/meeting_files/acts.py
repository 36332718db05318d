"""A file comes in: all of it or nothing, once."""

import hashlib
import json

from django.db import transaction

from clu_portal.audit.acts import act, lock_operation
from clu_portal.audit.models import Operation
from committees.meeting_files.checking import read_file
from committees.meeting_files.loading import load
from committees.meeting_files.returning import is_in_use, is_there_unchanged
from committees.meeting_files.seals import seal_refusals
from committees.meeting_files.wording import refuse
from committees.meetings.models import Meeting


def import_once(text: str, *, by) -> bool:
    """Import the meeting of a file, and tell whether anything was done.

    False when the meeting is there, as the file describes it or changed since this very file brought it in. One that
    was removed for good since then comes back. Raises ValidationError, one line per refusal: the rest of the
    transaction is then to be given up.
    """
    file = read_file(text)
    operation = f"meeting_file:{digest(file)}"
    with transaction.atomic():
        lock_operation(operation)
        if is_in_use(file) and (was_done(operation) or is_there_unchanged(file)):
            return False
        import_meeting(file=file, by=by)
        if not was_done(operation):
            Operation.objects.create(operation_id=operation, result={"meeting": file["meeting"]["uuid"]})
    return True


def was_done(operation: str) -> bool:
    return Operation.objects.filter(operation_id=operation).exists()


@act("meeting_imported")
def import_meeting(*, file: dict, by) -> Meeting:
    """Write the meeting of a checked file in the préfecture of the moment. Raises ValidationError."""
    refuse(list(seal_refusals(file)))
    return load(file, by)


def digest(file: dict) -> str:
    return hashlib.sha256(json.dumps(file, sort_keys=True).encode()).hexdigest()
