"""Words that stand in very many listings, with every row that holds them, looked up once when the index is built.

An engine's own search hands its hits over one by one; for a word in fifty thousand listings that takes longer than all
the rest of an answer. Here they are arrays in a mapped file. Rows are those of the day the index was built:
`Facts.base_row` says where each is now, and what was put since is asked of the engine.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from search.columns import read_columns, write_columns
from search.facts import Facts
from search.matches import Found

# A word is kept when it stands in a five-hundredth of the listings, and in so many of them: in a hundredth where they
# are few, but never in fewer than the least.
SHARE, FEW_SHARE = 1 / 500, 1 / 100
FEWEST, LEAST = 500, 50
# No more rows than this are kept in all, eight bytes each, the most frequent words first.
MOST_ROWS = 60_000_000


class FrequentWords:
    """Rows and scores by stem."""

    def __init__(
        self, stems: list[str], starts: np.ndarray, rows: np.ndarray, scores: np.ndarray, rows_then: int
    ) -> None:
        self._rows_then = rows_then
        self._at = {stem: place for place, stem in enumerate(stems)}
        self._starts, self._rows, self._scores = starts, rows, scores

    @classmethod
    def read(cls, path: Path) -> "FrequentWords":
        """The file, mapped; raises `BrokenColumns`."""
        arrays, about = read_columns(path)
        return cls(about["stems"], arrays["starts"], arrays["rows"], arrays["scores"], about["rows"])

    def __contains__(self, stem: str) -> bool:
        return stem in self._at

    def found(self, stem: str, facts: Facts) -> Found:
        """What held the word when the index was built and is still there as it was."""
        place = self._at[stem]
        span = slice(int(self._starts[place]), int(self._starts[place + 1]))
        rows, scores = self._rows[span], self._scores[span]
        row_now = facts.row_now(self._rows_then)
        if row_now is None:
            return Found(rows, scores)
        now = row_now[rows]
        there = now >= 0
        return Found(now[there], scores[there])

    def some(self, stem: str, facts: Facts, most: int) -> np.ndarray:
        """About so many of the rows, from all over the index, without going through the others."""
        place = self._at[stem]
        rows = self._rows[int(self._starts[place]) : int(self._starts[place + 1])]
        rows = rows[:: max(1, len(rows) // most)][:most]
        row_now = facts.row_now(self._rows_then)
        if row_now is None:
            return rows
        now = row_now[rows]
        return now[now >= 0]


def write_frequent(path: Path, counts: Iterable[tuple[str, int]], rows: int, look_up: Callable[[str], Found]) -> None:
    """Keep what is frequent of `counts` (stem, listings), each looked up by `look_up`."""
    fewest = max(min(FEWEST, max(LEAST, rows * FEW_SHARE)), rows * SHARE)
    kept: list[tuple[str, Found]] = []
    room = MOST_ROWS
    for stem, count in sorted(counts, key=lambda one: (-one[1], one[0])):
        if count < fewest or count > room:
            break
        found = look_up(stem)
        kept.append((stem, found))
        room -= len(found.rows)
    lengths = np.fromiter((len(found.rows) for _stem, found in kept), np.int64, len(kept))
    arrays = {
        "starts": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        "rows": np.concatenate([np.empty(0, np.int32), *(found.rows.astype(np.int32) for _stem, found in kept)]),
        "scores": np.concatenate([np.empty(0, np.float32), *(found.scores for _stem, found in kept)]),
    }
    write_columns(path, arrays, {"stems": [stem for stem, _found in kept], "rows": rows})
