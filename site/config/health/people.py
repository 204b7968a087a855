from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.health.part import Number, Part, State
from referrals.home.mine import looked_after_by_nobody


def look() -> Part:
    """Whether everybody is looked after by somebody who still works here."""
    count = looked_after_by_nobody().count()
    numbers = (Number("people_without_coordinator", count),)
    if not count:
        return Part("people", State.GOOD, (_("Everybody with whom something goes on has somebody at work."),), numbers)
    words = ngettext(
        "%(n)s person has nobody at work who looks after them.",
        "%(n)s people have nobody at work who looks after them.",
        count,
    )
    mend = _("An administrator hands them over, under “Being away, and handing people over”.")
    return Part("people", State.WARNING, (words % {"n": count}, mend), numbers)
