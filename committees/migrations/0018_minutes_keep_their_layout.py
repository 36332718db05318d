"""Minutes have a form of title and keep the layout they were submitted with, frozen with their text."""

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
        NEW.contacts, NEW.drafters, NEW.reference_lines, NEW.page_mark, NEW.correction_reason,
        NEW.title_form, NEW.layout)
       IS DISTINCT FROM
       (OLD.title_lines, OLD.place, OLD.dated_on, OLD.section_order, OLD.order_version, OLD.text_hash, OLD.facts,
        OLD.meeting_id, OLD.version_number, OLD.submitted_at,
        OLD.contacts, OLD.drafters, OLD.reference_lines, OLD.page_mark, OLD.correction_reason,
        OLD.title_form, OLD.layout) THEN
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


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0016_corbeille_of_a_whole_committee"),
        ("files", "0003_uuid_per_prefecture"),
        ("organisations", "0007_settings_without_letterhead"),
    ]

    operations = [
        migrations.AddField(
            model_name="minutes",
            name="layout",
            field=models.JSONField(editable=False, null=True, verbose_name="mise en page figée"),
        ),
        migrations.AddField(
            model_name="minutes",
            name="title_form",
            field=models.CharField(
                choices=[
                    ("bold", "en gras, une ou deux lignes"),
                    ("table", "en grand, dans un tableau d'en-tête avec la date et le suivi"),
                    ("capitals", "en capitales, sans gras"),
                    ("object", "la ligne d'objet seule"),
                ],
                default="bold",
                max_length=10,
                verbose_name="forme du titre",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("title_form__in", ["bold", "table", "capitals", "object"])),
                name="minutes_title_form",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
