import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from config.health.part import Number, Part, State
from directory.models import Asset
from search.codes import DAYS_OLD
from search.health import Health, health, in_words

# It is renewed every night.
LATE = dt.timedelta(days=2)


def look() -> Part:
    """Whether search is answered as it should be, how old the index is, and whether it holds what is live."""
    now, live = health(), Asset.objects.live().count()
    age = timezone.now() - now.built_at if now.built_at else None
    words = [*in_words(now), _("Listings that are live: %(n)s.") % {"n": f"{live:,}"}]
    numbers = [Number("listings", live)]
    if now.listings is not None:
        numbers.append(Number("index_listings", now.listings))
    if age is not None:
        numbers.append(Number("index_age_seconds", age.total_seconds()))
    state = State.GOOD if now.is_well else State.BAD
    if age is not None and age > LATE:
        state = max(state, State.BAD if age.days >= DAYS_OLD else State.WARNING)
        words.append(_("It was not renewed last night: dates and times in it run out."))
    if differs(now, live):
        state = max(state, State.WARNING)
        words.append(_("The index does not hold what is live: run hereabouts build_index."))
    return Part("search", state, tuple(words), tuple(numbers))


def differs(now: Health, live: int) -> bool:
    """Whether listings are missing, or too many, that nothing owed will put right."""
    return now.listings is not None and now.listings != live and not now.owed
