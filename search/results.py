"""A results page, as the template wants it: rows, tags, filters with counts, what to try instead."""

from dataclasses import replace
from time import perf_counter
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assets_map.not_found import OutsideOurArea
from directory.choices import Reach
from directory.rows import rows
from search.asking import Asked
from search.choosing import distances, filters, singles
from search.engines import find
from search.explaining import explanations
from search.facets import distance_label, labels
from search.instead import a_little_more, nothing_found
from search.query import AssetQuery, Hit, Results
from search.terms import ReadFilter
from search.where import Where

REMOTE = (Reach.ONLINE.value, Reach.BY_PHONE.value)


class Tag(NamedTuple):
    """Something understood, and the address without it."""

    label: str
    address: str


def question(asked: Asked, where: Where) -> AssetQuery:
    """What the engine is asked: outside our area, only for what comes by phone or online."""
    if isinstance(where.problem, OutsideOurArea):
        return asked.query(where.place, filters={**asked.filters, "reach": REMOTE})
    return asked.query(where.place)


def results_context(asked: Asked, where: Where, *, listed: list[int], explain: bool = False) -> dict[str, Any]:
    """Everything on the page. `listed` are the ids on the person's own list; `explain`: rows tell of their scores."""
    query = replace(question(asked, where), explain=explain)
    started = perf_counter()
    results = find(query)
    milliseconds = (perf_counter() - started) * 1000
    now = timezone.localtime().replace(tzinfo=None)
    reasons = {hit.asset_id: why(hit) for hit in results.hits}
    first = (results.page - 1) * query.page_size + 1
    place = where.place or results.place
    read = read_filters(asked, results)
    shown = rows(list(reasons), now=now, reasons=reasons, listed=listed, first=first)
    asides = explanations(results) if explain else {}
    return {
        "asked": asked,
        "where": where,
        "place": place,
        "read": read,
        "as_typed_address": asked.address(as_typed=True) if results.corrected else "",
        "results": results,
        "some_by_meaning": any(hit.by_meaning for hit in results.hits),
        "milliseconds": milliseconds,
        "title": title(asked, where),
        "rows": [replace(row, aside=asides.get(row.asset_id, row.aside)) for row in shown] if asides else shown,
        "singles": singles(asked, results.facets, read),
        "filters": filters(asked, results.facets, read),
        "distances": distances(asked, results.facets.get("within", {})) if place else [],
        "tags": [*read_tags(asked, results, read), *tags(asked)],
        # A place read from the text is a tag, and no filter.
        "chosen": len(read) + len(tags(asked)),
        "nothing": nothing_found(asked, where, results, question) if not results.total else None,
        "more": a_little_more(asked, results),
        "pages": pages(asked, results),
        "across_address": asked.address(across=True) if results.across and not asked.across else "",
        "print_path": reverse("search:find_sheet"),
        "print_fields": replace(asked, path="").pairs(),
        "points_address": asked.address("search:find_points"),
        "nearest_address": asked.address(sort="nearest") if asked.sort == "best" and place else "",
        "best_address": asked.address(sort="best") if asked.sort == "nearest" else "",
        "here": asked.address(page=asked.page),
    }


def read_filters(asked: Asked, results: Results) -> list[ReadFilter]:
    """The readings of the text that narrow the list: what was chosen for the same facet goes before them."""
    return [one for one in results.terms.filters if not asked.filters.get(one.facet)]


def read_tags(asked: Asked, results: Results, read: list[ReadFilter]) -> list[Tag]:
    """What was understood of the text, each with the address that takes it as a word instead."""
    found = [Tag(labels(one.facet).get(one.code, one.typed), asked.without_reading(one.key).address()) for one in read]
    if results.place is not None:
        near = _("Near %(place)s") % {"place": results.place.label}
        found.append(Tag(near, asked.without_reading(f"place:{results.terms.place.casefold()}").address()))
    return found


def why(hit: Hit) -> str:
    """The reason of a row; what was found by its meaning alone says that it is a guess."""
    return _("May also help · %(reason)s") % {"reason": hit.reason} if hit.by_meaning else hit.reason


def title(asked: Asked, where: Where) -> str:
    """“Lunch near Tilbury (RM18 8)”: what was understood, in words."""
    what = capfirst(asked.text)
    chosen = [code for codes in asked.filters.values() for code in codes]
    if not what and len(chosen) == 1:
        facet = next(facet for facet, codes in asked.filters.items() if codes)
        what = labels(facet).get(chosen[0], chosen[0])
    if where.place is None:
        # A place read from the text stands among its words already.
        return what or _("Everything in the directory")
    return _("%(what)s near %(place)s") % {"what": what or _("Help"), "place": where.place.label}


def quiet_title(asked: Asked, where: Where) -> str:
    """A title for what outlives the page – a browser's history, a sheet of paper – without somebody's own words."""
    if not asked.token:
        return title(asked, where)
    return title(replace(asked, text=_("What we found")), where)


def tags(asked: Asked) -> list[Tag]:
    """What narrows the list, each with the address that lets go of it."""
    found = []
    for facet, codes in asked.filters.items():
        known = labels(facet)
        found += [Tag(known.get(code, code), asked.without(facet, code).address()) for code in codes]
    if asked.within is not None:
        found.append(Tag(distance_label(asked.within), asked.address(within=None)))
    if asked.across:
        found.append(Tag(_("Across rivers and motorways too"), asked.address(across=False)))
    return found


def pages(asked: Asked, results: Results) -> dict[str, Any]:
    """The page before and after, and where this one stands."""
    before, after = results.page - 1, results.page + 1
    return {
        "number": results.page,
        "of": results.pages,
        "previous": asked.address(page=before) if before >= 1 else "",
        "next": asked.address(page=after) if after <= results.pages else "",
    }
