-- What keeps the rows of {table} as they were written. Statements are parted by an empty line.
-- ALWAYS: also while session_replication_role is replica.

CREATE OR REPLACE FUNCTION {schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION '%: rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END$$

CREATE TRIGGER guard_rows BEFORE UPDATE OR DELETE ON {schema}."{table}"
FOR EACH ROW EXECUTE FUNCTION {schema}.refuse_change()

CREATE TRIGGER guard_table BEFORE TRUNCATE ON {schema}."{table}"
FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change()

ALTER TABLE {schema}."{table}" ENABLE ALWAYS TRIGGER guard_rows

ALTER TABLE {schema}."{table}" ENABLE ALWAYS TRIGGER guard_table
