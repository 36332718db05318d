"""Every page of the portal, by the name of its address: which row it shows, or why it is no page."""

from collections.abc import Callable, Iterator

from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from clu_portal.action_plan.models import Action
from clu_portal.organisations.models import (
    ClosingDay,
    ImportRun,
    Organisation,
    Person,
    Service,
    Site,
    StandardSentence,
)
from committees.composition.models import College, Committee, CommitteeType, CompositionAct, Mandate, Seat
from committees.meetings.models import AgendaItem, Attendance, Meeting, MeetingDocument, Vote
from committees.minutes.models import Minutes
from committees.tests.conftest import Office

ACT = "a POST only"
FILE = "a file or JSON"
LINK = "opened by a personal link or by a step of the sign-in (test_main_job, accounts/tests)"
DEMONSTRATION = "in demonstration only"
NOT_PAGES = {
    "healthz": FILE,
    "account_reset_password_from_key": LINK,
    "mfa_authenticate": LINK,
    "mfa_deactivate_totp": LINK,
    "mfa_view_recovery_codes": LINK,
    "mfa_generate_recovery_codes": LINK,
    "mfa_download_recovery_codes": FILE,
    "mfa_login_webauthn": FILE,
    "mfa_reauthenticate_webauthn": LINK,
    "mfa_remove_webauthn": LINK,
    "mfa_edit_webauthn": LINK,
    "accounts:access": LINK,
    "accounts:access_renew": ACT,
    "accounts:access_link": LINK,
    "accounts:member_code": LINK,
    "accounts:invitation_resend": ACT,
    "accounts:invitation_withdraw": ACT,
    "files:rendering_state": FILE,
    "files:rendering_retry": ACT,
    "mail:message_list": DEMONSTRATION,
    "mail:message_detail": DEMONSTRATION,
    "mail:delivery_replay": ACT,
    "organisations:organisation_model": FILE,
    "organisations:organisation_export": FILE,
    "organisations:person_model": FILE,
    "organisations:person_export": FILE,
    "organisations:import_apply": ACT,
    "committees:composition_model": FILE,
    "committees:composition_export": FILE,
    "trash:row_restore": ACT,
    "committees:meeting_hold": ACT,
    "committees:meeting_convened": ACT,
    "committees:session_open": ACT,
    "committees:session_close": ACT,
    "committees:attendance_propose": ACT,
    "committees:attendance_tick": ACT,
    "committees:invitations_record": ACT,
    "committees:absent_print": ACT,
    "committees:part_order": ACT,
    "committees:minutes_presence": FILE,
    "committees:minutes_facts": FILE,
    "committees:minutes_unfreeze": ACT,
    "committees:document_public": FILE,
    "committees:document_download": FILE,
    "committees:part_move": ACT,
    "committees:composition_part_move": ACT,
    "committees:composition_act_file": FILE,
    "committees:composition_draft": FILE,
    "committees:layout_preview": FILE,
    "committees:minutes_begin": ACT,
    "committees:minutes_text": FILE,
    "committees:minutes_suggestions": FILE,
    "committees:minutes_submit": ACT,
    "committees:minutes_state": FILE,
    "committees:minutes_approval_pdf": FILE,
    "committees:minutes_page": FILE,
    "committees:minutes_odt": FILE,
    "committees:meeting_paper_pdf": FILE,
    "committees:minutes_preview": FILE,
    "committees:minutes_preview_page": FILE,
    "committees:minutes_pdf": FILE,
}
NATIONAL = "accounts_national:"
FIRST_ROW: dict[str, Callable[[Office], int]] = {
    "accounts_national:prefecture_detail": lambda office: office.prefecture.pk,
    "accounts_national:prefecture_update": lambda office: office.prefecture.pk,
    "accounts:role_update": lambda office: office.secretary_general.roles.get().pk,
    "accounts:role_close": lambda office: office.secretary_general.roles.get().pk,
    "accounts:departure": lambda office: office.secretary_general.pk,
    "organisations:import_*": lambda office: ImportRun.objects.first().pk,
    "organisations:site_*": lambda office: Site.objects.first().pk,
    "organisations:service_*": lambda office: Service.objects.first().pk,
    "organisations:organisation_*": lambda office: Organisation.objects.first().pk,
    "organisations:person_*": lambda office: Person.objects.first().pk,
    "organisations:closing_day_*": lambda office: ClosingDay.objects.first().pk,
    "organisations:sentence_*": lambda office: StandardSentence.objects.first().pk,
    "action_plan:action_*": lambda office: Action.objects.first().pk,
    "committees:vote_update": lambda office: Vote.objects.first().pk,
    "committees:document_update": lambda office: MeetingDocument.objects.first().pk,
    "committees:committee_type_*": lambda office: CommitteeType.objects.first().pk,
    "committees:committee_*": lambda office: Committee.objects.first().pk,
    "committees:college_create": lambda office: Committee.objects.first().pk,
    "committees:college_*": lambda office: College.objects.first().pk,
    "committees:composition_act_create": lambda office: Committee.objects.first().pk,
    "committees:composition_*": lambda office: CompositionAct.objects.first().pk,
    "committees:seat_list": lambda office: Committee.objects.first().pk,
    "committees:seat_create": lambda office: Committee.objects.first().pk,
    "committees:seat_*": lambda office: Seat.objects.first().pk,
    "committees:person_appoint": lambda office: Seat.objects.first().pk,
    "committees:mandate_*": lambda office: Mandate.objects.first().pk,
    "committees:agenda_item_update": lambda office: AgendaItem.objects.first().pk,
    "committees:attendance_update": lambda office: Attendance.objects.first().pk,
    "committees:minutes_edit": lambda office: minutes_in("drafting"),
    "committees:minutes_update": lambda office: minutes_in("drafting"),
    "committees:minutes_abandon": lambda office: minutes_in("drafting"),
    "committees:minutes_draft_pdf": lambda office: minutes_in("drafting"),
    "committees:minutes_return": lambda office: minutes_in("in_review"),
    "committees:minutes_approve": lambda office: minutes_in("in_review"),
    "committees:minutes_*": lambda office: minutes_in("sealed"),
    "committees:*": lambda office: Meeting.objects.filter(minutes__state="sealed").get().pk,
}


def minutes_in(state: str) -> int:
    return Minutes.objects.get(state=state).pk


def url_names(resolver=None, namespace: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            yield from url_names(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)


def addresses(office: Office) -> dict[str, str]:
    """The address of each page of this préfecture; a name without a row to show, and not said to be no page, fails."""
    return {name: address_of(name, office) for name in url_names() if name not in NOT_PAGES}


def address_of(name: str, office: Office) -> str:
    slug = [] if name.startswith(NATIONAL) else [office.prefecture.slug]
    for arguments in ([], slug):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    if name == "committees:part_remove":
        return reverse(name, args=[*slug, "agenda_item", AgendaItem.objects.first().pk])
    if name.endswith("_merge_with"):
        model = Person if "person" in name else Organisation
        return reverse(name, args=[*slug, model.objects.first().pk, model.objects.last().pk])
    if name == "trash:row_trash":
        return reverse(name, args=[*slug, "organisation", Organisation.objects.first().pk])
    return reverse(name, args=[*slug, row_of(name, office)])


def row_of(name: str, office: Office) -> int:
    for pattern, row in FIRST_ROW.items():
        if name == pattern or (pattern.endswith("*") and name.startswith(pattern[:-1])):
            return row(office)
    raise AssertionError(f"{name}: say which row this page shows, or why it is no page")
