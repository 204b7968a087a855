"""Listings that mean what a sentence means, by vectors: which, for the page and for every count beside it.

As `search.matches.Matches.alike` and `search.finding.Choice.base` choose them: the twenty likest of those that the
place and the filters read from the text let through, none less like than the floor.
"""

from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.clauses import clauses
from search.elastic.conditions import Conditions, every, kept
from search.facets import distance_code
from search.matches import LEAST_LIKE, MOST_BY_MEANING
from search.query import DISTANCES, Question

# Looked at for each that is wanted: more finds the likest more surely, and takes longer.
LOOKED_AT = 5
Alike = dict[str, list[str]]


class Meaning:
    """The searches by vector of one question. Without a vector there are none."""

    def __init__(self, question: Question, conditions: Conditions) -> None:
        self.question, self.conditions = question, conditions

    def keys(self) -> dict[str, Query]:
        """What the likest are wanted for: "" the page, a facet's own counts, a distance's count."""
        if self.question.vector is None:
            return {}
        query, read = self.question.query, self.question.read
        wanted = {"": self._among(query.within, "")}
        wanted |= {facet: self._among(query.within, facet) for facet in read}
        if query.place is not None:
            wanted |= {f"within:{distance_code(miles)}": self._among(miles, "") for miles in DISTANCES}
        return wanted

    def _among(self, within: float | None, without: str) -> Query:
        told = self.conditions
        read = {facet: told.query.filters[facet] for facet in self.question.read - {without}}
        return every(told.allowed, told.shown(within), *map(kept, clauses(read, told.now)))

    def searches(self) -> list[list[dict[str, Any]]]:
        return [self.nearest(among, MOST_BY_MEANING, least=LEAST_LIKE) for among in self.keys().values()]

    def chosen(self, answers: list[dict[str, Any]]) -> Alike:
        """Ids by what they are wanted for, the likest first."""
        return {
            key: [hit["_id"] for hit in answer.get("hits", {}).get("hits", ())]
            for key, answer in zip(self.keys(), answers, strict=True)
        }

    def likes(self, ids: list[str]) -> list[dict[str, Any]]:
        """How like each of some listings is, whatever else there is."""
        return self.nearest(Q("ids", values=ids), max(len(ids), 1), least=-1.0)

    def nearest(self, among: Query, count: int, *, least: float) -> list[dict[str, Any]]:
        vector = self.question.vector
        assert vector is not None  # noqa: S101  # whoever asks by meaning has one
        search = Search().knn(
            "vector",
            count,
            min(max(count * LOOKED_AT, 100), 10_000),
            query_vector=[float(one) for one in vector],
            filter=among,
            similarity=least,
        )
        return [{}, search.source(False).extra(size=count, track_total_hits=False).to_dict()]


def likeness(answer: dict[str, Any]) -> dict[str, float]:
    """Cosines by id; Elasticsearch's score is half of one more."""
    return {hit["_id"]: 2 * hit["_score"] - 1 for hit in answer.get("hits", {}).get("hits", ())}
