"""A draft may be frozen for a while: who, when, why; the database refuses a section of it too."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION minutes_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    minutes bigint;
    is_open boolean;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.minutes_id <> OLD.minutes_id THEN
        RAISE EXCEPTION 'a section stays in its minutes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN minutes := OLD.minutes_id; ELSE minutes := NEW.minutes_id; END IF;
    SELECT state = 'drafting' AND frozen_at IS NULL INTO is_open FROM committees_minutes WHERE id = minutes FOR SHARE;
    IF is_open IS DISTINCT FROM true THEN
        RAISE EXCEPTION 'the text of these minutes is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION minutes_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    minutes bigint;
    is_open boolean;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.minutes_id <> OLD.minutes_id THEN
        RAISE EXCEPTION 'a section stays in its minutes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN minutes := OLD.minutes_id; ELSE minutes := NEW.minutes_id; END IF;
    SELECT state = 'drafting' INTO is_open FROM committees_minutes WHERE id = minutes FOR SHARE;
    IF is_open IS DISTINCT FROM true THEN
        RAISE EXCEPTION 'the text of these minutes is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0018_minutes_keep_their_layout"),
        ("files", "0003_uuid_per_prefecture"),
        ("organisations", "0004_corbeille"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="minutes",
            name="freeze_reason",
            field=models.TextField(blank=True, editable=False, verbose_name="motif du gel"),
        ),
        migrations.AddField(
            model_name="minutes",
            name="frozen_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="figé le"),
        ),
        migrations.AddField(
            model_name="minutes",
            name="frozen_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("frozen_at__isnull", True), ("frozen_by__isnull", True)),
                    models.Q(
                        ("frozen_at__isnull", False),
                        ("frozen_by__isnull", False),
                        ("state", "drafting"),
                        models.Q(("freeze_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_draft_is_frozen_by_somebody_for_a_reason",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
