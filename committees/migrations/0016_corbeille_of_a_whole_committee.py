import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0015_names_told_apart"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="college",
            name="one_college_per_label",
        ),
        migrations.RemoveConstraint(
            model_name="committeetype",
            name="one_committee_type_per_name",
        ),
        migrations.AddField(
            model_name="college",
            name="trashed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="mis à la corbeille le"),
        ),
        migrations.AddField(
            model_name="compositionact",
            name="trashed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="mis à la corbeille le"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="trashed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="mis à la corbeille le"),
        ),
        migrations.AddField(
            model_name="seat",
            name="trashed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="mis à la corbeille le"),
        ),
        migrations.AddConstraint(
            model_name="college",
            constraint=models.UniqueConstraint(
                models.F("prefecture"),
                models.F("committee"),
                django.db.models.functions.text.Lower("label"),
                name="one_college_per_label",
                violation_error_code="label_taken",
                violation_error_message="Ce comité a déjà un collège de ce nom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeetype",
            constraint=models.UniqueConstraint(
                models.F("prefecture"),
                django.db.models.functions.text.Lower("name"),
                name="one_committee_type_per_name",
                violation_error_code="name_taken",
                violation_error_message="Un type de comité porte déjà ce nom.",
            ),
        ),
    ]
