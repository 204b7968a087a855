"""What choosing anything would give, over rows of facts: `counts(filtering, shown)`, exact for every code.

`shown(facet)` are the rows shown whatever is chosen in that facet. Most facets are counted among the same rows, whose
sets of codes are tallied once for all of them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from search.clauses import PARTS, Clause, changed, clauses_of, related
from search.facets import DECLARED, FACETS, STORED, Days, When
from search.filtering import DATED, Filtering
from search.sets import Tally

# Facets of which a choice asks something else of a listing than one code of one field, and the codes counted.
COUNTED = {
    "day": tuple(Days.values),
    "time": PARTS,
    "date": tuple(When.values),
    "open": ("now",),
    "checked": ("six-months",),
}
# Facets that are counted by the codes that listings hold.
BY_CODE = tuple(facet for facet in FACETS if facet not in COUNTED)
# The facets whose choices decide, together with it, what each of the others asks.
BESIDE = {facet: tuple(sorted(related(facet))) for facet in COUNTED}
# The codes that are offered of a facet though nothing holds them.
OWN_CODES = {name: tuple(one.choices.values) if one.choices else () for name, one in DECLARED.items()}
Shown = Callable[[str], np.ndarray]
NONE: frozenset[Clause] = frozenset()


def counts(filtering: Filtering, shown: Shown) -> dict[str, dict[str, int]]:
    """For every facet what choosing each code would give."""
    among = _Among(filtering)
    found: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        if facet not in COUNTED:
            found[facet] = _by_code(among, facet, shown(facet))
        elif filtering.run_out and facet in DATED:
            found[facet] = {}
        else:
            found[facet] = _weighed(among, facet, shown(facet))
    return found


class _Among:
    """Rows shown that keep all clauses but some, each picked once."""

    def __init__(self, filtering: Filtering) -> None:
        self.filtering = filtering
        # With the rows shown, so that no other array is taken for them.
        self._picked: dict[tuple[int, frozenset[Clause]], tuple[np.ndarray, np.ndarray]] = {}
        self._tallied: dict[tuple[int, frozenset[Clause]], Tally] = {}
        # The clauses that come from a choice in a facet, and would go with it.
        self.asked_by: dict[str, frozenset[Clause]] = {}
        for clause in filtering.refused:
            for facet in clause.facets:
                self.asked_by[facet] = self.asked_by.get(facet, NONE) | {clause}

    def rows(self, shown: np.ndarray, dropped: frozenset[Clause]) -> np.ndarray:
        key = (id(shown), dropped)
        if key not in self._picked:
            one = self.filtering
            keeping = one.refusals == sum((one.refused[clause] for clause in dropped), start=np.zeros(1, np.uint8))
            self._picked[key] = one.rows[shown & keeping], shown
        return self._picked[key][0]

    def tally(self, shown: np.ndarray, dropped: frozenset[Clause]) -> Tally:
        key = (id(shown), dropped)
        if key not in self._tallied:
            facts = self.filtering.facts
            self._tallied[key] = Tally(facts.tables, facts.sets, self.rows(shown, dropped))
        return self._tallied[key]


def _by_code(among: _Among, facet: str, shown: np.ndarray) -> dict[str, int]:
    declared = DECLARED[facet]
    dropped = NONE if declared.every else among.asked_by.get(facet, NONE)
    tally = among.tally(shown, dropped)
    # Where nothing is dropped the other facets are asked for as well.
    found = tally.codes(facet, among.filtering.facts.tables_together(*([facet] if dropped else BY_CODE)))
    everyone = tally.without(facet) if declared.everyone else 0
    if everyone:
        # Of areas only those that somebody is about in: the others are not offered.
        offered = dict.fromkeys([*OWN_CODES[facet], *among.filtering.filters.get(facet, ())], everyone)
        return offered | {code: count + everyone for code, count in found.items()}
    return found


def _weighed(among: _Among, facet: str, shown: np.ndarray) -> dict[str, int]:
    filtering = among.filtering
    beside = tuple((one, tuple(filtering.filters.get(one, ()))) for one in BESIDE[facet])
    found: dict[str, int] = {}
    for step in _steps(facet, beside, filtering.now.replace(second=0, microsecond=0)):
        if step.field:
            told = among.tally(shown, step.dropped).holding(step.field, step.asked)
            found |= zip(step.codes, told, strict=True)
        else:
            rows = among.rows(shown, step.dropped)
            kept = np.ones(len(rows), bool)
            for clause in step.added:
                kept &= filtering.keeps(clause, rows)
            found[step.codes[0]] = int(np.count_nonzero(kept))
    return {code: found[code] for code in _codes(facet, dict(beside)) if found[code]}


@dataclass(frozen=True, slots=True)
class _Step:
    """Codes that are counted together: each asks for one of some codes of a field; or one code that asks more."""

    dropped: frozenset[Clause]
    codes: tuple[str, ...]
    field: str = ""
    asked: tuple[tuple[str, ...], ...] = ()
    added: tuple[Clause, ...] = ()


def _codes(facet: str, beside: dict[str, tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys([*COUNTED[facet], *beside.get(facet, ())]))


@lru_cache(maxsize=2_000)
def _steps(facet: str, beside: tuple[tuple[str, tuple[str, ...]], ...], now: dt.datetime) -> tuple[_Step, ...]:
    """How the codes of a facet are counted beside what is chosen in those related to it."""
    chosen = dict(beside)
    before = clauses_of(facet, chosen, now)
    simple: dict[tuple[frozenset[Clause], str], dict[str, tuple[str, ...]]] = {}
    steps: list[_Step] = []
    for code in _codes(facet, chosen):
        then = clauses_of(facet, changed(chosen, facet, code), now)
        added = tuple(clause for clause in then if clause not in before)
        dropped = frozenset(clause for clause in before if clause not in then)
        field = _only_field(added)
        if field:
            simple.setdefault((dropped, field), {})[code] = added[0].needs[0].codes
        else:
            steps.append(_Step(dropped, (code,), added=added))
    together = (_Step(key[0], tuple(asked), key[1], tuple(asked.values())) for key, asked in simple.items())
    return (*together, *steps)


def _only_field(added: tuple[Clause, ...]) -> str:
    """The field, where all that is asked is to hold one of some codes of it; otherwise nothing."""
    if len(added) != 1 or len(added[0].needs) != 1 or added[0].everyone:
        return ""
    [need] = added[0].needs
    return need.field if need.field in STORED and not (need.span or need.since or need.every) else ""
