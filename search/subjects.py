"""What listings are about, by how any of its words begins: categories, kinds, whom they are for, and the thesaurus."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from django.db import DatabaseError

from search.facets import labels
from search.phrases import starts_of
from search.suggestions import SuggestionKind
from search.thesaurus import Thesaurus, groups_in_use, thesaurus
from search.understand import whole_of, words_of

# More are seldom needed to show that a term finds something.
MOST_SAME = 3
NEVER_OFFERED = Path(__file__).parent / "data" / "never_offered.txt"
FACETS_OF_SUBJECTS = ("category", "kind", "who_for")


@dataclass(frozen=True, slots=True)
class Subject:
    """One way of calling what a listing is about; with a facet, only listings of that code count."""

    label: str
    kind: SuggestionKind
    facet: str = ""
    code: str = ""
    # Single words that mean the same to a search.
    same: tuple[str, ...] = ()


class Subjects:
    """All of them, sorted by what is read from each word on."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        entries = []
        for number, subject in enumerate(subjects):
            folded = whole_of(subject.label).encode()
            entries += [(folded[at:], at, number, subject) for at in starts_of(folded.decode())]
        self._entries = sorted(entries, key=lambda entry: entry[:3])
        self._keys = [entry[0] for entry in self._entries]

    def beginning(self, start: str) -> Iterator[tuple[Subject, bool]]:
        """Those with a word that begins so (folded), and whether it is their first."""
        wanted = start.encode()
        for place in range(bisect_left(self._keys, wanted), len(self._keys)):
            if not self._keys[place].startswith(wanted):
                return
            yield self._entries[place][3], self._entries[place][1] == 0


def read_subjects() -> Subjects:
    """What the directory's own lists call things, as they are now: one query."""
    return Subjects(
        Subject(label, SuggestionKind.CATEGORY, facet, code)
        for facet in FACETS_OF_SUBJECTS
        for code, label in labels(facet).items()
    )


_kept: tuple[Thesaurus, Subjects] | None = None


def thesaurus_terms() -> Subjects:
    """What may be typed to the thesaurus in use; made once for each reading of it."""
    global _kept  # noqa: PLW0603  # one table for every question
    known = thesaurus()
    if _kept is None or _kept[0] is not known:
        try:
            terms = {whole_of(term): term for group in groups_in_use() for term in group.terms}
            terms = {whole: term for whole, term in terms.items() if whole not in never_offered()}
        except DatabaseError:
            # Suggestions go on without; the next reading of the thesaurus brings them back.
            terms = {}
        _kept = known, Subjects(term_of(term, known) for term in terms.values())
    return _kept[1]


@cache
def never_offered() -> frozenset[str]:
    """Words that people may type, and that would hurt somebody to whom they are offered."""
    return frozenset(map(whole_of, NEVER_OFFERED.read_text(encoding="utf-8").splitlines()))


def term_of(term: str, known: Thesaurus) -> Subject:
    same = (one.words[0] for one in known.alternatives(tuple(words_of(term)))[1:] if len(one.words) == 1)
    return Subject(term, SuggestionKind.TERM, same=tuple(islice(same, MOST_SAME)))
