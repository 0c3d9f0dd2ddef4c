"""The database's own guard of the journal: entries are neither changed nor removed, whichever program tries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "journal_entry"
WORDS = "an entry of the journal is never changed or removed"
_SQLITE = {
    f"{TABLE}_stays_{verb.lower()}": (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_stays_{verb.lower()} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    )
    for verb in ("UPDATE", "DELETE")
}
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRESQL = f"CREATE OR REPLACE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()"


def set_guards(connection: BaseDatabaseWrapper) -> None:
    """Have the database refuse to change or remove an entry; nothing happens where it does already.

    On PostgreSQL the whole table can still be emptied by its owner (TRUNCATE), which is how a backup is put in place.
    """
    statements = [_FUNCTION, _POSTGRESQL] if connection.vendor == "postgresql" else list(_SQLITE.values())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away, for whoever empties the whole database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_stays ON {TABLE}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_stays()")
            return
        for name in _SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
