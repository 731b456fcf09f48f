"""An organization that is the body of a position stays one.

The rule stands here and not on the speaker, since positions belong to the layer below.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION policies_body_stays_organization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM policies_position p WHERE p.body_id = NEW.id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'speaker_kind_body',
            MESSAGE = 'This must remain an organization: positions name it as their body.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policies_body_stays_organization BEFORE UPDATE OF kind ON statements_speaker
    FOR EACH ROW WHEN (OLD.kind = 'organization' AND NEW.kind <> 'organization')
    EXECUTE FUNCTION policies_body_stays_organization();
"""
DROP = "DROP FUNCTION policies_body_stays_organization() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("policies", "0015_pages_of_proposals"), ("statements", "0017_kinds")]
    operations = [migrations.RunSQL(CREATE, DROP)]
