"""The letterhead and the delegation formula are in the layout now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisations", "0006_letterhead_moves_to_the_layout")]
    operations = [
        migrations.RemoveField(
            model_name="prefecturesettings",
            name="delegation_formula",
        ),
        migrations.RemoveField(
            model_name="prefecturesettings",
            name="letterhead",
        ),
    ]
