"""How good a ranking is, between 0 and 1: `ndcg`, `recall`, and a `Report` of many queries by kind.

nDCG@10: each of the first ten rows gives 2^grade − 1, divided by log2(place + 1), over what the best order of all the
graded listings would give. Recall@20: the share of the listings graded 2 or 3 that are among the first twenty.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from tests.relevance.judged import KINDS, JudgedQuery

DEEP = 10
WIDE = 20
RELEVANT = 2


def gain(grades: Iterable[int]) -> float:
    """Discounted gain of grades in the order shown, the first ten."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(list(grades)[:DEEP]))


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10 of references in the order shown; there must be a graded listing."""
    best = gain(sorted(grades.values(), reverse=True))
    return gain(grades.get(reference, 0) for reference in ranked) / best


def recall(ranked: Sequence[str], grades: Mapping[str, int]) -> float | None:
    """Recall@20; none when no listing is graded 2 or 3, and never more than 20 are looked for."""
    wanted = {reference for reference, grade in grades.items() if grade >= RELEVANT}
    if not wanted:
        return None
    return len(wanted.intersection(ranked[:WIDE])) / min(len(wanted), WIDE)


@dataclass(frozen=True)
class Asked:
    """One query and the references that came back, the best first."""

    query: JudgedQuery
    ranked: tuple[str, ...]

    @property
    def ndcg(self) -> float:
        return ndcg(self.ranked, self.query.grades)

    @property
    def missed(self) -> list[str]:
        """What is graded 2 or 3 and is not among the first twenty, the best first."""
        grades = self.query.grades
        wanted = sorted((one for one in grades if grades[one] >= RELEVANT), key=lambda one: (-grades[one], one))
        return [one for one in wanted if one not in self.ranked[:WIDE]]


@dataclass(frozen=True)
class Figures:
    """Means over some queries; none where there is nothing to measure. `nothing` is the share that found nothing."""

    count: int
    ndcg: float | None
    recall: float | None
    nothing: float


def figures(asked: Sequence[Asked]) -> Figures:
    """The means of these queries. For negatives, finding nothing is what is wanted, and there is no nDCG."""
    positive = [one for one in asked if not one.query.is_negative]
    recalls = [found for one in positive if (found := recall(one.ranked, one.query.grades)) is not None]
    return Figures(
        count=len(asked),
        ndcg=fmean(one.ndcg for one in positive) if positive else None,
        recall=fmean(recalls) if recalls else None,
        nothing=fmean(not one.ranked for one in asked) if asked else 0.0,
    )


def by_kind(asked: Sequence[Asked], keep: Callable[[JudgedQuery], bool] = lambda _query: True) -> dict[str, Figures]:
    """Figures of every kind that there is, of all `words` in short (words to filters), and of the sentences."""
    kept = [one for one in asked if keep(one.query)]
    groups = {kind: [one for one in kept if one.query.kind == kind] for kind in KINDS}
    groups["all words"] = [one for one in kept if one.query.kind not in ("sentence", "negative")]
    return {name: figures(group) for name, group in groups.items() if group}
