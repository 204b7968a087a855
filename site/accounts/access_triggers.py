"""What makes the database itself refuse to change an access event, or to delete one before its time."""

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
LAY = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
LIFT = {
    "sqlite": ("DROP TRIGGER access_event_is_never_changed", "DROP TRIGGER access_event_is_kept"),
    "postgresql": (
        "DROP TRIGGER access_event_stands ON accounts_accessevent",
        "DROP FUNCTION accounts_access_event_stands()",
    ),
}


def lay(_apps: Any, schema_editor: Any) -> None:
    for sentence in LAY[schema_editor.connection.vendor]:
        schema_editor.execute(sentence)


def lift(_apps: Any, schema_editor: Any) -> None:
    for sentence in LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(sentence)
