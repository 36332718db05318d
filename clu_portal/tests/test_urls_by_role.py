"""T01, T02: every address × method × role × own, sibling, foreign object. The table is docs/urls-by-role.md.

After a new page: CLU_WRITE_TABLE=1 pytest clu_portal/tests/test_urls_by_role.py, then read the difference line by line
against the table « who sees what » of the design before committing it.
"""

import logging
import os
from pathlib import Path

import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.tenancy import scope
from clu_portal.tests.addresses import Page, pages
from clu_portal.tests.asking import People, as_shown
from clu_portal.tests.factories import PersonFactory, RoleFactory
from clu_portal.tests.world import ROLES, two_worlds
from committees.tests.factories import MandateFactory

TABLE = Path(__file__).resolve().parents[2] / "docs" / "urls-by-role.md"
HEAD = """# Qui peut demander quoi

Écrit par `clu_portal/tests/test_urls_by_role.py`, qui demande chaque adresse pour chaque rôle
et compare avec ce tableau.
200 montré, 302 fait ou renvoyé à la connexion, 401 à reconnecter, 403 vu mais pas permis, 404 pas vu, 405 sans objet.
« ailleurs » : le même objet dans une autre préfecture, toujours 404, avec la même page qu'un objet qui n'existe pas.
« voisin » : un objet de la même préfecture que moins de personnes voient (autre comité, pièce interne, projet).

"""
METHODS = ("GET", "POST", "PATCH")
PUBLIC = {
    "accessibility", "account_inactive", "account_login", "account_logout", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "accounts:access", "accounts:access_link", "accounts:access_renew", "accounts:member_code",
    "accounts:member_sign_in", "committees:document_public", "committees:minutes_facts", "committees:minutes_presence",
    "committees:minutes_text", "healthz", "home",
    "legal_notice", "mfa_authenticate", "mfa_login_webauthn", "minutes_verify", "prefecture_accessibility",
    "prefecture_home", "prefecture_legal_notice", "prefecture_privacy", "prefecture_site_map", "privacy", "site_map",
}  # fmt: skip

# Public to the middleware, which would answer with a page: they ask who it is themselves, and answer 401.
IN_ITS_OWN_WORDS = {
    "committees:minutes_facts",
    "committees:minutes_presence",
    "committees:minutes_text",
    "prefecture_home",
}

Row = tuple[str, str, str]


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    with two_worlds(django_db_blocker) as made:
        yield made


@pytest.fixture(autouse=True)
def _no_lines_of_log():
    """Thousands of refusals would be written."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _password_asked_once(settings):
    """The tour may last longer than the five minutes after which a password is asked for again."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600


def objects(page: Page, mine) -> dict[str, str]:
    found = {"propre" if page.about else "–": page.own(mine)}
    if sibling := page.sibling(mine):
        found["voisin"] = sibling
    return found


def statuses(people: People, method: str, address: str) -> str:
    """One status per role, or « 405 » when the page does not know the method at all."""
    first = people.ask(ROLES[0], method, address).status_code
    if first == 405 and not address.startswith("/administration-nationale/"):
        return "405"
    return " ".join([str(first), *(str(people.ask(role, method, address).status_code) for role in ROLES[1:])])


def walk(mine) -> dict[Row, str]:
    people, found = People(mine), {}
    for page in pages():
        for what, address in objects(page, mine).items():
            for method in METHODS:
                row = statuses(people, method, address)
                if row != "405":
                    found[page.name, what, method] = row
    return found


def drawn(found: dict[Row, str]) -> str:
    heads = ["adresse", "objet", "méthode", *ROLES]
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join(["---"] * len(heads)) + " |"]
    lines += ["| " + " | ".join([*row, *row_statuses.split()]) + " |" for row, row_statuses in found.items()]
    return "\n".join(lines) + "\n"


def written() -> dict[Row, str]:
    cells = [line.strip("| \n").split(" | ") for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    return {tuple(row[:3]): " ".join(row[3:]) for row in cells if row[0] not in {"adresse", "---"}}


@pytest.mark.django_db
def test_T01_every_address_answers_each_role_as_written(worlds, capsys):
    found = walk(worlds[0])
    with capsys.disabled():
        print("\n" + drawn(found))  # noqa: T201 - issue 2, « Must show » 4
    if os.environ.get("CLU_WRITE_TABLE"):
        TABLE.write_text(HEAD + drawn(found))
    expected = written()
    assert {row: (expected.get(row), got) for row, got in found.items() if expected.get(row) != got} == {}
    assert sorted(set(expected) - set(found)) == []


def test_T01_every_address_is_classified():
    classified = {name for name, _, _ in written()}
    assert {page.name for page in pages()} ^ classified == set()


def test_T01_what_names_a_thing_says_which():
    assert [p.name for p in pages() if p.in_prefecture and p.needs - {"prefecture"} and not p.about] == []


def test_T01_no_page_is_public_by_accident():
    assert {page.name for page in pages() if page.is_public} == PUBLIC


def test_T01_the_table_holds_what_the_design_says():
    """Rules that no new line of the table may break, whoever wrote it."""
    public = PUBLIC - {"account_logout"}
    for (name, what, method), row in written().items():
        by_role = dict(zip(ROLES, row.split(), strict=True))
        where = (name, what, method)
        assert "500" not in row, where
        if name not in public:
            assert by_role["anonymous"] in {"302", "404", "405"}, where
        if name.startswith(("committees:", "action_plan:", "organisations:", "files:", "mail:", "audit:")):
            assert by_role["national_admin"] == "404" or name in public, where
        if name not in public and what != "–" and name.startswith(("committees:", "files:", "action_plan:")):
            assert by_role["auditor"] in {"404", "405"}, where
        if what == "voisin":
            assert by_role["member"] in {"404", "405"}, where


@pytest.mark.django_db
def test_T01_national_admin_reads_nothing_of_a_prefecture_whatever_roles_it_was_given_by_mistake(worlds):
    """Every role and a seat in a committee, written straight into the tables: accounts/rules.py gives no right."""
    mine, shown = worlds[0], []
    admin = mine.users["national_admin"]
    with scope(mine.prefecture.pk):
        for kind in RoleKind:
            RoleFactory(user=admin, kind=kind)
        MandateFactory(seat=mine.own["seat"], person=PersonFactory(user=admin))
    people = People(mine)
    for page in (page for page in pages() if page.in_prefecture):
        if page.name in PUBLIC - IN_ITS_OWN_WORDS:
            continue
        for method in [m for m in METHODS if any((page.name, what, m) in written() for what in ("propre", "–"))]:
            status = people.ask("national_admin", method, page.own(mine)).status_code
            shown += [(page.name, method, status)] if status != 404 else []
    assert shown == []
    assert people.ask("national_admin", "GET", "/administration-nationale/").status_code == 200


@pytest.mark.long
@pytest.mark.django_db
def test_T02_foreign_object_is_answered_as_one_that_does_not_exist(worlds):
    """Same status and same page, whatever the role and the method; 404 for who sees such an object at home."""
    mine, other = worlds
    people, different, not_404 = People(mine), [], []
    for page in (page for page in pages() if page.has_foreign):
        foreign, missing = page.foreign(mine, other), page.missing(mine)
        for method in [m for m in METHODS if (page.name, "propre", m) in written()]:
            for role in ROLES:
                answers = [people.ask(role, method, address) for address in (foreign, missing)]
                shown = [(a.status_code, as_shown(a, foreign, missing)) for a in answers]
                if shown[0] != shown[1]:
                    different.append((page.name, method, role))
                own = written()[page.name, "propre", method].split()[ROLES.index(role)]
                if own not in {"401", "403", "404"} and role != "anonymous" and answers[0].status_code != 404:
                    not_404.append((page.name, method, role, answers[0].status_code))
    assert (different, not_404) == ([], [])


@pytest.mark.long
@pytest.mark.django_db
def test_T02_address_of_another_prefecture_is_404_for_everybody_signed_in(worlds):
    """Every page under the slug of a préfecture where one holds no role, its real objects included."""
    mine, other = worlds
    people, open_pages = People(mine), []
    for page in pages():
        if not page.in_prefecture or page.name in PUBLIC - IN_ITS_OWN_WORDS:
            continue
        for role in ROLES[:-1]:
            for method in [m for m in METHODS if any((page.name, w, m) in written() for w in ("propre", "–"))]:
                status = people.ask(role, method, page.own(other)).status_code
                if status != 404:
                    open_pages.append((page.name, method, role, status))
    assert open_pages == []


def test_T02_the_foreign_objects_exist_and_their_own_people_see_them(worlds, db):
    """Without this the two tests above could pass on nothing."""
    _, other = worlds
    people = People(other)
    seen = [page.name for page in pages() if page.has_foreign and (page.name, "propre", "GET") in written()]
    answers = {
        name: {people.ask(role, "GET", page.own(other)).status_code for role in ("referent", "secretary_general")}
        for page in pages()
        if (name := page.name) in seen and not name.startswith("mail:message")
    }
    assert [name for name, found in answers.items() if 200 not in found] == []
