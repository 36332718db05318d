"""Every address of the portal, and the thing each is about: what the tests that walk everything go through."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLResolver, get_resolver, reverse

NOTHING, NO_UUID = 987_654_321, UUID(int=0)

# View name -> the thing its address names, among those of clu_portal/tests/world.py.
ABOUT = {
    "accounts:invitation_resend": "invitation",
    "accounts:invitation_withdraw": "invitation",
    "accounts:role_update": "role",
    "accounts:role_close": "role",
    "accounts:departure": "user",
    "accounts_national:prefecture_detail": "prefecture",
    "accounts_national:prefecture_update": "prefecture",
    "action_plan:action_detail": "action",
    "action_plan:action_update": "action",
    "committees:committee_detail": "committee",
    "committees:committee_update": "committee",
    "committees:committee_rename": "committee",
    "committees:committee_merge": "committee",
    "committees:committee_composition": "committee",
    "committees:committee_type_update": "committee_type",
    "committees:committee_type_remove": "committee_type",
    "committees:college_create": "committee",
    "committees:college_update": "college",
    "committees:college_remove": "college",
    "committees:composition_part_move": "seat",
    "committees:composition_act_create": "committee",
    "committees:composition_act_detail": "composition_act",
    "committees:composition_act_update": "composition_act",
    "committees:composition_act_file": "composition_act",
    "committees:composition_drafts": "composition_act",
    "committees:composition_draft": "composition_act",
    "committees:seat_list": "committee",
    "committees:seat_create": "committee",
    "committees:seat_detail": "seat",
    "committees:seat_update": "seat",
    "committees:seat_end": "seat",
    "committees:seat_remove": "seat",
    "committees:person_appoint": "seat",
    "committees:mandate_end": "mandate",
    "committees:mandate_remove": "mandate",
    "committees:meeting_detail": "meeting",
    "committees:meeting_update": "meeting",
    "committees:meeting_hold": "meeting",
    "committees:meeting_convened": "meeting",
    "committees:meeting_cancel": "meeting",
    "committees:meeting_postpone": "meeting",
    "committees:agenda_edit": "meeting",
    "committees:attendance_edit": "meeting",
    "committees:document_add": "meeting",
    "committees:meeting_repeat": "meeting",
    "committees:session_open": "meeting",
    "committees:session_close": "meeting",
    "committees:attendance_propose": "meeting",
    "committees:attendance_tick": "meeting",
    "committees:meeting_participants": "meeting",
    "committees:invitations_record": "meeting",
    "committees:guest_invite": "meeting",
    "committees:absent_print": "meeting",
    "committees:meeting_votes": "meeting",
    "committees:documents_edit": "meeting",
    "committees:part_order": "meeting",
    "committees:vote_update": "vote",
    "committees:committee_rules": "committee",
    "committees:document_update": "document",
    "committees:document_public": "public_document",
    "committees:minutes_begin": "meeting",
    "committees:agenda_item_update": "agenda_item",
    "committees:attendance_update": "attendance",
    "committees:document_download": "document",
    "committees:part_move": "agenda_item",
    "committees:part_remove": "document",
    "committees:minutes_detail": "sealed",
    "committees:minutes_state": "review",
    "committees:minutes_edit": "draft",
    "committees:minutes_suggestions": "draft",
    "committees:minutes_text": "draft",
    "committees:minutes_facts": "draft",
    "committees:minutes_presence": "draft",
    "committees:minutes_freeze": "draft",
    "committees:minutes_unfreeze": "draft",
    "committees:minutes_versions": "draft",
    "committees:minutes_version": "draft_revision",
    "committees:minutes_at": "draft_revision",
    "committees:minutes_update": "draft",
    "committees:minutes_submit": "draft",
    "committees:minutes_return": "review",
    "committees:minutes_approve": "review",
    "committees:minutes_approval_pdf": "review",
    "committees:minutes_page": "review",
    "committees:minutes_pdf": "sealed",
    "committees:minutes_draft_pdf": "draft",
    "committees:minutes_odt": "draft",
    "committees:meeting_papers": "meeting",
    "committees:meeting_paper_pdf": "paper",
    "committees:minutes_preview": "draft",
    "committees:minutes_preview_page": "draft",
    "committees:minutes_correct": "sealed",
    "committees:minutes_abandon": "draft",
    "committees:minutes_distribute": "sealed",
    "committees:minutes_readings": "sealed",
    "files:rendering_state": "draft_rendering",
    "files:rendering_retry": "draft_rendering",
    "mail:message_detail": "message",
    "mail:delivery_replay": "message",
    "trash:row_trash": "organisation",
    "trash:row_restore": "trashed",
    "organisations:organisation_merge": "organisation",
    "organisations:organisation_merge_with": "organisation",
    "organisations:person_merge": "person",
    "organisations:person_merge_with": "person",
    "organisations:import_detail": "import_run",
    "organisations:import_apply": "import_run",
    "organisations:import_cancel": "import_run",
    "organisations:site_update": "site",
    "organisations:site_remove": "site",
    "organisations:service_update": "service",
    "organisations:service_remove": "service",
    "organisations:organisation_update": "organisation",
    "organisations:person_update": "person",
    "organisations:closing_day_update": "closing_day",
    "organisations:closing_day_remove": "closing_day",
    "organisations:sentence_update": "sentence",
    "organisations:sentence_remove": "sentence",
}
# The sibling of minutes in any state is the draft of the other committee.
SIBLING = {"sealed": "draft", "review": "draft"}
FIXED = {
    "trash:row_trash": {"kind": "organisation"},
    "trash:row_restore": {"kind": "organisation"},
    "committees:composition_part_move": {"part": "siege", "direction": "monter"},
    "committees:composition_draft": {"name": "arrete", "extension": "odt"},
    "committees:part_move": {"part": "agenda_item", "direction": "monter"},
    "committees:part_order": {"part": "agenda_item"},
    "committees:part_remove": {"part": "document"},
    "committees:minutes_page": {"number": 1},
    "committees:minutes_preview_page": {"drawn": "0" * 16, "number": 1},
    "accounts:access_link": {"token": "a" * 43},
    "account_reset_password_from_key": {"uidb36": "1", "key": "abc-" + "0" * 32},
    "mfa_remove_webauthn": {"pk": NOTHING},
    "mfa_edit_webauthn": {"pk": NOTHING},
}


@dataclass(frozen=True)
class Page:
    """One URL pattern."""

    name: str
    needs: frozenset[str]
    is_public: bool

    @property
    def about(self) -> str:
        return ABOUT.get(self.name, "")

    @property
    def in_prefecture(self) -> bool:
        return "prefecture" in self.needs

    @property
    def has_foreign(self) -> bool:
        """Whether its thing belongs to one préfecture only."""
        return bool(self.about) and self.in_prefecture

    def own(self, world) -> str:
        return self.address(world, world.own.get(self.about))

    def sibling(self, world) -> str | None:
        thing = world.sibling.get(SIBLING.get(self.about, self.about)) if self.about else None
        return self.address(world, thing) if thing else None

    def foreign(self, world, other) -> str:
        return self.address(world, other.own[self.about])

    def missing(self, world) -> str:
        return self.address(world, None)

    def address(self, world, thing) -> str:
        known = {
            "prefecture": world.prefecture.slug,
            "pk": getattr(thing, "pk", NOTHING),
            "other": getattr(world.own.get(f"{self.about}_twin"), "pk", NOTHING),
            "uuid": getattr(thing, "uuid", NO_UUID),
            "message_uuid": getattr(thing, "uuid", NO_UUID),
        } | FIXED.get(self.name, {})
        return reverse(self.name, kwargs={name: known[name] for name in self.needs})


def pages() -> list[Page]:
    return sorted(walk(get_resolver()), key=lambda page: page.name)


def walk(resolver, namespace: str = "", above: frozenset[str] = frozenset()) -> Iterator[Page]:
    for pattern in resolver.url_patterns:
        needs = above | arguments(pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace, needs)
        else:
            yield Page(f"{namespace}{pattern.name}", needs, is_public(pattern.callback))


def arguments(pattern) -> frozenset[str]:
    return frozenset(pattern.pattern.regex.groupindex)


def is_public(view) -> bool:
    return not getattr(view, "login_required", True)
