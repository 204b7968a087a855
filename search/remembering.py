"""What is kept of a search, decided while the page is answered: `remember(request, asked, where, results, …)`.

Kept: the words that the directory or the thesaurus knows, sorted, without those that hold a digit; filters; the ward or
the name of the place; how many were found. Never kept: what was typed, a postcode, anything that matched a rule for
people in danger. Only the first page of a search by a person counts.
"""

import logging
import re
from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from accounts.serving import council_served
from assets_map.areas import SECTOR, area_index
from assets_map.models import Area
from assets_map.places import Place
from search.asking import Asked
from search.common_words import STOP_WORDS
from search.danger import matched
from search.models import SearchRecord
from search.models.records import LONGEST_WORDS
from search.query import Results
from search.record_queue import Memory, put
from search.terms import Terms
from search.understand import words_of
from search.where import Where, holds_full_postcode

PROGRAM = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python", re.IGNORECASE)
# Of a postcode, first the ward; where that is not known, what is next in size.
FIRST_KINDS = (Area.Kind.WARD.value, Area.Kind.NEIGHBOURHOOD.value, Area.Kind.COUNCIL.value)
SHORTEST_UNKNOWN, LONGEST_UNKNOWN = 3, 30
LONGEST_MILLISECONDS = 1_000_000

log = logging.getLogger(__name__)


def remember(
    request: HttpRequest,
    asked: Asked,
    where: Where,
    results: Results,
    *,
    milliseconds: float,
    source: SearchRecord.Source = SearchRecord.Source.FIND,
) -> None:
    """Keep what may be kept; never raises."""
    try:
        if by_a_person(request) and is_new(asked, source) and not matched(asked.text):
            unknown = unknown_words(asked.text, results.terms) if results.engine != "database" else ()
            put(Memory(record_of(asked, where, results, milliseconds, source), unknown))
    except Exception as error:  # what somebody finds does not depend on it; the message could hold what was typed
        log.warning("A search was not remembered: %s", type(error).__name__)


def by_a_person(request: HttpRequest) -> bool:
    """Whether a page was asked for, by no program that says what it is, and not ahead of time."""
    told = request.headers
    ahead = "prefetch" in f"{told.get('Sec-Purpose', '')} {told.get('Purpose', '')}"
    return request.method in {"GET", "POST"} and not ahead and not PROGRAM.search(told.get("User-Agent", ""))


def is_new(asked: Asked, source: SearchRecord.Source) -> bool:
    """Whether this is a search, and not another look at one: a page further on, another order, an area leafed to."""
    if asked.lost or asked.explain or asked.page > 1 or asked.sort != "best" or asked.across:
        return False
    said = bool(asked.text or any(asked.filters.values()))
    return said or (bool(asked.place) and source == SearchRecord.Source.FIND)


def record_of(
    asked: Asked, where: Where, results: Results, milliseconds: float, source: SearchRecord.Source
) -> SearchRecord:
    terms = results.terms
    read = [one.key for one in terms.filters if one.facet != "place"]
    chosen = codes(asked.filters)
    categories = [key.partition(":")[2] for key in (*chosen, *read) if key.startswith("category:")]
    area_code, area_name = area_of(where.place or results.place)
    return SearchRecord(
        words=fitting(known_words(terms) if results.engine != "database" else ()),
        filters=fitting(sorted(set(read))),
        chosen=fitting(chosen),
        category=categories[0][:100] if categories else "",
        area_code=area_code[:40],
        area_name=area_name[:120],
        found=results.total,
        meaning_only=bool(results.hits) and results.hold_no_words,
        engine=results.engine[:20],
        milliseconds=min(round(milliseconds), LONGEST_MILLISECONDS),
        source=source,
        council_id=served.number if (served := council_served()) else None,
    )


def codes(filters: Mapping[str, Iterable[str]]) -> list[str]:
    return sorted(f"{facet}:{code}" for facet, chosen in filters.items() for code in chosen)


def fitting(words: Iterable[str]) -> str:
    """As many whole words as there is room for, with a space between."""
    found = ""
    for word in words:
        longer = f"{found} {word}" if found else word
        if len(longer) > LONGEST_WORDS:
            break
        found = longer
    return found


def known_words(terms: Terms) -> list[str]:
    """The words that mean something here, in the order of the alphabet: no sentence can be read from them."""
    found: set[str] = set()
    for group in terms.groups:
        if " " in group.typed or group.typed in terms.unknown:
            continue
        # The first alternative is the word itself, or, of a word half typed, the commonest that begins so.
        found.update(group.alternatives[0].words)
    return sorted(word for word in found - STOP_WORDS if word.isalpha())


def unknown_words(text: str, terms: Terms) -> tuple[str, ...]:
    """Words that nobody here knows and that may be counted: no part of an address or a number, and no name.

    A word that is written with a capital is taken for a name and left out. The first word of a text has its capital
    from the telephone, and counts unless the second has one as well.
    """
    kept: set[str] = set()
    pieces = text.split()
    for place, piece in enumerate(pieces):
        capital = piece[:1].isupper() and (place > 0 or (len(pieces) > 1 and pieces[1][:1].isupper()))
        if not capital and not any(mark in piece for mark in "@/\\:_") and not any(map(str.isdigit, piece)):
            kept.update(words_of(piece))
    return tuple(
        word
        for word in terms.unknown
        if word in kept - STOP_WORDS and word.isalpha() and SHORTEST_UNKNOWN <= len(word) <= LONGEST_UNKNOWN
    )


def area_of(place: Place | None) -> tuple[str, str]:
    """The code and name of where somebody looked, never nearer than a ward, a sector or the name of a place."""
    if place is None:
        return "", ""
    code, name = _exact(place) if place.postcode is not None else _named(place)
    return ("", "") if holds_full_postcode(f"{code} {name}") else (code, name)


def _exact(place: Place) -> tuple[str, str]:
    known = area_index().by_code
    for kind in FIRST_KINDS:
        for code in sorted(place.area_codes):
            if code in known and known[code].kind == kind:
                return code, known[code].name
    return "", place.label


def _named(place: Place) -> tuple[str, str]:
    index = area_index()
    if SECTOR + place.shareable in index.by_code:
        return SECTOR + place.shareable, index.names[SECTOR + place.shareable]
    called = index.called(place.label)
    return called[0].code if called else "", place.label
