"""What makes the database itself refuse to change an access event, or to delete one before its time."""

from collections.abc import Callable
from typing import Any

KEPT_DAYS = 6 * 365 + 2

SQLITE = (
    """CREATE TRIGGER access_event_is_never_changed BEFORE UPDATE ON accounts_accessevent
    BEGIN SELECT RAISE(ABORT, 'An access event is never changed.'); END""",
    f"""CREATE TRIGGER access_event_is_kept BEFORE DELETE ON accounts_accessevent
    WHEN OLD.at >= strftime('%Y-%m-%d %H:%M:%S', 'now', '-{KEPT_DAYS} days')
    BEGIN SELECT RAISE(ABORT, 'An access event is kept for six years.'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION accounts_access_event_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.at < now() - interval '{KEPT_DAYS} days' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'An access event is never changed, and is kept for six years.'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER access_event_stands BEFORE UPDATE OR DELETE ON accounts_accessevent
    FOR EACH ROW EXECUTE FUNCTION accounts_access_event_stands()""",
)
# What changes rows without an UPDATE or a DELETE: REPLACE on SQLite, TRUNCATE on PostgreSQL.
SQLITE_BESIDES = """CREATE TRIGGER access_event_is_never_replaced BEFORE INSERT ON accounts_accessevent
    WHEN EXISTS (SELECT 1 FROM accounts_accessevent WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'An access event is never changed.'); END"""
POSTGRESQL_BESIDES = """CREATE TRIGGER access_events_stand_together BEFORE TRUNCATE ON accounts_accessevent
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_access_event_stands()"""

Sentences = dict[str, tuple[str, ...]]
FIRST: Sentences = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
BESIDES: Sentences = {"sqlite": (SQLITE_BESIDES,), "postgresql": (POSTGRESQL_BESIDES,)}
LIFT_FIRST: Sentences = {
    "sqlite": ("DROP TRIGGER access_event_is_never_changed", "DROP TRIGGER access_event_is_kept"),
    "postgresql": (
        "DROP TRIGGER access_event_stands ON accounts_accessevent",
        "DROP FUNCTION accounts_access_event_stands()",
    ),
}
LIFT_BESIDES: Sentences = {
    "sqlite": ("DROP TRIGGER access_event_is_never_replaced",),
    "postgresql": ("DROP TRIGGER access_events_stand_together ON accounts_accessevent",),
}
LAY = {vendor: FIRST[vendor] + BESIDES[vendor] for vendor in FIRST}
LIFT = {vendor: LIFT_BESIDES[vendor] + LIFT_FIRST[vendor] for vendor in FIRST}


def saying(sentences: Sentences) -> Callable[[Any, Any], None]:
    """A step of a migration that says these to the database at hand."""

    def step(apps: Any, schema_editor: Any) -> None:
        for sentence in sentences[schema_editor.connection.vendor]:
            schema_editor.execute(sentence)

    return step
