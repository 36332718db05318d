"""Types of a préfecture, colleges of a committee: of those whose names differ by case only, the later ones get a number.

The constraint comes with 0016. Nothing to undo: the names it gives hold under the former constraint too.
"""

from django.db import migrations

NATIONAL_SLUG = "administration-nationale"
NUMBERED = """
UPDATE {table} row SET {name} = left(row.{name}, {length} - 6) || ' (' || twins.rank || ')'
FROM (SELECT id, rank() OVER (PARTITION BY {within} lower({name}) ORDER BY position, id) AS rank FROM {table}) twins
WHERE twins.id = row.id AND twins.rank > 1
"""


def tell_apart(apps, schema_editor):
    """The owner too is held by row security: each préfecture is named in turn."""
    for prefecture in apps.get_model("organisations", "Prefecture").objects.exclude(slug=NATIONAL_SLUG):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.prefecture', %s, true)", [str(prefecture.pk)])
            cursor.execute(NUMBERED.format(table="committees_committeetype", name="name", length=120, within=""))
            cursor.execute(
                NUMBERED.format(table="committees_college", name="label", length=160, within="committee_id,")
            )


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0014_minutes_versions"),
        ("organisations", "0004_corbeille"),
    ]

    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
