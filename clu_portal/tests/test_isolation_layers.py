"""Each layer of the isolation is switched off in turn: which attempts do the others still stop?

The table is printed. Its last line, everything off, shows that each attempt is real.
"""

from contextlib import ExitStack, closing, contextmanager

import pytest
from django.db import DatabaseError, connection, models
from django.forms import modelform_factory
from django.test import Client
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations.models import ClosingDay, Site
from clu_portal.tenancy import TenantManager, scope
from clu_portal.tests.databases import owner_connection
from clu_portal.tests.factories import PrefectureFactory, SiteFactory, user_with_role
from clu_portal.tests.roles import never_happened, owner_role
from committees.composition.models import Committee
from committees.tests.factories import CommitteeFactory

TABLES = ("organisations_site", "organisations_closingday", "committees_committee")
LINK = "organisations_closingday_site_id_fk"
DATES = {"starts_on": "2026-05-15", "ends_on": "2026-05-15"}


class Attempts:
    """What somebody of one préfecture tries on the rows of another. Each answers whether it succeeded."""

    def __init__(self):
        self.own, self.foreign = PrefectureFactory(), PrefectureFactory()
        with scope(self.foreign.pk):
            self.site, self.committee = SiteFactory(), CommitteeFactory()
        with scope(self.own.pk):
            self.user = user_with_role(RoleKind.REFERENT)

    def list_rows(self) -> bool:
        return Site.objects.filter(pk=self.site.pk).exists()

    def raw_select(self) -> bool:
        return bool(self.execute("SELECT id FROM organisations_site WHERE id = %s", self.site.pk))

    def update_by_id(self) -> bool:
        return Site.objects.filter(pk=self.site.pk).update(name="volé") == 1

    def raw_update(self) -> bool:
        return self.execute("UPDATE organisations_site SET name = 'volé' WHERE id = %s", self.site.pk) == 1

    def insert_foreign(self) -> bool:
        Committee(prefecture=self.foreign, name="Comité glissé").save(force_insert=True)
        return True

    def point_at_foreign(self) -> bool:
        ClosingDay.objects.create(site_id=self.site.pk, reason="pont", **DATES)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return True

    def choose_in_form(self) -> bool:
        form = modelform_factory(ClosingDay, fields=["site", "starts_on", "ends_on", "reason"])
        return form(DATES | {"site": self.site.pk, "reason": "pont"}).is_valid()

    def open_address(self) -> bool:
        client = Client()
        client.force_login(self.user)
        address = reverse("committees:committee_detail", args=[self.own.slug, self.committee.pk])
        return client.get(address).status_code == 200

    def execute(self, sql: str, *values) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount


NAMES = [name for name in vars(Attempts) if not name.startswith("_") and name != "execute"]


def tried(attempts: Attempts, name: str) -> str:
    """« passes », or what kind of refusal it met."""
    try:
        with never_happened(), scope(attempts.own.pk):
            return "passes" if getattr(attempts, name)() else "stopped"
    except DatabaseError:
        return "stopped"


@contextmanager
def changed_by_owner(there: str, back: str):
    """Change the schema as its owner; put it back whatever happens."""
    connection.close()
    with closing(owner_connection(connection.settings_dict["NAME"])) as owner:
        cursor = owner.cursor()
        cursor.execute(there)
        try:
            yield
        finally:
            connection.close()
            cursor.execute(back)


@contextmanager
def no_manager():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TenantManager, "get_queryset", models.Manager.get_queryset)
        yield


def on_tables(words: str) -> str:
    return ";".join(f"ALTER TABLE {table} {words}" for table in TABLES)


def no_policies():
    return changed_by_owner(on_tables("DISABLE ROW LEVEL SECURITY"), on_tables("ENABLE ROW LEVEL SECURITY"))


def not_forced():
    return changed_by_owner(on_tables("NO FORCE ROW LEVEL SECURITY"), on_tables("FORCE ROW LEVEL SECURITY"))


@contextmanager
def as_owner():
    """The portal running under the role that owns its tables, which `check_startup` refuses."""
    with pytest.MonkeyPatch.context() as patch:
        connection.close()
        patch.setitem(connection.settings_dict, "USER", owner_role())
        yield
        connection.close()


def simple_keys():
    """What Django would have made by itself."""
    drop = f"ALTER TABLE organisations_closingday DROP CONSTRAINT {LINK}, ADD CONSTRAINT {LINK} "
    simple = "FOREIGN KEY (site_id) REFERENCES organisations_site (id) DEFERRABLE INITIALLY DEFERRED"
    composite = (
        "FOREIGN KEY (prefecture_id, site_id) REFERENCES organisations_site (prefecture_id, id) "
        "DEFERRABLE INITIALLY DEFERRED"
    )
    return changed_by_owner(drop + simple, drop + composite)


LAYERS = {
    "nothing": [],
    "manager": [no_manager],
    "row security": [no_policies],
    "forced": [not_forced],
    "role": [as_owner],
    "forced and role": [not_forced, as_owner],
    "composite keys": [simple_keys],
    "manager and row security": [no_manager, no_policies],
    "everything": [no_manager, no_policies, simple_keys],
}
RAW = {"raw_select", "raw_update", "insert_foreign"}
BY_MANAGER = {"list_rows", "update_by_id", "choose_in_form", "open_address"}
PASSES = {
    "nothing": set(),
    "manager": set(),
    "row security": RAW,
    "forced": set(),
    "role": set(),
    "forced and role": RAW,
    "composite keys": {"point_at_foreign"},
    "manager and row security": RAW | BY_MANAGER,
    "everything": RAW | BY_MANAGER | {"point_at_foreign"},
}


@pytest.mark.django_db(transaction=True)
def test_isolation_each_layer_switched_off_in_turn(capsys):
    attempts, found = Attempts(), {}
    for layer, switches in LAYERS.items():
        with ExitStack() as off:
            for switch in switches:
                off.enter_context(switch())
            found[layer] = {name: tried(attempts, name) for name in NAMES}
    with capsys.disabled():
        print("\n" + table(found))  # noqa: T201 - the issue asks for it
    assert {layer: {n for n, outcome in row.items() if outcome == "passes"} for layer, row in found.items()} == PASSES


def table(found: dict[str, dict[str, str]]) -> str:
    width = max(map(len, found)) + 2
    lines = ["switched off".ljust(width) + "  ".join(NAMES)]
    for layer, row in found.items():
        lines.append(layer.ljust(width) + "  ".join(row[name].ljust(len(name)) for name in NAMES))
    return "\n".join(lines)
