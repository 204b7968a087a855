import datetime as dt

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.health.part import Number, Part, State
from outbox.models import Worker

# The longest that any one thing should take: a whole index of a million listings.
STUCK = dt.timedelta(minutes=30)


def look() -> Part:
    """Whether owed work is being delivered by anybody."""
    now = timezone.now()
    alive = list(Worker.objects.alive(now).order_by("host", "pid"))
    silent = list(Worker.objects.silent(now).order_by("-seen_at"))
    numbers = (Number("workers", len(alive)), Number("workers_silent", len(silent)))
    words = [ngettext("%(n)s worker is running.", "%(n)s workers are running.", len(alive)) % {"n": len(alive)}]
    state = State.GOOD
    if not alive:
        state = State.BAD
        words = [_("No worker is running, so that nothing is delivered: start hereabouts serve, or hereabouts work.")]
    for worker in alive:
        if worker.doing and worker.doing_since and now - worker.doing_since > STUCK:
            state = max(state, State.WARNING)
            told = {"where": worker.host, "doing": worker.doing, "since": timesince(worker.doing_since)}
            words.append(_("The one on %(where)s has been at %(doing)s for %(since)s.") % told)
    if silent:
        told = {"where": silent[0].host, "since": timesince(silent[0].seen_at)}
        words.append(_("One on %(where)s ended without a word %(since)s ago.") % told)
    return Part("workers", state, tuple(words), numbers)
