from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from config.health.part import Number, Part, State
from importers.models import Load


def look() -> Part:
    """The last file of listings that was loaded."""
    last = Load.objects.order_by("-loaded_at", "-pk").first()
    if last is None:
        return Part("loads", State.GOOD, (_("No listings were loaded from a file yet."),))
    told = {
        "file": last.file_name,
        "since": timesince(last.loaded_at),
        "new": f"{last.created:,}",
        "changed": f"{last.updated:,}",
        "rejected": f"{last.rejected:,}",
    }
    words = _("%(file)s was loaded %(since)s ago: %(new)s new, %(changed)s changed, %(rejected)s not taken.") % told
    age = (timezone.now() - last.loaded_at).total_seconds()
    numbers = (Number("load_age_seconds", age), Number("load_rejected_rows", last.rejected))
    return Part("loads", State.GOOD, (words,), numbers)
