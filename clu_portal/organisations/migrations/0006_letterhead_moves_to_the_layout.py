"""The letterhead and the delegation formula of each préfecture go from its settings to its layout."""

from django.db import migrations
from django.db.models import Q

MOVED = ("letterhead", "delegation_formula")


def forward(apps, schema_editor):
    move(apps, schema_editor, "PrefectureSettings", "DocumentLayout")


def backward(apps, schema_editor):
    move(apps, schema_editor, "DocumentLayout", "PrefectureSettings")


def move(apps, schema_editor, source, target):
    """The owner too is held by row security: each préfecture is named in turn."""
    for prefecture in apps.get_model("organisations", "Prefecture").objects.all():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.prefecture', %s, true)", [str(prefecture.pk)])
        said = apps.get_model("organisations", source).objects.filter(prefecture=prefecture)
        for row in said.exclude(Q(letterhead="") & Q(delegation_formula="")):
            values = {name: getattr(row, name) for name in MOVED}
            apps.get_model("organisations", target).objects.update_or_create(prefecture=prefecture, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_document_layout")]
    operations = [migrations.RunPython(forward, backward)]
