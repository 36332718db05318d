import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("committees", "0010_uuid_per_prefecture"),
    ]

    operations = [
        migrations.AddField(
            model_name="approval",
            name="approver_name",
            field=models.CharField(blank=True, max_length=160, verbose_name="approuvé par, comme importé"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="approved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", False), models.Q(("approver_name", ""), _negated=True), _connector="OR"
                ),
                name="approval_of_somebody",
            ),
        ),
    ]
