"""The demo directory as search sees it, laid where the settings point: `lay_directory()`, `asked(find, queries)`."""

from collections.abc import Callable, Iterable
from functools import cache
from io import StringIO

from django.core.management import call_command, get_commands

from assets_map.places import Place, find_place
from config.demo import LISTINGS, lay_terms
from directory.models import Asset
from search.query import AssetQuery, Results
from tests.relevance.judged import JudgedQuery
from tests.relevance.measures import DEEP, WIDE, Asked


def lay_directory() -> None:
    """What `hereabouts demo` lays, but for pages; the database must be migrated and empty."""
    silent = StringIO()
    call_command("load_postcodes", quiet=True)
    call_command("load_places", demo=True, quiet=True, stdout=silent)
    call_command("build_sector_areas", stdout=silent)
    call_command("load_barriers", demo=True, stdout=silent)
    if "load_thesaurus" in get_commands():
        call_command("load_thesaurus", stdout=silent)
    lay_terms()
    call_command("load_listings", LISTINGS, map="workbook", quiet=True)
    call_command("build_index", verbosity=0)


@cache
def place_called(text: str) -> Place:
    """What a person means who types this in the Where box; asked once."""
    return find_place(text)


def question(query: JudgedQuery) -> AssetQuery:
    """A judged query as the site asks it."""
    place = place_called(query.place) if query.place else None
    return AssetQuery(text=query.text, place=place, page_size=max(DEEP, WIDE))


def references() -> dict[int, str]:
    """The workbook's reference of each listing; the directory gives its own, another with each load."""
    return {key: reference.upper() for key, reference in Asset.objects.values_list("pk", "source_id")}


def asked(find: Callable[[AssetQuery], Results], queries: Iterable[JudgedQuery]) -> list[Asked]:
    """What comes back for each query, by reference."""
    named = references()
    return [Asked(query, tuple(named[hit.asset_id] for hit in find(question(query)).hits)) for query in queries]
