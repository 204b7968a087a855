"""Pages that find: translate a request into a question, and its answer into a page.

`/find/` with the fields `place` and `text` is a promise: other sites link and post to it.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assets_map.models import Area
from directory import shortlist
from directory.models import Asset
from directory.printing import printed, size_asked
from directory.rows import terms
from directory.sheets import SIZES, build_sheet
from directory.sheets.letterhead import letterhead
from directory.signals import listings_given
from search.asking import Asked
from search.engines import find
from search.explaining import wants_explaining
from search.models import SearchRecord
from search.places import area_place, areas_by_kind, not_found_context
from search.points import pins, points
from search.remembering import remember
from search.results import question, results_context, title
from search.where import Where, holds_full_postcode, keep, locate, locate_kept, split_postcode

MOST_PRINTED = 500


# Other sites post here, and nothing is changed by it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find_assets(request: HttpRequest) -> HttpResponse:
    asked = Asked.read(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" or holds_full_postcode(asked.place) or holds_full_postcode(asked.text):
        return place_typed(request, asked)
    return answered(request, asked, locate_kept(request, asked.place))


def place_typed(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Take a full postcode out of the way of addresses and logs, then show the results at an address without it."""
    text, among = split_postcode(asked.text)
    asked = replace(asked, text=text, place=asked.place or among)
    where = locate(asked.place)
    if where.place is None and where.problem is not None:
        return answered(request, asked, where)
    shared = where.place.shareable if where.place else ""
    response = redirect(replace(asked, place=shared).address(page=asked.page))
    keep(response, where)
    return response


def answered(request: HttpRequest, asked: Asked, where: Where) -> HttpResponse:
    """The results, or the page that helps to name the place."""
    listed = shortlist.read_list(request)
    if where.place is None and where.problem is not None:
        context = not_found_context(asked, where)
        response = render(request, "search/place_not_found.html", context)
    else:
        context = {**results_context(asked, where, listed=listed, explain=wants_explaining(request)), "sizes": SIZES}
        remember(request, asked, where, context["results"], milliseconds=context["milliseconds"])
        response = render(request, "search/results.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def find_sheet(request: HttpRequest) -> HttpResponse:
    """The whole list on paper, from the same place as the page."""
    asked = Asked.read(request.GET)
    where = locate_kept(request, asked.place)
    results = find(replace(question(asked, where), page=1, page_size=MOST_PRINTED))
    reasons = {hit.asset_id: hit.reason for hit in results.hits}
    kept = Asset.objects.live().as_listings().in_bulk(list(reasons))
    paper = letterhead(request)
    today = timezone.localdate()
    sheet = build_sheet(
        [kept[one] for one in reasons if one in kept],
        title=title(asked, where),
        on=today,
        size=size_asked(request),
        reasons=reasons,
        letterhead=paper,
        short_address=paper.address_of(asked.address()),
        terms=terms(),
    )
    listings_given.send(sender=Asset, asset_ids=list(kept), how="printed")
    return printed(sheet, on=today)


@require_safe
def find_points(request: HttpRequest) -> HttpResponse:
    """The rows that have a place to go to, as GeoJSON, numbered as on the page."""
    asked = Asked.read(request.GET)
    where = locate_kept(request, asked.place)
    results = find(question(asked, where))
    response = JsonResponse(points(results))
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    return render(request, "search/areas.html", {"groups": areas_by_kind()})


@require_safe
def area(request: HttpRequest, slug: str) -> HttpResponse:
    """Who can help in one area: what is there, and what serves the people who live there."""
    here = get_object_or_404(Area, slug=slug)
    asked = Asked.read(request.GET)
    where = Where(here.name, place=area_place(here))
    asked = replace(asked, path=here.get_absolute_url())
    context = {
        **results_context(asked, where, listed=shortlist.read_list(request)),
        "area": here,
        "covered": [here.code],
    }
    context["pins"] = pins(context["results"])
    took = context["milliseconds"]
    remember(request, asked, where, context["results"], milliseconds=took, source=SearchRecord.Source.AREA)
    return render(request, "search/area.html", context)
