"""A text that is no longer drafted does not change, and sealed minutes never do (R08): the database refuses it too."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION minutes_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    minutes bigint;
    state_of_minutes text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.minutes_id <> OLD.minutes_id THEN
        RAISE EXCEPTION 'a section stays in its minutes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN minutes := OLD.minutes_id; ELSE minutes := NEW.minutes_id; END IF;
    SELECT state INTO state_of_minutes FROM committees_minutes WHERE id = minutes FOR SHARE;
    IF state_of_minutes IS DISTINCT FROM 'drafting' THEN
        RAISE EXCEPTION 'the text of these minutes is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER minutes_text_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON committees_section
    FOR EACH ROW EXECUTE FUNCTION minutes_text_is_frozen();

CREATE FUNCTION minutes_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER minutes_are_frozen BEFORE UPDATE OR DELETE ON committees_minutes
    FOR EACH ROW EXECUTE FUNCTION minutes_are_frozen();
"""

BACKWARD = """
DROP TRIGGER minutes_are_frozen ON committees_minutes;
DROP FUNCTION minutes_are_frozen();
DROP TRIGGER minutes_text_is_frozen ON committees_section;
DROP FUNCTION minutes_text_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("committees", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
