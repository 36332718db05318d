import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0004_kinds_become_types")]

    operations = [
        migrations.RemoveConstraint(
            model_name="mandate",
            name="one_open_mandate_per_person_and_seat",
        ),
        migrations.RemoveField(
            model_name="committee",
            name="kind",
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("prefecture", "="),
                    ("seat", "="),
                    ("person", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="one_mandate_per_person_and_seat_at_a_time",
                violation_error_code="already_seated",
                violation_error_message="Cette personne tient déjà ce siège.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "full_member")),
                expressions=[
                    ("prefecture", "="),
                    ("seat", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="one_full_member_per_seat_at_a_time",
                violation_error_code="seat_taken",
                violation_error_message="Ce siège a déjà un titulaire à ces dates : mettez d'abord fin à son mandat.",
            ),
        ),
    ]
