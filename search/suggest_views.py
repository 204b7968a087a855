"""What the boxes of the search form offer while somebody types. What is typed can be personal: by POST, never kept."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search import danger
from search.asking import Asked
from search.engines import suggest
from search.place_starts import SHORTEST, elsewhere_beginning, read_elsewhere
from search.results import question
from search.said import unlogged
from search.suggestions import Suggestion, SuggestionKind, SuggestQuery
from search.understand import whole_of
from search.where import Where, holds_full_postcode, locate_kept

# What two boxes can hold, written as a form writes it, several times over.
MOST_BYTES = 20_000


# Nothing is changed by it, and a page that was kept by the browser has no token that still holds.
@csrf_exempt
@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """`text` as typed so far, `place` as it stands in the other box."""
    if too_much(request):
        return offered([], status=413)
    asked = Asked.read(request.POST)
    if holds_full_postcode(asked.text) or danger.matched(asked.text):
        # Somebody in danger is shown help once they ask, and nothing before that as though it were an answer.
        return offered([])
    with unlogged(asked.text):
        where = locate_kept(request, asked.place)
        query = question(asked, where if where.place else Where())
        found = SuggestQuery(asked.text, query.place, query.filters, elsewhere=read_elsewhere(asked.text))
        return offered(suggest(found))


@csrf_exempt
@require_POST
def place_suggestions(request: HttpRequest) -> HttpResponse:
    """Names of places for the `place` typed so far; a postcode is never offered."""
    if too_much(request):
        return offered([], status=413)
    start = whole_of(Asked.read(request.POST).place)
    if len(start) < SHORTEST or any(letter.isdigit() for letter in start):
        return offered([])
    found = [one for one in elsewhere_beginning(start) if whole_of(one.label) != start]
    return offered(suggest(SuggestQuery(elsewhere=tuple(found))))


def too_much(request: HttpRequest) -> bool:
    length = request.headers.get("Content-Length", "")
    return not length.isdigit() or int(length) > MOST_BYTES


def as_json(one: Suggestion) -> dict[str, Any]:
    """`finds`: choosing it says all there is to say. A word stands for itself and needs no word beside it."""
    kind = SuggestionKind(one.kind)
    return {
        "label": one.label,
        "text": one.text,
        "place": one.place,
        "kind": "" if kind == SuggestionKind.WORD else str(kind.label),
        "finds": kind in (SuggestionKind.NAME, SuggestionKind.PROVIDER),
    }


def offered(found: Iterable[Suggestion], *, status: int = 200) -> HttpResponse:
    """As JSON that nobody keeps."""
    told = [as_json(one) for one in found]
    count = ngettext("%(n)s suggestion", "%(n)s suggestions", len(told)) % {"n": len(told)}
    response = JsonResponse({"suggestions": told, "said": count if told else _("No suggestions")}, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
