from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.health.part import Part, State


def pending() -> list[str]:
    """The changes of the database that this version of the program waits for, in order: “search.0007_wider_words”."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def look() -> Part:
    if behind := pending():
        words = _("The database waits for %(n)s changes: run hereabouts upgrade.") % {"n": len(behind)}
        return Part("migrations", State.BAD, (words,))
    return Part("migrations", State.GOOD, (_("The database is as this version of the program needs it."),))
