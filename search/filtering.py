"""Chosen filters over rows of facts: which rows they let through, and what choosing anything else would give.

`Filtering(facts, filters, rows, now)` evaluates the clauses of `search.clauses`. Raises `IndexProblem` when something
is asked of dates that the facts no longer reach.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from search.clauses import PARTS, Clause, Filters, Need, changed, clauses, clauses_of, related
from search.codes import DAYS_OLD
from search.facets import DECLARED, FACETS, Days, When
from search.facts import Facts
from search.index_folder import IndexProblem

COUNTED = {
    "day": tuple(Days.values),
    "time": PARTS,
    "date": tuple(When.values),
    "open": ("now",),
    "checked": ("six-months",),
}
DATED = frozenset({"open", "date"})


@dataclass(frozen=True)
class Filtering:
    """What filters make of some rows; arrays are of the length of `rows`. `now` is local, without a zone."""

    facts: Facts
    filters: Filters
    rows: np.ndarray
    now: dt.datetime

    @cached_property
    def refused(self) -> dict[Clause, np.ndarray]:
        """For each clause the rows that it keeps out."""
        asked = clauses(self.filters, self.now)
        if self.run_out and any(clause.facets & DATED for clause in asked):
            raise IndexProblem("The dates in the search index have run out.")
        return {clause: ~self.keeps(clause, self.rows) for clause in asked}

    @property
    def run_out(self) -> bool:
        return self.now.toordinal() - self.facts.made_on > DAYS_OLD

    @cached_property
    def refusals(self) -> np.ndarray:
        """How many clauses keep each row out."""
        return sum(self.refused.values(), start=np.zeros(len(self.rows), np.uint8))

    @property
    def through(self) -> np.ndarray:
        return self.refusals == 0

    @cached_property
    def made_for(self) -> np.ndarray:
        """Rows that are for those chosen, in every facet in which a listing can be open to everyone."""
        found = np.ones(len(self.rows), bool)
        for clause in self.refused:
            if clause.everyone:
                found &= self.facts.sets[clause.needs[0].field][self.rows] != 0
        return found

    def keeps(self, clause: Clause, rows: np.ndarray) -> np.ndarray:
        """Which of these rows keep a clause."""
        found = np.zeros(len(rows), bool)
        for need in clause.needs:
            found |= self._meets(need, rows)
            if clause.everyone:
                found |= self.facts.sets[need.field][rows] == 0
        return found

    def _meets(self, need: Need, rows: np.ndarray) -> np.ndarray:
        found = np.ones(len(rows), bool)
        if need.field:
            found = self.facts.tables[need.field].holding(need.codes, every=need.every)[
                self.facts.sets[need.field][rows]
            ]
        if need.span:
            found = found & self.facts.open_between(*need.span)[rows]
        if need.since:
            found = found & (self.facts.checked[rows] >= need.since)
        return found

    def counts(self, shown: Callable[[str], np.ndarray]) -> dict[str, dict[str, int]]:
        """For every facet what choosing each code would give; `shown(facet)` are the rows shown whatever its choice."""
        found: dict[str, dict[str, int]] = {}
        for facet in FACETS:
            if facet in COUNTED:
                found[facet] = {} if self.run_out and facet in DATED else self._weighed(facet, shown(facet))
            else:
                found[facet] = self._by_code(facet, shown(facet))
        return found

    def _picked(self, shown: np.ndarray, dropped: frozenset[Clause]) -> "_Picked":
        """Rows shown that keep all clauses but those dropped; the same for most facets, and picked once."""
        key = (id(shown), dropped)
        if key not in self._kept:
            keeping = self.refusals == sum((self.refused[one] for one in dropped), start=np.zeros(1, np.uint8))
            self._kept[key] = _Picked(self.rows[shown & keeping], shown)
        return self._kept[key]

    @cached_property
    def _kept(self) -> dict[tuple[int, frozenset[Clause]], "_Picked"]:
        return {}

    def _by_code(self, facet: str, shown: np.ndarray) -> dict[str, int]:
        declared = DECLARED[facet]
        dropped = frozenset(() if declared.every else (one for one in self.refused if facet in one.facets))
        numbers = self.facts.sets[facet][self._picked(shown, dropped).rows]
        table = self.facts.tables[facet]
        found = table.counts(numbers)
        everyone = int((numbers == 0).sum()) if declared.everyone else 0
        if everyone:
            # Of areas only those that somebody is about in: the others are not offered.
            own = declared.choices.values if declared.choices else ()
            codes = dict.fromkeys([*own, *found, *self.filters.get(facet, ())])
            found = {code: found.get(code, 0) + everyone for code in codes}
        return found

    def _weighed(self, facet: str, shown: np.ndarray) -> dict[str, int]:
        """Counts of choices that ask something else of a listing than one code of one field."""
        found = {}
        before = [clause for clause in self.refused if clause.facets & related(facet)]
        for code in dict.fromkeys([*COUNTED[facet], *self.filters.get(facet, ())]):
            then = clauses_of(facet, changed(self.filters, facet, code), self.now)
            added = [clause for clause in then if clause not in before]
            dropped = frozenset(clause for clause in before if clause not in then)
            count = self._count(added, self._picked(shown, dropped))
            if count:
                found[code] = count
        return found

    def _count(self, added: list[Clause], among: "_Picked") -> int:
        """How many rows keep all of these clauses."""
        if not added:
            return len(among.rows)
        need = added[0].needs[0] if len(added) == 1 and len(added[0].needs) == 1 else None
        if need and need.field and not need.span and not added[0].everyone:
            table = self.facts.tables[need.field]
            if need.field not in among.by_set:
                among.by_set[need.field] = np.bincount(self.facts.sets[need.field][among.rows], minlength=len(table))
            return int(among.by_set[need.field][table.holding(need.codes, every=need.every)].sum())
        kept = self.keeps(added[0], among.rows)
        for clause in added[1:]:
            kept = kept & self.keeps(clause, among.rows)
        return int(kept.sum())


@dataclass(frozen=True, slots=True)
class _Picked:
    """Rows to be counted, and how many of them have each set of a field."""

    rows: np.ndarray
    # Held on to, so that no other array is taken for it.
    shown: np.ndarray
    by_set: dict[str, np.ndarray] = field(default_factory=dict)
