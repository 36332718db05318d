"""The chain of the journal: each row carries the hash of the one before, the head is kept apart, nothing is changed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head audit_audithead%ROWTYPE;
BEGIN
    SELECT * INTO head FROM audit_audithead WHERE prefecture_id = NEW.prefecture_id FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO audit_audithead (prefecture_id, sequence, hash) VALUES (NEW.prefecture_id, 0, '')
            ON CONFLICT (prefecture_id) DO NOTHING;
        SELECT * INTO head FROM audit_audithead WHERE prefecture_id = NEW.prefecture_id FOR UPDATE;
    END IF;
    NEW.sequence := head.sequence + 1;
    NEW.previous_hash := head.hash;
    NEW.hash := encode(sha256(convert_to(concat_ws('|',
        NEW.sequence, NEW.previous_hash, NEW.prefecture_id, NEW.verb, NEW.subject, coalesce(NEW.version::text, ''),
        coalesce(NEW.user_id::text, ''), NEW.address, NEW.request_reference, NEW.details::text,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), 'UTF8')), 'hex');
    UPDATE audit_audithead SET sequence = NEW.sequence, hash = NEW.hash WHERE id = head.id;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_auditentry FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_refuses_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses_change();

CREATE FUNCTION audit_head_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 1 is a statement of somebody; the trigger of a new entry moves the head at depth 2.
    IF pg_trigger_depth() > 1 AND (TG_OP = 'INSERT' AND NEW.sequence = 0 OR TG_OP = 'UPDATE'
            AND NEW.sequence = OLD.sequence + 1 AND NEW.prefecture_id = OLD.prefecture_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the head of the journal only moves forward, with a new entry' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_head_forward BEFORE INSERT OR UPDATE OR DELETE ON audit_audithead
    FOR EACH ROW EXECUTE FUNCTION audit_head_moves_forward();
"""

BACKWARD = """
DROP TRIGGER audit_head_forward ON audit_audithead;
DROP TRIGGER audit_no_truncate ON audit_auditentry;
DROP TRIGGER audit_no_change ON audit_auditentry;
DROP TRIGGER audit_chain ON audit_auditentry;
DROP FUNCTION audit_head_moves_forward();
DROP FUNCTION audit_refuses_change();
DROP FUNCTION audit_chain();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
