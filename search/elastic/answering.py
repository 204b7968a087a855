"""From the cluster's answers to `Results`: candidates become `Facts`, and the shared code ranks and words them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assets_map.places import Place
from search.around import Crossed
from search.elastic.telling import facts_told
from search.facts import Facts, name_hash
from search.finding import choose, page_of
from search.matches import Matches
from search.query import Question, Results
from search.terms import Terms

Hits = Sequence[dict[str, Any]]


def hits_of(found: dict[str, Any]) -> Hits:
    return found.get("hits", {}).get("hits", ())


def total_of(found: dict[str, Any]) -> int:
    return int(found.get("hits", {}).get("total", {}).get("value", 0))


def candidates(hits: Hits, place: Place | None) -> Facts:
    """What ranking and wording need of these listings; whoever found them has filtered and counted already."""
    return facts_told([(int(hit["_id"]), hit["_source"]["told"]) for hit in hits], place)


def matched(hits: Hits, terms: Terms, likes: dict[str, float] | None) -> Matches:
    """What each candidate holds of what was asked, by the scores that came back with it."""
    groups = len(terms.groups)
    scores = np.zeros((len(hits), groups))
    for row, hit in enumerate(hits):
        for name, score in hit.get("matched_queries", {}).items():
            if name.isdigit():
                scores[row, int(name)] = score
    firm = np.array([not group.soft for group in terms.groups], bool)
    words = (scores[:, firm] > 0).sum(axis=1)
    # What holds none of the words asked for is not helped by a soft one.
    total = np.where(words > 0, scores.sum(axis=1), 0.0)
    found = Matches(np.arange(len(hits)), total, words, terms.required, name_hash(terms.whole))
    if likes is None:
        return found
    like = np.array([likes.get(hit["_id"], -1.0) for hit in hits], np.float32)
    return replace(found, like=like, few=terms.few)


def ranked(
    hits: Hits, question: Question, crossed: Crossed, now: dt.datetime, *, likes: dict[str, float] | None = None
) -> Results:
    """One page of these candidates, without counts."""
    matches = matched(hits, question.terms, likes) if question.terms.groups else None
    unfiltered = replace(question, query=replace(question.query, filters={}), read=frozenset())
    return page_of(choose(candidates(hits, question.query.place), unfiltered, matches, crossed, now))
