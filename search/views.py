"""Pages that find: translate a request into a question, and its answer into a page.

`/find/` with the fields `place` and `text` is a promise: other sites link and post to it.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
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
from search import said
from search.asking import Asked
from search.engines import find
from search.explaining import wants_explaining
from search.helping import help_context, help_on_paper
from search.models import SearchRecord
from search.places import area_place, areas_by_kind, not_found_context
from search.points import pins, points
from search.query import Results
from search.remembering import remember
from search.results import question, quiet_title, results_context
from search.where import Where, holds_full_postcode, keep, locate, locate_kept, split_postcode

MOST_PRINTED = 500


# Other sites post here, and nothing is changed by it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find_assets(request: HttpRequest) -> HttpResponse:
    asked = Asked.read(request.POST if request.method == "POST" else request.GET)
    with said.unlogged(asked.text):
        if request.method == "POST" or holds_full_postcode(asked.place) or holds_full_postcode(asked.text):
            return place_typed(request, asked)
        if said.stays(asked.text):
            return words_typed(request, asked, locate_kept(request, asked.place))
    asked = said.recall(request, asked)
    with said.unlogged(asked.text):
        return answered(request, asked, locate_kept(request, asked.place))


def place_typed(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Take a full postcode out of the way of addresses and logs, then show the results at an address without it."""
    text, among = split_postcode(asked.text)
    asked = replace(asked, text=text, place=asked.place or among)
    where = locate(asked.place)
    response = words_typed(request, asked, where)
    if where.place is not None or where.problem is None:
        keep(response, where)
    return response


def words_typed(request: HttpRequest, asked: Asked, where: Where) -> HttpResponse:
    """Take somebody's own words out of the way as well; a browser that sent no cookie may keep none, so that it is
    answered at once."""
    asked = said.take(request, asked)
    if where.place is None and where.problem is not None:
        response = answered(request, asked, where)
    else:
        asked = replace(asked, place=where.place.shareable if where.place else "")
        own = asked.address(page=asked.page)
        if asked.kept and not request.COOKIES:
            response = answered(request, asked, where, own_address=own)
        else:
            response = redirect(own)
    if asked.kept:
        said.keep(response, asked)
        # The address of this very page may hold the words; no other page is told of it.
        response["Referrer-Policy"] = "strict-origin"
    return response


def answered(request: HttpRequest, asked: Asked, where: Where, *, own_address: str = "") -> HttpResponse:
    """The results, or the page that helps to name the place. `own_address`: where the same page can be read again."""
    listed = shortlist.read_list(request)
    if where.place is None and where.problem is not None:
        beside = help_context(asked.text, place=None, nothing_found=False)
        response = render(request, "search/place_not_found.html", {**not_found_context(asked, where), **beside})
    else:
        found = results_context(asked, where, listed=listed, explain=wants_explaining(request, asked))
        context = {**found, "sizes": SIZES, "own_address": own_address}
        remember(request, asked, where, context["results"], milliseconds=context["milliseconds"])
        # Whoever is answered at once may keep no cookie, and could not ask for the pins by their token.
        context["pins"] = pins(context["results"]) if own_address else None
        response = render(request, "search/results.html", {**context, **beside_results(asked, context)})
    patch_cache_control(response, private=True, no_store=True)
    said.keep(response, asked)
    return response


def beside_results(asked: Asked, context: dict[str, Any]) -> dict[str, Any]:
    """Help for somebody in danger and for council business, and a title that may stand in a browser's history."""
    nothing = context["results"].hold_no_words
    quiet = quiet_title(asked, context["where"])
    return {**help_context(asked.text, place=context["place"], nothing_found=nothing), "quiet_title": quiet}


@require_safe
def find_sheet(request: HttpRequest) -> HttpResponse:
    """The whole list on paper, from the same place as the page."""
    asked = said.recall(request, Asked.read(request.GET))
    if asked.lost:
        return redirect(f"{reverse('search:find')}?{request.GET.urlencode()}")
    with said.unlogged(asked.text):
        where = locate_kept(request, asked.place)
        results = find(replace(question(asked, where), page=1, page_size=MOST_PRINTED))
    reasons = {hit.asset_id: hit.reason for hit in results.hits}
    kept = Asset.objects.live().as_listings().in_bulk(list(reasons))
    paper = letterhead(request)
    today = timezone.localdate()
    sheet = build_sheet(
        [kept[one] for one in reasons if one in kept],
        title=quiet_title(asked, where),
        on=today,
        size=size_asked(request),
        reasons=reasons,
        letterhead=paper,
        # A token means nothing to another browser.
        short_address=paper.address_of(replace(asked, text=asked.shareable_text).address()),
        terms=terms(),
        help=help_on_paper(asked.text, nothing_found=results.hold_no_words, council_phone=paper.phone),
    )
    listings_given.send(sender=Asset, asset_ids=list(kept), how="printed")
    return printed(sheet, on=today)


@require_safe
def find_points(request: HttpRequest) -> HttpResponse:
    """The rows that have a place to go to, as GeoJSON, numbered as on the page."""
    asked = said.recall(request, Asked.read(request.GET))
    with said.unlogged(asked.text):
        # Rows of a search whose words are lost are not those on the page.
        results = Results() if asked.lost else find(question(asked, locate_kept(request, asked.place)))
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
    asked = replace(said.recall(request, Asked.read(request.GET)), path=here.get_absolute_url())
    if not asked.kept:
        asked = said.take(request, asked)
    with said.unlogged(asked.text):
        where = Where(here.name, place=area_place(here))
        context = results_context(asked, where, listed=shortlist.read_list(request))
        took = context["milliseconds"]
        remember(request, asked, where, context["results"], milliseconds=took, source=SearchRecord.Source.AREA)
        context |= {**beside_results(asked, context), "area": here, "covered": [here.code]}
        context["pins"] = pins(context["results"])
        response = render(request, "search/area.html", context)
    said.keep(response, asked)
    return response
