-- What keeps the rows of {table} as they were written. Statements are parted by an empty line.
-- INSERT OR REPLACE removes the old row without firing a DELETE trigger: the third one stops that.

CREATE TRIGGER "guard_update_{table}" BEFORE UPDATE ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed'); END

CREATE TRIGGER "guard_delete_{table}" BEFORE DELETE ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table}: rows are never deleted'); END

CREATE TRIGGER "guard_replace_{table}" BEFORE INSERT ON "{table}"
WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same_row})
BEGIN SELECT RAISE(ABORT, '{table}: this row is there already'); END
