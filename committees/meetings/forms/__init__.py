from committees.meetings.forms.agenda import AgendaItemForm
from committees.meetings.forms.attendance import AttendanceForm, AttendanceLinesForm, HeadingForm, InvitationForm
from committees.meetings.forms.documents import DocumentForm, DocumentUpdateForm
from committees.meetings.forms.meeting import MeetingForm, ReasonForm, RepeatForm
from committees.meetings.forms.votes import CommitteeRulesForm, VoteForm

__all__ = [
    "AgendaItemForm",
    "AttendanceForm",
    "AttendanceLinesForm",
    "CommitteeRulesForm",
    "DocumentForm",
    "DocumentUpdateForm",
    "HeadingForm",
    "InvitationForm",
    "MeetingForm",
    "ReasonForm",
    "RepeatForm",
    "VoteForm",
]
