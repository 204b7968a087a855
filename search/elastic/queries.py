"""Conditions as the cluster reads them: `leaf` makes one by `elasticsearch.dsl`, the others put several together.

What is put together is plain dictionaries: a question has hundreds of conditions, and objects are copied each time that
they are put into another.
"""

from collections.abc import Iterable
from typing import Any

from elasticsearch.dsl import A, Q

Condition = dict[str, Any]


def leaf(kind: str, **told: Any) -> Condition:
    """A query of this kind."""
    return Q(kind, **told).to_dict()


def counted(kind: str, **told: Any) -> Condition:
    """An aggregation of this kind."""
    return A(kind, **told).to_dict()


NOTHING = leaf("match_none")
EVERYTHING = leaf("match_all")


def every(*conditions: Condition) -> Condition:
    """All of these hold."""
    told = [part for one in conditions if one != EVERYTHING for part in _parts(one)]
    return {"bool": {"filter": told}} if len(told) > 1 else told[0] if told else EVERYTHING


def _parts(condition: Condition) -> Iterable[Condition]:
    inside = condition.get("bool", {})
    return inside["filter"] if set(inside) == {"filter"} else [condition]


def either(*conditions: Condition) -> Condition:
    """At least one of these holds."""
    told = [one for one in conditions if one != NOTHING]
    return at_least(1, told) if len(told) > 1 else told[0] if told else NOTHING


def at_least(number: int, conditions: list[Condition]) -> Condition:
    """So many of these hold."""
    return {"bool": {"should": conditions, "minimum_should_match": number}}


def neither(*conditions: Condition) -> Condition:
    return {"bool": {"must_not": list(conditions)}}


def worth(condition: Condition, score: float) -> Condition:
    """This score for whatever keeps a condition."""
    return {"constant_score": {"filter": condition, "boost": score}}


def best_of(queries: list[Condition], tie: float = 0.0, **told: Any) -> Condition:
    """The best score that one of some queries gives, and a part of the others'."""
    return {"dis_max": {"queries": queries, "tie_breaker": tie, **told}}
