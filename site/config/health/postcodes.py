import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assets_map.gazetteer import GazetteerMissing, gazetteer
from config.health.part import Number, Part, State

# Products come out four times a year; some hundred postcodes of a county change in that time.
OLD = dt.timedelta(days=550)


def look() -> Part:
    """Whether they are loaded, and of when the last product that was loaded is."""
    try:
        known = gazetteer()
    except GazetteerMissing:
        return Part("postcodes", State.BAD, (_("No postcodes are loaded: run hereabouts load_postcodes."),))
    words = [_("%(n)s postcodes are known.") % {"n": f"{len(known):,}"}]
    numbers = [Number("postcodes", len(known))]
    state = State.GOOD
    if vintage := vintage_of(known.about.get("sources", [])):
        age = timezone.localdate() - vintage
        words.append(_("They are of %(month)s.") % {"month": date_format(vintage, "F Y")})
        numbers.append(Number("postcodes_age_seconds", age.total_seconds()))
        if age > OLD:
            state = State.WARNING
            words.append(_("New houses are missing by now: load a newer product."))
    return Part("postcodes", state, tuple(words), tuple(numbers))


def vintage_of(sources: list[dict[str, Any]]) -> dt.date | None:
    """The month that the newest of the loaded products tells of."""
    known = [dt.date.fromisoformat(one["vintage"]) for one in sources if one.get("vintage")]
    return max(known, default=None)
