"""A version may be abandoned and says what it corrects; minutes go by post too. Abandoned, it changes no more."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION minutes_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'drafting' THEN
            RAISE EXCEPTION 'these minutes are frozen' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('replaced', 'abandoned') OR (OLD.state = 'sealed' AND NEW.state <> 'replaced') THEN
        RAISE EXCEPTION 'sealed minutes never change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'drafting' AND NEW.state <> 'drafting' AND
       (NEW.title_lines, NEW.place, NEW.dated_on, NEW.section_order, NEW.order_version, NEW.text_hash, NEW.facts,
        NEW.meeting_id, NEW.version_number, NEW.submitted_at,
        NEW.contacts, NEW.drafters, NEW.reference_lines, NEW.page_mark, NEW.correction_reason)
       IS DISTINCT FROM
       (OLD.title_lines, OLD.place, OLD.dated_on, OLD.section_order, OLD.order_version, OLD.text_hash, OLD.facts,
        OLD.meeting_id, OLD.version_number, OLD.submitted_at,
        OLD.contacts, OLD.drafters, OLD.reference_lines, OLD.page_mark, OLD.correction_reason) THEN
        RAISE EXCEPTION 'the text of these minutes is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'sealed' AND
       (NEW.sealed_at, NEW.sealed_file_id) IS DISTINCT FROM (OLD.sealed_at, OLD.sealed_file_id) THEN
        RAISE EXCEPTION 'sealed minutes never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION minutes_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'drafting' THEN
            RAISE EXCEPTION 'these minutes are frozen' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state = 'replaced' OR (OLD.state = 'sealed' AND NEW.state <> 'replaced') THEN
        RAISE EXCEPTION 'sealed minutes never change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'drafting' AND NEW.state <> 'drafting' AND
       (NEW.title_lines, NEW.place, NEW.dated_on, NEW.section_order, NEW.order_version, NEW.text_hash, NEW.facts,
        NEW.meeting_id, NEW.version_number, NEW.submitted_at,
        NEW.contacts, NEW.drafters, NEW.reference_lines, NEW.page_mark)
       IS DISTINCT FROM
       (OLD.title_lines, OLD.place, OLD.dated_on, OLD.section_order, OLD.order_version, OLD.text_hash, OLD.facts,
        OLD.meeting_id, OLD.version_number, OLD.submitted_at,
        OLD.contacts, OLD.drafters, OLD.reference_lines, OLD.page_mark) THEN
        RAISE EXCEPTION 'the text of these minutes is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'sealed' AND
       (NEW.sealed_at, NEW.sealed_file_id) IS DISTINCT FROM (OLD.sealed_at, OLD.sealed_file_id) THEN
        RAISE EXCEPTION 'sealed minutes never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0013_meetings_mended"),
        ("files", "0003_uuid_per_prefecture"),
        ("mail", "0001_initial"),
        ("organisations", "0004_corbeille"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="minutes",
            name="one_minutes_per_version",
        ),
        migrations.RemoveConstraint(
            model_name="minutes",
            name="sealed_minutes_have_a_file_and_a_date",
        ),
        migrations.AddField(
            model_name="distributionrecipient",
            name="ground",
            field=models.CharField(
                choices=[
                    ("member", "membre en fonction"),
                    ("present", "présent à la réunion"),
                    ("excused", "excusé"),
                    ("invited", "invité, sans être venu"),
                ],
                default="member",
                max_length=10,
                verbose_name="à titre de",
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="correction_reason",
            field=models.TextField(
                blank=True,
                help_text="Imprimé sous le titre, pour qui a lu la version d'avant.",
                verbose_name="ce que cette version corrige",
            ),
        ),
        migrations.AlterField(
            model_name="distributionrecipient",
            name="email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name="distributionrecipient",
            name="message",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="mail.outgoingmessage",
            ),
        ),
        migrations.AlterField(
            model_name="minutes",
            name="state",
            field=models.CharField(
                choices=[
                    ("drafting", "en rédaction"),
                    ("in_review", "en relecture"),
                    ("sealed", "approuvé et scellé"),
                    ("replaced", "remplacé"),
                    ("abandoned", "abandonné"),
                ],
                default="drafting",
                editable=False,
                max_length=10,
                verbose_name="état",
            ),
        ),
        migrations.AddConstraint(
            model_name="distributionrecipient",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["member", "present", "excused", "invited"])),
                name="recipient_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="distributionrecipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email", ""), ("message__isnull", True)),
                    models.Q(models.Q(("email", ""), _negated=True), ("message__isnull", False)),
                    _connector="OR",
                ),
                name="recipient_by_mail_or_by_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "abandoned"), _negated=True),
                fields=("prefecture", "meeting", "version_number"),
                name="one_minutes_per_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("sealed_at__isnull", True),
                        ("sealed_file__isnull", True),
                        ("state__in", ("drafting", "in_review", "abandoned")),
                    ),
                    models.Q(
                        ("sealed_at__isnull", False),
                        ("sealed_file__isnull", False),
                        ("state__in", ("sealed", "replaced")),
                    ),
                    _connector="OR",
                ),
                name="sealed_minutes_have_a_file_and_a_date",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
