"""What is printed around the text is frozen with it: the function of 0002, with the columns of 0007."""

from django.db import migrations

FORWARD = """
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
        NEW.meeting_id, NEW.version_number, NEW.submitted_at)
       IS DISTINCT FROM
       (OLD.title_lines, OLD.place, OLD.dated_on, OLD.section_order, OLD.order_version, OLD.text_hash, OLD.facts,
        OLD.meeting_id, OLD.version_number, OLD.submitted_at) THEN
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
    dependencies = [("committees", "0007_minutes_mentions")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
