from django.db import connection
from django.utils.translation import gettext as _

from config.health.part import Part, State


def look() -> Part:
    """Whether it answers; raises when it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return Part("database", State.GOOD, (_("The database answers (%(kind)s).") % {"kind": connection.display_name},))
