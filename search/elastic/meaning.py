"""Listings that mean what a sentence means, by vectors: which, for the page and for every count beside it.

As `search.matches.Matches.alike` and `search.finding.Choice.base` choose them: the twenty likest of those that the
place and the filters read from the text let through, none less like than the floor. What answers a need of the
sentence counts as liker.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from search.clauses import clauses
from search.elastic.answering import hits_of
from search.elastic.conditions import Conditions, kept
from search.elastic.queries import Condition, every, leaf
from search.elastic.wording import Wording, need_names
from search.facets import distance_code
from search.matches import LEAST_LIKE, MOST_BY_MEANING, worth
from search.query import DISTANCES, Question

# Looked at for each that is wanted: more finds the likest more surely, and takes longer.
LOOKED_AT = 5
# As many are looked at by meaning and by need, where there are needs.
MOST_LOOKED_AT = 60
Alike = dict[str, list[str]]
Answer = dict[str, Any]
Searched = list[dict[str, Any]]


class Meaning:
    """The searches by vector of one question. Without a vector there are none."""

    def __init__(self, question: Question, conditions: Conditions, wording: Wording | None) -> None:
        self.question, self.conditions = question, conditions
        self.needs = wording.needs if wording is not None and question.vector is not None else []

    def keys(self) -> dict[str, Condition]:
        """What the likest are wanted for: "" the page, a facet's own counts, a distance's count."""
        if self.question.vector is None:
            return {}
        query, read = self.question.query, self.question.read
        wanted = {"": self._among(query.within, "")}
        wanted |= {facet: self._among(query.within, facet) for facet in read}
        if query.place is not None:
            wanted |= {f"within:{distance_code(miles)}": self._among(miles, "") for miles in DISTANCES}
        return wanted

    def _among(self, within: float | None, without: str) -> Condition:
        told = self.conditions
        read = {facet: told.query.filters[facet] for facet in self.question.read - {without}}
        return every(told.allowed, told.shown(within), *map(kept, clauses(read, told.now)))

    def chosen(self, search: Callable[[list[Searched]], list[Answer]]) -> Alike:
        """Ids by what they are wanted for, the likest first."""
        among = self.keys()
        if not among:
            return {}
        count = MOST_LOOKED_AT if self.needs else MOST_BY_MEANING
        answers = search(
            [self.nearest(one, count, least=LEAST_LIKE) for one in among.values()]
            + [self.answering(one) for one in (among.values() if self.needs else ())]
        )
        like: dict[str, float] = {}
        needed: dict[str, float] = {}
        for answer in answers[: len(among)]:
            like |= likeness(answer)
        for answer in answers[len(among) :]:
            needed |= self.answers(hits_of(answer))
        unknown = [one for one in needed if one not in like]
        if unknown:
            like |= likeness(search([self.likes(unknown)])[0])
        found = {
            key: {hit["_id"] for answer in answers[place :: len(among)] for hit in hits_of(answer)}
            for place, key in enumerate(among)
        }
        told = {one: like.get(one, -1.0) + needed.get(one, 0.0) for ids in found.values() for one in ids}
        return {key: likest(ids, told) for key, ids in found.items()}

    def answering(self, among: Condition) -> Searched:
        """What answers the needs best."""
        query = {"bool": {"should": self.needs, "minimum_should_match": 1, "filter": [among]}}
        return [{}, {"query": query, "_source": False, "size": MOST_LOOKED_AT, "track_total_hits": False}]

    def answers(self, hits: Iterable[dict[str, Any]]) -> dict[str, float]:
        """What each listing's answers to the needs are worth, by id."""
        weights = {
            name: group.alternatives[0].weight
            for group, name in zip(self.question.terms.needs, need_names(self.question.terms.needs), strict=True)
        }
        return {
            hit["_id"]: math.fsum(
                worth(np.array([score], np.float32), weights[name]).item()
                for name, score in hit.get("matched_queries", {}).items()
                if name in weights
            )
            for hit in hits
        }

    def likes(self, ids: list[str]) -> list[dict[str, Any]]:
        """How like each of some listings is, whatever else there is."""
        return self.nearest(leaf("ids", values=ids), max(len(ids), 1), least=-1.0)

    def nearest(self, among: Condition, count: int, *, least: float) -> list[dict[str, Any]]:
        vector = self.question.vector
        assert vector is not None  # noqa: S101  # whoever asks by meaning has one
        near = {
            "field": "vector",
            "k": count,
            "num_candidates": min(max(count * LOOKED_AT, 100), 10_000),
            "query_vector": vector.tolist(),
            "filter": among,
            "similarity": least,
        }
        return [{}, {"knn": near, "_source": False, "size": count, "track_total_hits": False}]


def likest(ids: Iterable[str], told: Mapping[str, float]) -> list[str]:
    """The twenty likest of these, the likest first."""
    enough = [one for one in ids if told[one] >= LEAST_LIKE]
    return sorted(enough, key=lambda one: (-told[one], int(one)))[:MOST_BY_MEANING]


def likeness(answer: dict[str, Any]) -> dict[str, float]:
    """Cosines by id; Elasticsearch's score is half of one more."""
    return {hit["_id"]: 2 * hit["_score"] - 1 for hit in hits_of(answer)}
