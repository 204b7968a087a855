"""Chosen filters over rows of facts: which rows they let through.

`Filtering(facts, filters, rows, now)` evaluates the clauses of `search.clauses`. Raises `IndexProblem` when something
is asked of dates that the facts no longer reach.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.clauses import Clause, Filters, Need, clauses
from search.codes import DAYS_OLD
from search.facts import Facts
from search.index_folder import IndexProblem

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

    @cached_property
    def through(self) -> np.ndarray:
        return self.refusals == 0

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
