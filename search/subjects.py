"""What listings are about, by how any of its words begins: categories, kinds, whom they are for, and the thesaurus."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.facets import labels
from search.phrases import starts_of
from search.suggestions import SuggestionKind
from search.understand import whole_of

FACETS_OF_SUBJECTS = ("category", "kind", "who_for")


@dataclass(frozen=True, slots=True)
class Subject:
    """One way of calling what a listing is about; with a facet, only listings of that code count."""

    label: str
    kind: SuggestionKind
    facet: str = ""
    code: str = ""


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
