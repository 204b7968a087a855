"""Counts beside every choice, as aggregations: what choosing it gives, as `search.counting.counts` has it.

`Counting(conditions, own)` → `.aggregations()` to ask with, `.counts(answer)` from what comes back. `own(facet)` is
what is shown whatever that facet's choice.
"""

from collections.abc import Callable
from typing import Any

from search.clauses import Clause, changed, clauses
from search.codes import DAYS_OLD
from search.counting import COUNTED
from search.elastic.conditions import Conditions, kept
from search.elastic.mapping import ALONE
from search.elastic.queries import Condition, counted, every, leaf, neither
from search.facets import DECLARED, FACETS, labels
from search.filtering import DATED
from search.index_folder import IndexProblem

# More codes than any facet has.
MOST_CODES = 10_000
# The first day of Elasticsearch's time, in days of Python's.
EPOCH_DAY = 719_163
DAY_MILLISECONDS = 86_400_000
# What narrows the choices of a facet that can be counted alone.
BESIDE = {"day": ("time",), "time": ("day", "date")}
# Listings that hold no code of a facet.
NONE = ":none"

Answer = dict[str, Any]


class Counting:
    """The counts of one question."""

    def __init__(self, conditions: Conditions, own: Callable[[str], Condition]) -> None:
        self.conditions, self.own = conditions, own
        self._groups: list[tuple[Condition, dict[str, Any]]] = []
        for facet in FACETS:
            if self._is_alone(facet):
                self._ask_alone(facet)
            elif facet in COUNTED:
                self._ask_weighed(facet)
            else:
                self._ask_by_code(facet)

    def aggregations(self) -> dict[str, Any]:
        """Also `made_on`, the oldest day of which dates are, in milliseconds."""
        groups = {
            f"group{number}": {"filter": condition, "aggs": told}
            for number, (condition, told) in enumerate(self._groups)
        }
        return groups | {"made_on": {"min": {"field": "made_on"}}}

    def counts(self, answer: Answer) -> dict[str, dict[str, int]]:
        """By facet and code; raises `IndexProblem` when dates are asked that the index no longer reaches."""
        run_out = self._has_run_out(answer)
        if run_out and any(clause.facets & DATED for clause in self.conditions.chosen):
            raise IndexProblem("The dates in the search index have run out.")
        told = {name: one for number in range(len(self._groups)) for name, one in answer[f"group{number}"].items()}
        found = {}
        for facet in FACETS:
            if facet not in COUNTED:
                found[facet] = self._by_code(facet, told)
            elif self._is_alone(facet):
                found[facet] = {str(one["key"]): int(one["doc_count"]) for one in told[facet]["buckets"]}
            elif run_out and facet in DATED:
                found[facet] = {}
            else:
                weighed = {code: told[f"{facet}:{code}"]["doc_count"] for code in self._codes(facet)}
                found[facet] = {code: int(count) for code, count in weighed.items() if count}
        return found

    def _has_run_out(self, answer: Answer) -> bool:
        oldest = answer["made_on"].get("value")
        if oldest is None:
            return False
        return self.conditions.now.toordinal() - (EPOCH_DAY + oldest // DAY_MILLISECONDS) > DAYS_OLD

    def _among(self, facet: str, dropped: frozenset[Clause]) -> dict[str, Any]:
        """Where to put what is counted among those that keep all conditions but these."""
        condition = every(self.conditions.filters(dropped), self.own(facet))
        for known, told in self._groups:
            if known == condition:
                return told
        self._groups.append((condition, {}))
        return self._groups[-1][1]

    def _ask_by_code(self, facet: str) -> None:
        declared = DECLARED[facet]
        held = frozenset(() if declared.every else (one for one in self.conditions.chosen if facet in one.facets))
        told = self._among(facet, held)
        field = f"codes.{facet}"
        told[facet] = counted("terms", field=field, size=MOST_CODES)
        if declared.everyone:
            told[facet + NONE] = {"filter": neither(leaf("exists", field=field))}

    def _by_code(self, facet: str, told: Answer) -> dict[str, int]:
        found = {str(one["key"]): int(one["doc_count"]) for one in told[facet]["buckets"]}
        everyone = int(told[facet + NONE]["doc_count"]) if DECLARED[facet].everyone else 0
        if not everyone:
            return found
        codes = dict.fromkeys([*found, *labels(facet), *self.conditions.query.filters.get(facet, ())])
        return {code: found.get(code, 0) + everyone for code in codes}

    def _codes(self, facet: str) -> list[str]:
        return list(dict.fromkeys([*COUNTED[facet], *self.conditions.query.filters.get(facet, ())]))

    def _is_alone(self, facet: str) -> bool:
        """Whether its choices ask nothing together with what is chosen elsewhere."""
        chosen = self.conditions.query.filters
        return facet in ALONE and not any(chosen.get(one) for one in BESIDE[facet])

    def _ask_alone(self, facet: str) -> None:
        own = frozenset(one for one in self.conditions.chosen if facet in one.facets)
        self._among(facet, own)[facet] = counted("terms", field=f"alone.{facet}", size=MOST_CODES)

    def _ask_weighed(self, facet: str) -> None:
        asked = self.conditions.chosen
        for code in self._codes(facet):
            then = clauses(changed(self.conditions.query.filters, facet, code), self.conditions.now)
            told = self._among(facet, frozenset(asked) - set(then))
            added = [kept(clause) for clause in then if clause not in asked]
            told[f"{facet}:{code}"] = {"filter": every(*added)}
