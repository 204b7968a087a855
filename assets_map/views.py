"""The map's one door."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from assets_map.outlines import NotAKind, known_outlines, outlines, read_kinds

A_YEAR = 365 * 24 * 3600
FIVE_MINUTES = 300


@require_safe
@gzip_page
def shapes(request: HttpRequest) -> HttpResponse:
    """Outlines as GeoJSON: `?kind=` as often as wanted (none: the base map's); lasts a year under today's `?v=`."""
    try:
        asked = read_kinds(request.GET.getlist("kind"))
    except NotAKind as error:
        return JsonResponse({"message": str(error)}, status=400)
    known = known_outlines()
    kinds = asked or frozenset(known.base_kinds)
    etag = f'"{known.version}-{"-".join(sorted(kinds))}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(outlines(kinds), content_type="application/geo+json")
        response["ETag"] = etag
    _keep(response, lasting=request.GET.get("v") == known.version)
    return response


def _keep(response: HttpResponse, *, lasting: bool) -> None:
    if lasting:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
