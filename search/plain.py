"""The database's own answer, for when the index cannot: every word must stand somewhere in the listing, as typed.

The same facts, union rule, reasons and counts as ever, made on the spot for at most `MOST_CANDIDATES` listings.
"""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from operator import and_, or_

import numpy as np
from django.db.models import Q, QuerySet

from directory.choices import Kind, Reach, WhoFor
from directory.models import Asset
from directory.querysets import reaching
from search.around import BARRIERS_MATTER, Crossed
from search.documents import AssetDocument, asset_documents
from search.facts import Facts, facts_of, name_hash
from search.finding import answer
from search.matches import Matches
from search.query import AssetQuery, Question, Results
from search.suggesting import suggest
from search.suggestions import Suggestion, SuggestQuery
from search.terms import Group, Terms
from search.understand import fold

MOST_CANDIDATES = 2_000
FIELDS = ("name", "summary", "description", "covers", "criteria", "provider__name", "categories__name", "languages")


class DatabaseEngine:
    """Needs no index: what is written to the database is found."""

    name = "database"
    keeps_vectors = False

    def __init__(self, crossed: Crossed) -> None:
        self.crossed = crossed

    def find(self, question: Question) -> Results:
        query, terms = question.query, question.terms
        if query.text.strip() and not (terms.groups or terms.filters or terms.place):
            return Results(less_complete=True)
        ids = list(candidates(query, terms).order_by("name", "pk").values_list("pk", flat=True)[:MOST_CANDIDATES])
        documents = list(asset_documents(ids))
        facts = facts_of(documents)
        matches = scored(facts, documents, terms) if terms.groups else None
        return replace(answer(facts, question, matches, crossed=self.crossed), less_complete=True)

    def vocabulary(self) -> None:
        """It corrects nothing: what was typed is looked for."""

    def suggest(self, query: SuggestQuery) -> list[Suggestion]:
        """What to offer while somebody types, from a few listings."""
        from search.plain_suggesting import HeldByDatabase

        return suggest(HeldByDatabase(query), query, self.crossed)

    def built_at(self) -> None:
        """Nothing is built."""

    def put(self, documents: Iterable[AssetDocument]) -> None:
        """Nothing to do."""

    def remove(self, ids: Iterable[int]) -> None:
        """Nothing to do."""

    def change(self, *, put: Iterable[AssetDocument] = (), remove: Iterable[int] = ()) -> None:
        """Nothing to do."""

    def rebuild(self, documents: Iterable[AssetDocument]) -> int:
        return Asset.objects.live().count()

    @contextlib.contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[None]:
        yield


def candidates(query: AssetQuery, terms: Terms) -> "QuerySet[Asset]":
    """Live listings that hold every word and may serve the place: more than are shown, never fewer."""
    found = Asset.objects.live()
    if terms.groups:
        firm = [group for group in terms.groups if not group.soft]
        found = found.filter(reduce(and_, (holding_any(group) for group in firm)))
    place = query.place
    if place is None:
        return found.distinct()
    found = found.serving_areas(place.area_codes)
    if not query.any_distance:
        near = Asset.objects.live().in_box(place.point, max(BARRIERS_MATTER, query.within or 0.0)).values("pk")
        covering = Asset.coverage.rel.related_model.objects.filter(area_code__in=place.area_codes).values("asset_id")
        remote = reaching(Reach.COMES_TO_YOU, Reach.ONLINE, Reach.BY_PHONE)
        found = found.filter(Q(pk__in=near) | Q(pk__in=covering) | remote)
    return found.distinct()


def holding_any(group: Group) -> Q:
    """Listings that hold a word or one that means the same: each word of a phrase somewhere."""
    return reduce(or_, (reduce(and_, map(holding, one.words)) for one in group.alternatives))


def holding(word: str) -> Q:
    """Listings in which a word stands; what is hidden of a venue is not looked at."""
    found = Q()
    for field in FIELDS:
        found |= Q(**{f"{field}__icontains": word})
    seen = Q(venue__hidden=False) & reaching(Reach.AT_VENUE)
    found |= seen & (Q(venue__name__icontains=word) | Q(venue__town__icontains=word))
    found |= Q(coverage__name__icontains=word)
    found |= Q(kind__in=[kind.value for kind in Kind if word in fold(str(kind.label))])
    for who in WhoFor:
        if word in fold(str(who.label)):
            found |= Q(who_for__icontains=f'"{who.value}"')
    return found


def scored(facts: Facts, documents: list[AssetDocument], terms: Terms) -> Matches:
    """All of them match; a word in the name says more than one in the small print."""
    scores = [sum(3.0 if word in fold(one.name) else 1.0 for word in terms.words) for one in documents]
    words = np.full(facts.rows, terms.required, np.int64)
    rows = np.arange(facts.rows)
    return Matches(rows, np.array(scores, np.float64), words, terms.required, name_hash(terms.whole))
