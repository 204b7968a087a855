"""Counts beside every choice, as aggregations: what choosing it gives, as `search.counting.counts` has it.

`Counting(conditions, own)` → `.aggregations()` to ask with, `.counts(answer)` from what comes back. `own(facet)` is
what is shown whatever that facet's choice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from search.clauses import Clause, changed, clauses
from search.codes import DAYS_OLD
from search.counting import COUNTED
from search.elastic.conditions import Conditions, kept
from search.elastic.mapping import CHOICES
from search.elastic.queries import Condition, counted, every
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
# Instead of a code of a facet that lets everyone in where a listing holds none.
UNRESTRICTED = ""

Answer = dict[str, Any]


@dataclass
class Group:
    """What is counted among the same listings: facets at once, by the codes that listings hold, and choices each by
    what it asks.
    """

    condition: Condition
    at_once: list[str] = field(default_factory=list)
    each: dict[tuple[str, str], Condition] = field(default_factory=dict)

    def aggregation(self) -> dict[str, Any]:
        told = {f"{facet}:{code}": {"filter": condition} for (facet, code), condition in self.each.items()}
        if self.at_once:
            own = {} if len(self.at_once) == len(CHOICES) else {"include": f"({'|'.join(self.at_once)}):.*"}
            told["choices"] = counted("terms", field="choices", size=MOST_CODES, **own)
        return {"filter": self.condition, "aggs": told}

    def counts(self, answer: Answer) -> Iterator[tuple[str, str, int]]:
        """Facet, code and how many, as far as there are any."""
        for one in answer["choices"]["buckets"] if self.at_once else ():
            facet, _colon, code = str(one["key"]).partition(":")
            yield facet, code, int(one["doc_count"])
        for facet, code in self.each:
            if count := int(answer[f"{facet}:{code}"]["doc_count"]):
                yield facet, code, count


class Counting:
    """The counts of one question."""

    def __init__(self, conditions: Conditions, own: Callable[[str], Condition]) -> None:
        self.conditions, self.own = conditions, own
        self._groups: list[Group] = []
        for facet in FACETS:
            if facet in CHOICES and self._is_alone(facet):
                self._ask_at_once(facet)
            else:
                self._ask_weighed(facet)

    def aggregations(self) -> dict[str, Any]:
        """Also `made_on`, the oldest day of which dates are, in milliseconds."""
        groups = {f"group{number}": group.aggregation() for number, group in enumerate(self._groups)}
        return groups | {"made_on": {"min": {"field": "made_on"}}}

    def counts(self, answer: Answer) -> dict[str, dict[str, int]]:
        """By facet and code; raises `IndexProblem` when dates are asked that the index no longer reaches."""
        run_out = self._has_run_out(answer)
        if run_out and any(clause.facets & DATED for clause in self.conditions.chosen):
            raise IndexProblem("The dates in the search index have run out.")
        found: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        for number, group in enumerate(self._groups):
            for facet, code, count in group.counts(answer[f"group{number}"]):
                found[facet][code] = count
        return {facet: {} if run_out and facet in DATED else self._offered(facet, found[facet]) for facet in FACETS}

    def _offered(self, facet: str, found: dict[str, int]) -> dict[str, int]:
        """Every code with those that are open to everyone."""
        everyone = found.pop(UNRESTRICTED, 0)
        if not everyone:
            return found
        codes = dict.fromkeys([*found, *labels(facet), *self.conditions.query.filters.get(facet, ())])
        return {code: found.get(code, 0) + everyone for code in codes}

    def _has_run_out(self, answer: Answer) -> bool:
        oldest = answer["made_on"].get("value")
        if oldest is None:
            return False
        return self.conditions.now.toordinal() - (EPOCH_DAY + oldest // DAY_MILLISECONDS) > DAYS_OLD

    def _among(self, facet: str, dropped: frozenset[Clause]) -> Group:
        """Where to count what is counted among those that keep all conditions but these."""
        condition = every(self.conditions.filters(dropped), self.own(facet))
        for group in self._groups:
            if group.condition == condition:
                return group
        self._groups.append(Group(condition))
        return self._groups[-1]

    def _codes(self, facet: str) -> list[str]:
        return list(dict.fromkeys([*COUNTED[facet], *self.conditions.query.filters.get(facet, ())]))

    def _is_alone(self, facet: str) -> bool:
        """Whether its choices ask nothing together with what is chosen elsewhere."""
        chosen = self.conditions.query.filters
        return not any(chosen.get(one) for one in BESIDE.get(facet, ()))

    def _ask_at_once(self, facet: str) -> None:
        own = frozenset(one for one in self.conditions.chosen if facet in one.facets)
        self._among(facet, frozenset() if DECLARED[facet].every else own).at_once.append(facet)

    def _ask_weighed(self, facet: str) -> None:
        asked = self.conditions.chosen
        for code in self._codes(facet):
            then = clauses(changed(self.conditions.query.filters, facet, code), self.conditions.now)
            added = [kept(clause) for clause in then if clause not in asked]
            self._among(facet, frozenset(asked) - set(then)).each[facet, code] = every(*added)
