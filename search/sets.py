"""Sets of codes, each kept once and known by a number: most listings share theirs with many others."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from itertools import pairwise

import numpy as np

# Answers kept of one table.
MOST_HELD = 200


class SetTable:
    """Numbered sets of codes: `starts` (sets + 1) into `members`, positions in `codes`. Set 0 is empty."""

    def __init__(self, codes: list[str], starts: np.ndarray, members: np.ndarray) -> None:
        self.codes = codes
        self.starts = starts
        self.members = members
        self._held: dict[Hashable, np.ndarray] = {}

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def position(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def _holders(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.members, kind="stable")
        sets = np.repeat(np.arange(len(self)), np.diff(self.starts))[order]
        return sets, np.searchsorted(self.members[order], np.arange(len(self.codes) + 1))

    def holding_any(self, codes: Iterable[str]) -> np.ndarray:
        """A boolean for each set: whether it holds at least one of these codes. Unknown codes are held by none."""
        found = np.zeros(len(self), bool)
        sets, starts = self._holders
        for code in codes:
            place = self.position.get(code)
            if place is not None:
                found[sets[starts[place] : starts[place + 1]]] = True
        return found

    def holding_every(self, codes: Iterable[str]) -> np.ndarray:
        """A boolean for each set: whether it holds all of these codes."""
        found = np.ones(len(self), bool)
        for code in codes:
            found &= self.holding_any([code])
        return found

    def holding(self, codes: tuple[str, ...], *, every: bool = False) -> np.ndarray:
        """The same, kept: a week's days and their times are asked for with every question. Not to be written to."""
        return self._kept((codes, every), lambda: self.holding_every(codes) if every else self.holding_any(codes))

    def holding_each(self, several: tuple[tuple[str, ...], ...]) -> np.ndarray:
        """For each of several lists of codes (rows) and each set whether it holds one of them, as 0 and 1; kept."""
        return self._kept(several, lambda: np.stack([self.holding_any(codes) for codes in several]).astype(np.int64))

    def _kept(self, key: Hashable, make: Callable[[], np.ndarray]) -> np.ndarray:
        found = self._held.get(key)
        if found is None:
            found = make()
            if len(self._held) > MOST_HELD:
                self._held.clear()
            self._held[key] = found
        return found


class TablesTogether:
    """Several tables as one: the sets of each after those of the one before, and its codes likewise."""

    def __init__(self, tables: Mapping[str, SetTable]) -> None:
        self.tables = tables
        each = list(tables.values())
        self.codes = [code for table in each for code in table.codes]
        self.first_code = np.cumsum([0, *(len(table.codes) for table in each)])
        firsts = np.cumsum([0, *(len(table.members) for table in each)]).tolist()
        self.starts = np.concatenate([table.starts[:-1] + first for table, first in zip(each, firsts, strict=False)])
        self.lengths = np.concatenate([np.diff(table.starts) for table in each])
        codes = zip(each, self.first_code.tolist(), strict=False)
        self.members = np.concatenate([table.members + first for table, first in codes])


class Tally:
    """How many of some rows have each set of codes; `columns[field]` numbers the sets of all rows."""

    def __init__(self, tables: Mapping[str, SetTable], columns: Mapping[str, np.ndarray], rows: np.ndarray) -> None:
        self._tables, self._columns, self._rows = tables, columns, rows
        self._by_set: dict[str, np.ndarray] = {}
        self._codes: dict[str, dict[str, int]] = {}

    def by_set(self, field: str) -> np.ndarray:
        """How many rows have each set of a field."""
        found = self._by_set.get(field)
        if found is None:
            found = np.bincount(self._columns[field][self._rows], minlength=len(self._tables[field]))
            self._by_set[field] = found
        return found

    def codes(self, field: str, beside: TablesTogether) -> dict[str, int]:
        """For every code of a field that stands in one of its sets, in how many rows; those `beside` it are counted at
        once.
        """
        if field not in self._codes:
            self._codes |= self._count(beside)
        return self._codes[field]

    def _count(self, every: TablesTogether) -> dict[str, dict[str, int]]:
        by_set = np.concatenate([self.by_set(field) for field in every.tables])
        there = by_set.nonzero()[0]
        lengths = every.lengths[there]
        ends = lengths.cumsum()
        places = np.arange(ends[-1] if len(ends) else 0) + (every.starts[there] - ends + lengths).repeat(lengths)
        by_code = np.bincount(every.members[places], by_set[there].repeat(lengths), len(every.codes))
        held = by_code.nonzero()[0]
        told = by_code[held].astype(np.int64).tolist()
        named = [every.codes[place] for place in held.tolist()]
        cuts = held.searchsorted(every.first_code).tolist()
        spans = zip(every.tables, pairwise(cuts), strict=True)
        return {field: dict(zip(named[first:end], told[first:end], strict=True)) for field, (first, end) in spans}

    def without(self, field: str) -> int:
        """How many have no code of a field."""
        return int(self.by_set(field)[0])

    def holding(self, field: str, several: tuple[tuple[str, ...], ...]) -> list[int]:
        """For each of several lists of codes, how many have at least one of them."""
        by_set = self.by_set(field)
        there = by_set.nonzero()[0]
        return (self._tables[field].holding_each(several)[:, there] @ by_set[there]).tolist()


class SetNumbers:
    """Hands out the numbers while an index is written, going on from a table written before."""

    def __init__(self, before: SetTable | None = None) -> None:
        self.codes: dict[str, int] = {}
        self.sets: dict[tuple[int, ...], int] = {(): 0}
        self._seen: dict[tuple[str, ...], int] = {}
        if before is not None:
            self.codes = dict(before.position)
            members = before.members.tolist()
            spans = pairwise(before.starts.tolist())
            self.sets = {tuple(members[start:end]): number for number, (start, end) in enumerate(spans)}

    def number(self, codes: Iterable[str]) -> int:
        """The number of the set of these codes."""
        written = tuple(codes)
        number = self._seen.get(written)
        if number is None:
            members = tuple(sorted({self.codes.setdefault(code, len(self.codes)) for code in written}))
            number = self._seen[written] = self.sets.setdefault(members, len(self.sets))
        return number

    def done(self) -> SetTable:
        lengths = np.fromiter((len(members) for members in self.sets), np.int64, len(self.sets))
        flat = [member for members in self.sets for member in members]
        return SetTable(list(self.codes), np.concatenate([[0], np.cumsum(lengths)]), np.array(flat, np.int32))
