"""What people looked for, counted so that nobody is singled out: `weekly_lines(first, last)`, `overview(first, last)`.

A combination that fewer than `FEWEST` searches share is added to a broader one, and a number that is still so small is
not told (`shown`). Weeks are whole, so that two reports a day apart cannot be held against each other.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from django.db.models import Count, DateField, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _

from search.models import SearchRecord

FEWEST = 5
# Stands for what too few searches share to be told.
OTHERS = "*"

Key = TypeVar("Key", str, tuple[str, str])


@dataclass(frozen=True, slots=True)
class Line:
    """Searches of one week that were alike. `words` or `area` are `OTHERS` where they were added together."""

    week: dt.date
    words: str
    filters: str
    area: str
    searches: int = 0
    nothing: int = 0
    meaning_only: int = 0
    found: int = 0
    engines: frozenset[str] = frozenset()

    @property
    def alike(self) -> tuple[dt.date, str, str, str]:
        return self.week, self.words, self.filters, self.area

    def plus(self, other: "Line") -> "Line":
        return replace(
            self,
            searches=self.searches + other.searches,
            nothing=self.nothing + other.nothing,
            meaning_only=self.meaning_only + other.meaning_only,
            found=self.found + other.found,
            engines=self.engines | other.engines,
        )


# From fine to coarse: words with filters in one area; words anywhere; an area, whatever the words; the week.
BROADER: tuple[Callable[[Line], Line], ...] = (
    lambda line: line,
    lambda line: replace(line, filters="", area=OTHERS),
    lambda line: replace(line, words=OTHERS, filters=""),
    lambda line: replace(line, words=OTHERS, filters="", area=OTHERS),
)


def whole_weeks(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """From the Monday of the first day to the Sunday of the last."""
    return first - dt.timedelta(first.weekday()), last + dt.timedelta(6 - last.weekday())


def weekly_lines(first: dt.date, last: dt.date, among: QuerySet | None = None) -> list[Line]:
    """Every search of these weeks, in one line or another, none of them telling a number below `FEWEST` of a kind."""
    return sorted(told_apart(alike_in_weeks(*whole_weeks(first, last), among)), key=lambda line: line.alike)


def alike_in_weeks(first: dt.date, last: dt.date, among: QuerySet | None) -> Iterator[Line]:
    week = TruncWeek("on", output_field=DateField())
    rows = (
        all_or(among)
        .filter(on__range=(first, last))
        .annotate(week=week)
        .values("week", "words", "filters", "chosen", "area_name", "engine")
        .annotate(
            searches=Count("pk"),
            nothing=Count("pk", filter=Q(found=0)),
            meaning_only=Count("pk", filter=Q(meaning_only=True)),
            total=Sum("found"),
        )
        .order_by()
    )
    for row in rows.iterator():
        yield Line(
            week=row["week"],
            words=row["words"],
            filters=" ".join(sorted({*row["filters"].split(), *row["chosen"].split()})),
            area=row["area_name"],
            searches=row["searches"],
            nothing=row["nothing"],
            meaning_only=row["meaning_only"],
            found=row["total"],
            engines=frozenset({row["engine"]} - {""}),
        )


def all_or(among: QuerySet | None) -> QuerySet:
    return SearchRecord.objects.all() if among is None else among


def told_apart(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that enough searches share; the others added together, step by step more broadly."""
    left = list(lines)
    for broader in BROADER:
        joined: dict[tuple, Line] = {}
        for line in map(broader, left):
            joined[line.alike] = joined[line.alike].plus(line) if line.alike in joined else line
        enough = {key for key, line in joined.items() if line.searches >= FEWEST or broader is BROADER[-1]}
        yield from (joined[key] for key in joined if key in enough)
        left = [line for line in left if broader(line).alike not in enough]


def shown(number: int) -> str:
    """A number that may be told, or that it is small."""
    return _("fewer than %(number)d") % {"number": FEWEST} if 0 < number < FEWEST else f"{number:,}"


@dataclass(frozen=True)
class Overview:
    """Searches of some weeks by word and by area: (searches, found nothing) each."""

    searches: int
    nothing: int
    words: Counter[str]
    words_nothing: Counter[str]
    areas: Counter[str]
    areas_nothing: Counter[str]
    pairs_nothing: Counter[tuple[str, str]]

    @property
    def nothing_told(self) -> str:
        return shown(self.nothing)

    @cached_property
    def top_words(self) -> list[tuple[str, str, str]]:
        """Word, how often it was looked for, and how often nothing was found."""
        return [(word, shown(count), shown(self.words_nothing[word])) for word, count in often(self.words)]

    @cached_property
    def top_areas(self) -> list[tuple[str, str, str]]:
        return [(area, shown(count), shown(self.areas_nothing[area])) for area, count in often(self.areas)]

    @cached_property
    def gaps(self) -> list[tuple[str, str, int]]:
        """Word, area, and how often nothing was found for it there."""
        return [(word, area, count) for (word, area), count in often(self.pairs_nothing)]


def often(counts: Counter[Key], most: int = 50) -> list[tuple[Key, int]]:
    """The commonest, and only what enough searches share; equals in the order of their names."""
    enough = [(key, count) for key, count in counts.items() if count >= FEWEST]
    return sorted(enough, key=lambda one: (-one[1], one[0]))[:most]


def overview(first: dt.date, last: dt.date, among: QuerySet | None = None) -> Overview:
    """The same for people to read on a page."""
    found = Overview(0, 0, Counter(), Counter(), Counter(), Counter(), Counter())
    searches = nothing = 0
    rows = all_or(among).filter(on__range=whole_weeks(first, last)).values("words", "area_name").order_by()
    for row in rows.annotate(searches=Count("pk"), nothing=Count("pk", filter=Q(found=0))).iterator():
        searches += row["searches"]
        nothing += row["nothing"]
        area = row["area_name"]
        found.areas[area] += row["searches"]
        found.areas_nothing[area] += row["nothing"]
        for word in row["words"].split():
            found.words[word] += row["searches"]
            found.words_nothing[word] += row["nothing"]
            found.pairs_nothing[word, area] += row["nothing"]
    return replace(found, searches=searches, nothing=nothing)
