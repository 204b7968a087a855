"""A judged directory as search sees it, laid where the settings point: `lay_directory()`, `asked(find, queries)`."""

import csv
from collections.abc import Callable, Iterable
from functools import cache
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.utils.text import slugify

from assets_map.places import Place, find_place
from config.demo import lay_terms
from directory.models import Asset, Category
from search.query import AssetQuery, Results
from tests.relevance.directories import DEMO, JudgedDirectory
from tests.relevance.judged import JudgedQuery
from tests.relevance.measures import DEEP, WIDE, Asked


def lay_directory(directory: JudgedDirectory = DEMO) -> None:
    """What `hereabouts demo` lays, but for pages, with these listings; the database must be migrated and empty."""
    silent = StringIO()
    call_command("load_postcodes", quiet=True)
    call_command("load_places", demo=True, quiet=True, stdout=silent)
    call_command("build_sector_areas", stdout=silent)
    call_command("load_barriers", demo=True, stdout=silent)
    call_command("load_thesaurus", stdout=silent)
    lay_terms()
    if directory.listings.suffix == ".csv":
        lay_categories(directory.listings)
    call_command("load_listings", directory.listings, map="workbook", quiet=True)
    call_command("build_index", verbosity=0)


def lay_categories(listings: Path) -> None:
    """The categories that a single sheet names, all of one kind: a workbook has a sheet for them."""
    with listings.open(encoding="utf-8-sig", newline="") as file:
        named = {name.strip() for row in csv.DictReader(file) for name in row["Categories"].split(";")}
    for name in sorted(named - {""}):
        Category.objects.create(name=name, slug=slugify(name))


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
