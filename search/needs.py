"""What people need, in their own words: everyday sentences, each with the words that listings have for what would help.

`search/data/needs/*.txt` hold them: a line “# words; words” and under it sentences as people say them. What was learned
of them (`search.learned`) tells the needs of a sentence that was typed.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search.understand import words_of

FOLDER = Path(__file__).parent / "data" / "needs"


@dataclass(frozen=True, slots=True)
class Need:
    """One need: phrases that listings use, and sentences of people who have it."""

    phrases: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]

    @property
    def heading(self) -> str:
        """Its phrases as one text."""
        return "; ".join(" ".join(phrase) for phrase in self.phrases)


@cache
def needs() -> tuple[Need, ...]:
    """All that are written down; sentences that stand under the same words in several places are one need."""
    found: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            first, *said = [line.strip() for line in block.strip().splitlines()] or [""]
            if first.startswith("#") and said:
                phrases = tuple(words for one in first[1:].split(";") if (words := tuple(words_of(one))))
                found.setdefault(phrases, []).extend(said)
    return tuple(Need(phrases, tuple(said)) for phrases, said in found.items())


@cache
def fingerprint() -> str:
    """Differs when anything of it was changed."""
    told = hashlib.sha256()
    for need in needs():
        told.update("\n".join((need.heading, *need.said, "")).encode())
    return told.hexdigest()[:16]
