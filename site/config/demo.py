"""The demonstration directory of Thurrock, laid step by step; a step that is done is not done again."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command

import importers
from assets_map.gazetteer import GazetteerMissing, gazetteer
from assets_map.models import Area, Barrier, NamedPlace
from config.collecting import collect_if_changed
from config.health.migrations import pending
from directory.models import Asset, TermTime
from importers.models import Load
from referrals.demo import lay_people, people_are_laid
from search.engines import engine
from search.index_folder import IndexProblem
from search.laying_help import is_laid
from search.models import MissingVector
from search.query import ANY_DISTANCE, AssetQuery, Question
from search.thesaurus_seed import seed_is_laid
from website.demo.pages import lay_pages, pages_are_laid

LISTINGS = Path(importers.__file__).parent / "demo" / "listings.xlsx"
# School terms of the demonstration, invented: (name, first day, last day).
TERMS = (
    ("Autumn 2026, first half", "2026-09-03", "2026-10-23"),
    ("Autumn 2026, second half", "2026-11-02", "2026-12-18"),
    ("Spring 2027, first half", "2027-01-04", "2027-02-12"),
    ("Spring 2027, second half", "2027-02-22", "2027-03-25"),
    ("Summer 2027, first half", "2027-04-12", "2027-05-28"),
    ("Summer 2027, second half", "2027-06-07", "2027-07-21"),
)


class Step(NamedTuple):
    """One thing to lay: what it is, whether it is still to do, and how."""

    words: str
    due: Callable[[], bool]
    do: Callable[[], object]


def no_postcodes() -> bool:
    try:
        return len(gazetteer()) == 0
    except GazetteerMissing:
        return True


def listings_changed() -> bool:
    """Whether the workbook has not been loaded as it is now."""
    return not Load.objects.filter(sha256=hashlib.sha256(LISTINGS.read_bytes()).hexdigest()).exists()


def index_is_behind() -> bool:
    """Whether the index cannot answer, holds more or fewer listings than are live, or cannot find some by sentences."""
    try:
        held = engine().find(Question(AssetQuery(within=ANY_DISTANCE, page_size=1))).total
    except IndexProblem:
        return True
    return held != Asset.objects.live().count() or MissingVector.objects.exists()


def lay_terms() -> None:
    """School terms, so that what keeps to them has the right dates."""
    TermTime.objects.bulk_create(
        TermTime(name=name, starts_on=dt.date.fromisoformat(first), ends_on=dt.date.fromisoformat(last))
        for name, first, last in TERMS
    )


def steps() -> Iterator[Step]:
    """In the order in which they must be done; each is asked for only after the one before is done."""
    yield Step("the database", lambda: bool(pending()), lambda: call_command("migrate", verbosity=0, interactive=False))
    yield Step("postcodes of Great Britain", no_postcodes, lambda: call_command("load_postcodes"))
    yield Step(
        "names of places",
        lambda: not NamedPlace.objects.exists(),
        lambda: call_command("load_places", demo=True),
    )
    yield Step("neighbourhoods", lambda: not Area.objects.exists(), lambda: call_command("build_sector_areas"))
    yield Step(
        "rivers and motorways",
        lambda: not Barrier.objects.exists(),
        lambda: call_command("load_barriers", demo=True),
    )
    yield Step("school terms", lambda: not TermTime.objects.exists(), lay_terms)
    yield Step("listings", listings_changed, lambda: call_command("load_listings", LISTINGS, map="workbook"))
    yield Step("help for somebody in danger", lambda: not is_laid(), lambda: call_command("load_help", demo=True))
    yield Step("pages of guidance", lambda: not pages_are_laid(), lambda: lay_pages(dt.date.today()))
    yield Step("words that mean the same", lambda: not seed_is_laid(), lambda: call_command("load_thesaurus"))
    yield Step("invented people", lambda: not people_are_laid(), lay_people)
    yield Step("the search index", index_is_behind, lambda: call_command("build_index"))


def lay_demo(say: Callable[[str], object]) -> None:
    """Do every step that is due, and say so."""
    for step in steps():
        if step.due():
            say(f"Laying {step.words} …")
            step.do()
    if collect_if_changed():
        say("Gathered the style sheets and scripts.")
