"""Types of a préfecture, colleges of a committee: of those whose names differ by case only, the later ones get a number.

The constraint comes with 0016. Nothing to undo: the names it gives hold under the former constraint too.
"""

from itertools import count

from django.db import migrations

NATIONAL_SLUG = "administration-nationale"
# Model, field of the name, its length, what two of the same name share.
NAMED = [("CommitteeType", "name", 120, None), ("College", "label", 160, "committee_id")]


def tell_apart(apps, schema_editor):
    """The owner too is held by row security: each préfecture is named in turn."""
    for prefecture in apps.get_model("organisations", "Prefecture").objects.exclude(slug=NATIONAL_SLUG):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.prefecture', %s, true)", [str(prefecture.pk)])
        for model, field, length, shared in NAMED:
            rows = apps.get_model("committees", model)._base_manager.filter(prefecture=prefecture)
            number_twins(list(rows.order_by("position", "pk")), field, length, shared)


def number_twins(rows, field, length, shared):
    """« Usagers », « usagers » become « Usagers », « usagers (2) », or the first number nobody bears."""
    taken = {key_of(row, field, shared) for row in rows}
    seen = set()
    for row in rows:
        if key_of(row, field, shared) in seen:
            name = getattr(row, field)[: length - 6]
            for number in count(2):
                setattr(row, field, f"{name} ({number})")
                if key_of(row, field, shared) not in taken:
                    break
            taken.add(key_of(row, field, shared))
            row.save(update_fields=[field])
        seen.add(key_of(row, field, shared))


def key_of(row, field, shared):
    return shared and getattr(row, shared), getattr(row, field).lower()


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0014_minutes_versions"),
        ("organisations", "0004_corbeille"),
    ]

    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
