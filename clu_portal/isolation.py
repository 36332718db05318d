"""The database's half of the isolation, made and verified from the model registry.

After `migrate`, `ensure_isolation()` gives each table of a préfecture its row security (enabled, forced, one policy
for reading and writing), its unique (prefecture_id, id), its composite foreign keys, and the runtime role its rights.
It changes nothing that is already so. `isolation_faults()` says what is missing; a test asks it, and
`ensure_isolation --check`.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

from clu_portal.tenancy import TenantModel

RUNTIME_ROLE = "clu_app"
POLICY = "prefecture_of_the_transaction"
CURRENT = "prefecture_id = nullif(current_setting('app.prefecture', true), '')::bigint"
CURRENT_AS_STORED = "(prefecture_id = (NULLIF(current_setting('app.prefecture'::text, true), ''::text))::bigint)"


def tenant_models() -> list[type[TenantModel]]:
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def tenant_links(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """The fields of a model that point to a row of a préfecture."""
    for field in model._meta.concrete_fields:
        if field.is_relation and issubclass(field.related_model, TenantModel):
            yield field


def ensure_isolation() -> None:
    """Give every table its row security, constraints and grants. Run by the owner, as often as wished."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in tenant_models():
            secure_rows(cursor, model._meta.db_table)
        for model in apps.get_models():
            for field in tenant_links(model):
                link_within_prefecture(cursor, field)
        grant_to_runtime(cursor)


def secure_rows(cursor, table: str) -> None:
    cursor.execute("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
    if not cursor.fetchone()[0]:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')
    cursor.execute("SELECT 1 FROM pg_policies WHERE tablename = %s AND policyname = %s", [table, POLICY])
    if not cursor.fetchone():
        cursor.execute(f'CREATE POLICY {POLICY} ON "{table}" USING ({CURRENT}) WITH CHECK ({CURRENT})')
    add_constraint(cursor, table, f"{table}_in_prefecture"[:63], "UNIQUE (prefecture_id, id)")


def link_within_prefecture(cursor, field: models.ForeignKey) -> None:
    source, target = field.model._meta.db_table, field.related_model._meta.db_table
    add_constraint(
        cursor,
        source,
        link_name(field),
        f'FOREIGN KEY (prefecture_id, "{field.column}") REFERENCES "{target}" (prefecture_id, id) '
        "DEFERRABLE INITIALLY DEFERRED",
    )


def link_name(field: models.ForeignKey) -> str:
    return f"{field.model._meta.db_table}_{field.column}_fk"[-63:]


def add_constraint(cursor, table: str, name: str, definition: str) -> None:
    cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [name, table])
    if not cursor.fetchone():
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')


def append_only_tables() -> list[str]:
    """Tables whose rows the application may add and read, never change (`append_only = True` on the model)."""
    return [m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False)]


def movable_columns() -> list[tuple[str, str]]:
    """The columns of such tables that may still change: whom a row is about, when two are found to be one."""
    return [
        (model._meta.db_table, model._meta.get_field(name).column)
        for model in apps.get_models()
        for name in getattr(model, "movable_fields", ())
    ]


def grant_to_runtime(cursor) -> None:
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {RUNTIME_ROLE}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {RUNTIME_ROLE}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {RUNTIME_ROLE}")
    for table in append_only_tables():
        cursor.execute(f'REVOKE UPDATE, DELETE ON "{table}" FROM {RUNTIME_ROLE}')
    for table, column in movable_columns():
        cursor.execute(f'GRANT UPDATE ("{column}") ON "{table}" TO {RUNTIME_ROLE}')
    for table in ("clu_installation", "django_migrations"):
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        if cursor.fetchone()[0]:
            cursor.execute(f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM {RUNTIME_ROLE}')


def isolation_faults() -> list[str]:
    """Read the catalogue and return one English sentence per missing protection (checklist T06, T09)."""
    with connection.cursor() as cursor:
        faults = [fault for model in tenant_models() for fault in table_faults(cursor, model)]
        faults += [fault for model in apps.get_models() for fault in link_faults(cursor, model)]
        return faults + list(view_faults(cursor))


def table_faults(cursor, model: type[TenantModel]) -> Iterator[str]:
    table = model._meta.db_table
    cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
    enabled, forced = cursor.fetchone()
    if not (enabled and forced):
        yield f"{table}: row security is not enabled and forced"
    yield from policy_faults(cursor, table)
    cursor.execute(
        "SELECT attnotnull FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'prefecture_id'", [table]
    )
    if not cursor.fetchone()[0]:
        yield f"{table}: prefecture_id may be null"
    yield from index_faults(cursor, table)
    for field in model._meta.local_many_to_many:
        if field.remote_field.through._meta.auto_created:
            yield f"{table}.{field.name}: a many-to-many table has no préfecture"


def policy_faults(cursor, table: str) -> Iterator[str]:
    """Policies add up: one more, however named, opens what the first one closes."""
    cursor.execute(
        "SELECT policyname, cmd, permissive, qual, with_check FROM pg_policies WHERE tablename = %s", [table]
    )
    policies = {name: rest for name, *rest in cursor.fetchall()}
    if policies.pop(POLICY, None) != ["ALL", "PERMISSIVE", CURRENT_AS_STORED, CURRENT_AS_STORED]:
        yield f"{table}: no policy for reading and writing"
    for name in policies:
        yield f"{table}: another policy opens it: {name}"


def index_faults(cursor, table: str) -> Iterator[str]:
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
    definitions = [row[0] for row in cursor.fetchall()]
    if not any("(prefecture_id" in definition for definition in definitions):
        yield f"{table}: no index begins with prefecture_id"
    for definition in definitions:
        names_text = not definition.endswith(("(id)", "_id)", "(uuid)"))
        if "UNIQUE" in definition and "prefecture_id" not in definition and names_text:
            yield f"{table}: unique across préfectures: {definition}"


def link_faults(cursor, model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    for field in tenant_links(model):
        cursor.execute(
            "SELECT array_length(conkey, 1) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid = %s::regclass AND confrelid = %s::regclass "
            "AND (SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = %s) = ANY(conkey)",
            [table, field.related_model._meta.db_table, field.column],
        )
        widths = [row[0] for row in cursor.fetchall()]
        if widths != [2]:
            yield f"{table}.{field.column}: the foreign key is not composite {widths}"


def view_faults(cursor) -> Iterator[str]:
    cursor.execute(
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public' AND "
        "(relkind = 'm' OR (relkind = 'v' AND NOT coalesce("
        "reloptions && '{security_invoker=true,security_invoker=on,security_invoker=1}', false)))"
    )
    for (name,) in cursor.fetchall():
        yield f"{name}: a view that row security does not reach"
    cursor.execute(
        "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace "
        "WHERE nspname = 'public' AND prosecdef"
    )
    for (name,) in cursor.fetchall():
        yield f"{name}: a SECURITY DEFINER function"
