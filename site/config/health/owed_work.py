import datetime as dt

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.health.part import Number, Part, State, worst
from outbox.counts import Owed, count_everything

# Most of it is done within seconds.
LATE, VERY_LATE = dt.timedelta(minutes=15), dt.timedelta(hours=6)
# So often tried, it is no hiccup.
TROUBLED = 5


def look() -> Part:
    """What is parked, what fails again and again, and what waits too long."""
    owed = count_everything()
    troubles = [trouble for one in owed for trouble in troubles_of(one)]
    states = [state for state, _words in troubles]
    words = [words for _state, words in troubles] or [_("Nothing is parked, and nothing waits too long.")]
    waiting = sum(one.waiting + one.being_delivered + one.again for one in owed)
    words.append(_("To be done now: %(n)s.") % {"n": f"{waiting:,}"})
    numbers = [number for one in owed for number in numbers_of(one)]
    return Part("owed work", worst(*states), tuple(words), tuple(numbers))


def troubles_of(one: Owed) -> list[tuple[State, str]]:
    found = []
    if one.parked:
        words = ngettext("%(what)s: %(n)s is parked.", "%(what)s: %(n)s are parked.", one.parked)
        found.append((State.WARNING, words % {"what": one.name, "n": f"{one.parked:,}"}))
    troubled = one.kind.objects.unparked().filter(attempts__gte=TROUBLED).order_by("-attempts", "pk")
    if worst_row := troubled.first():
        told = {"what": one.name, "times": worst_row.attempts, "why": worst_row.last_error}
        found.append((State.WARNING, _("%(what)s: tried %(times)s times. %(why)s") % told))
    if one.waited > LATE:
        state = State.BAD if one.waited > VERY_LATE else State.WARNING
        told = {"what": one.name, "since": timesince(one.oldest or timezone.now())}
        found.append((state, _("%(what)s: waiting for %(since)s.") % told))
    return found


def numbers_of(one: Owed) -> list[Number]:
    states = {
        "waiting": one.waiting, "being_delivered": one.being_delivered, "again": one.again, "later": one.later,
        "parked": one.parked,
    }  # fmt: skip
    rows = [Number("owed_rows", value, (one.label, state)) for state, value in states.items()]
    return [*rows, Number("owed_oldest_seconds", one.waited.total_seconds(), (one.label,))]
