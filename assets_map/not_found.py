"""Each way of not finding a place, with a sentence for the person who typed it.

PlaceNotFound
├── NotAPostcode         what was typed cannot be a postcode; the sentence says what is missing
├── UnknownPostcode      it could be one, and no such postcode is known
├── UnknownPlaceName     no town, village or area of that name is known
├── TerminatedPostcode   it was one, and has been closed
└── OutsideOurArea       it is a place, and another council's
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from assets_map.places import Place
    from assets_map.postcodes import Postcode

LONGEST_SHOWN = 40
FIND_COUNCIL = "https://www.gov.uk/find-local-council"


def shown(typed: str) -> str:
    """What was typed, on one line and short enough to say back."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


class PlaceNotFound(Exception):  # read as a sentence: "raise PlaceNotFound"
    """A place could not be found; `typed` keeps what the person wrote, and `str()` says what to do."""

    def __init__(self, typed: str, sentence: str = "") -> None:
        self.typed = typed
        super().__init__(sentence or _("We could not find “%(typed)s”.") % {"typed": shown(typed)})


class NotAPostcode(PlaceNotFound):
    """What was typed cannot be a postcode."""


class UnknownPostcode(PlaceNotFound):
    """A well-formed postcode that is not known; `nearby` are like it, `instead` is a part of it that is a place."""

    def __init__(self, typed: str, *, nearby: Iterable["Postcode"] = (), instead: str = "", sentence: str = "") -> None:
        self.nearby = list(nearby)
        self.instead = instead
        super().__init__(
            typed, sentence or _("We do not know the postcode %(typed)s. Check each letter.") % {"typed": shown(typed)}
        )


class UnknownPlaceName(PlaceNotFound):
    """No place of that name; `similar` are names of our own places that are spelt like it."""

    def __init__(self, typed: str, *, similar: Iterable[str] = ()) -> None:
        self.similar = list(similar)
        super().__init__(
            typed, _("We do not know a place called “%(typed)s”. Try a postcode.") % {"typed": shown(typed)}
        )


class TerminatedPostcode(PlaceNotFound):
    """A closed postcode: `ended` when the month is known, `nearby` live ones by distance, `place` where it was."""

    def __init__(
        self, typed: str, *, ended: date | None, nearby: Iterable["Postcode"] = (), place: "Place | None" = None
    ) -> None:
        self.ended = ended
        self.nearby = list(nearby)
        self.place = place
        if ended:
            month = date_format(ended, "F Y")
            sentence = _("%(typed)s was closed in %(month)s.") % {"typed": shown(typed), "month": month}
        else:
            sentence = _("%(typed)s is no longer in use.") % {"typed": shown(typed)}
        super().__init__(typed, sentence)


class OutsideOurArea(PlaceNotFound):
    """A place that another council serves; `council_name` is blank when it is not known or there are several."""

    find_council_url = FIND_COUNCIL

    def __init__(self, typed: str, *, place: "Place | None" = None, council_name: str = "") -> None:
        self.place = place
        self.council_name = council_name
        words = {"typed": shown(typed), "council": council_name}
        if council_name:
            sentence = _("%(typed)s is in %(council)s, outside the area of this directory.") % words
        else:
            sentence = _("%(typed)s is outside the area of this directory.") % words
        super().__init__(typed, sentence)
