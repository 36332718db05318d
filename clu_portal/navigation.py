"""The entries of the main menu, and to whom each is shown. One list: the menu and the site map are drawn from it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.conf import settings

from clu_portal.accounts.enums import RoleKind
from clu_portal.addresses import address_of
from clu_portal.legal import pages

REFERENT, SECRETARY_GENERAL = RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL
AGENT, MEMBER, NATIONAL_ADMIN = RoleKind.AGENT, RoleKind.MEMBER, RoleKind.NATIONAL_ADMIN
STAFF = frozenset({REFERENT, SECRETARY_GENERAL, AGENT})
READERS = frozenset({REFERENT, SECRETARY_GENERAL})
EVERYONE = frozenset(RoleKind)


@dataclass(frozen=True)
class Entry:
    """One line of the menu. With a group, it stands in the submenu of that name."""

    label: str
    url_name: str
    roles: frozenset[str]
    group: str = ""
    demonstration_only: bool = False
    national_only: bool = False

    def is_for(self, roles: Collection[str], prefecture) -> bool:
        if self.demonstration_only and not settings.DEMONSTRATION:
            return False
        if self.national_only and not prefecture.is_national:
            return False
        return not self.roles.isdisjoint(roles)


ENTRIES = [
    Entry("Accueil", "prefecture_home", EVERYONE),
    Entry("Préfectures", "accounts_national:prefecture_list", frozenset({NATIONAL_ADMIN}), national_only=True),
    Entry("Réunions", "committees:meeting_list", STAFF | {MEMBER}),
    Entry("Comptes-rendus", "committees:minutes_list", STAFF | {MEMBER}),
    Entry("Plan d'actions", "action_plan:action_list", STAFF),
    Entry("Comités", "committees:committee_list", STAFF | {MEMBER}),
    Entry("Équipe", "accounts:team", frozenset({REFERENT, NATIONAL_ADMIN}), "Préfecture"),
    Entry("Personnes", "organisations:person_list", READERS, "Préfecture"),
    Entry("Organismes", "organisations:organisation_list", READERS, "Préfecture"),
    Entry("Services", "organisations:service_list", READERS, "Préfecture"),
    Entry("Sites", "organisations:site_list", READERS, "Préfecture"),
    Entry("Jours de fermeture", "organisations:closing_day_list", READERS, "Préfecture"),
    Entry("Phrases types", "organisations:sentence_list", READERS, "Préfecture"),
    Entry("Réglages", "organisations:settings_edit", READERS, "Préfecture"),
    Entry("Corbeille", "trash:trash_list", frozenset({REFERENT}), "Préfecture"),
    Entry("Journal", "audit:journal", READERS | {NATIONAL_ADMIN}, "Préfecture"),
    Entry("Envois", "mail:delivery_list", frozenset({REFERENT, NATIONAL_ADMIN}), "Préfecture"),
    Entry("Courriels envoyés", "mail:message_list", frozenset({REFERENT, NATIONAL_ADMIN}), demonstration_only=True),
]

# In the national administration the same entries speak of it, not of a préfecture.
NATIONAL_WORDS = {
    "Préfecture": "Administration",
    "Équipe": "Équipe nationale",
    "Journal": "Journal de l'administration",
    "Envois": "Envois de courriels",
}

PUBLIC = [
    ("Accueil", "home"),
    ("Se connecter", "account_login"),
    ("Vérifier un compte-rendu", "minutes_verify"),
]
PUBLIC_IN_PREFECTURE = [("Recevoir un lien de connexion (membres du comité)", "accounts:member_sign_in")]


@dataclass(frozen=True)
class Item:
    """An entry as drawn on one page: `current` is "page" on it, "true" below it or around it, else empty."""

    label: str
    address: str = ""
    current: str = ""
    items: tuple["Item", ...] = ()


def menu(prefecture, roles: Collection[str], path: str) -> list[Item]:
    """Return the menu of a person in a préfecture, the entry of the page at `path` marked."""
    entries = [entry for entry in ENTRIES if entry.is_for(roles, prefecture)]
    return grouped(
        [national(entry) for entry in entries] if prefecture.is_national else entries, prefecture.slug, path
    )


def national(entry: Entry) -> Entry:
    words = {name: NATIONAL_WORDS.get(getattr(entry, name), getattr(entry, name)) for name in ("label", "group")}
    return replace(entry, **words)


def public_pages(prefecture) -> list[Item]:
    """Return the pages open to everybody: those of the préfecture where one is named, else the portal's own."""
    names = PUBLIC_IN_PREFECTURE if prefecture else PUBLIC
    found = [(label, page_address(name, prefecture.slug if prefecture else "")) for label, name in names]
    legal = [(page.label, page.address(prefecture)) for page in pages.LEGAL_PAGES]
    return [Item(label, address) for label, address in found + legal]


def page_address(url_name: str, slug: str = "") -> str:
    """Return the address of a page, in a préfecture when a slug is given."""
    return address_of(url_name, prefecture=slug) if slug else address_of(url_name)


def grouped(entries: list[Entry], slug: str, path: str) -> list[Item]:
    found: dict[str, list[Item]] = {}
    for entry in entries:
        address = page_address(entry.url_name, "" if entry.national_only else slug)
        item = Item(entry.label, address, mark(entry, address, path))
        found.setdefault(entry.group or entry.label, []).append(item)
    return [folded(label, items) for label, items in found.items()]


def mark(entry: Entry, address: str, path: str) -> str:
    if path == address:
        return "page"
    return "true" if entry.url_name != "prefecture_home" and path.startswith(address) else ""


def folded(label: str, items: list[Item]) -> Item:
    if [item.label for item in items] == [label]:
        return items[0]
    return Item(label, current="true" if any(item.current for item in items) else "", items=tuple(items))
