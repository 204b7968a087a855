from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.health.part import Part, State


def pending() -> int:
    """How many changes of the database this version of the program waits for."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def look() -> Part:
    if behind := pending():
        words = _("The database waits for %(n)s changes: run hereabouts migrate.") % {"n": behind}
        return Part("migrations", State.BAD, (words,))
    return Part("migrations", State.GOOD, (_("The database is as this version of the program needs it."),))
