"""Sets of codes, each kept once and known by a number: most listings share theirs with many others."""

from collections.abc import Iterable
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
        self._held: dict[tuple[tuple[str, ...], bool], np.ndarray] = {}

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def position(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def _owners(self) -> np.ndarray:
        """The set that each member stands in."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def counts(self, numbers: np.ndarray) -> dict[str, int]:
        """For every code that stands in one of these sets, in how many; `numbers` may repeat."""
        by_set = np.bincount(numbers, minlength=len(self))
        by_code = np.bincount(self.members, by_set[self._owners], minlength=len(self.codes))
        there = np.flatnonzero(by_code).tolist()
        return {self.codes[place]: int(count) for place, count in zip(there, by_code[there].tolist(), strict=True)}

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
        found = self._held.get((codes, every))
        if found is None:
            found = self.holding_every(codes) if every else self.holding_any(codes)
            if len(self._held) > MOST_HELD:
                self._held.clear()
            self._held[codes, every] = found
        return found


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
