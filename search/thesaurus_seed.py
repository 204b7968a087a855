"""The groups that Hereabouts brings, one to a line in `data/thesaurus/*.txt`:

    carer: carer, unpaid carer, family carer          these mean the same, both ways
    lonely: on my own, no friends > befriending       one way: those before > also look for those behind
    night shelter: hostel, rough sleeping >> housing  wider: the same, after better matches
    # words for colleagues                            the note of the group below
    ## a heading, passed over

A line that begins with spaces goes on with the one above. The word before the colon is the key: it never changes.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction

from search.models.thesaurus import LaidSynonyms, Synonyms, Way

FOLDER = Path(__file__).parent / "data" / "thesaurus"


class SeedProblem(ValueError):
    """A line of a seed file that cannot be read."""


def seed_groups(folder: Path = FOLDER) -> Iterator[Synonyms]:
    """Every group of the files, not saved."""
    for path in sorted(folder.glob("*.txt")):
        yield from read_seed(path.read_text(encoding="utf-8").splitlines(), path.name)


def read_seed(lines: Iterable[str], name: str) -> Iterator[Synonyms]:
    note = ""
    for number, line in _whole_lines(lines):
        if line.startswith("##"):
            continue
        if line.startswith("#"):
            note = line.lstrip("# ").strip()
            continue
        key, colon, words = line.partition(":")
        typed, arrow, means = words.partition(">")
        wider, means = means.startswith(">"), means.removeprefix(">")
        terms, looked_for = _one_to_a_line(typed), _one_to_a_line(means)
        if not colon or not key.strip() or not terms or (arrow and not looked_for) or ">" in means:
            raise SeedProblem(f"{name}, line {number}: “{line}” is not “key: words”, “key: words > words” or “>>”.")
        yield Synonyms(
            seed_key=key.strip(),
            terms=terms,
            way=Way.WIDER if wider else Way.ONE if arrow else Way.BOTH,
            means=looked_for,
            note=note,
        )
        note = ""


def _whole_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with those that go on with them, and the number of the first."""
    begun, first = "", 0
    for number, line in enumerate(lines, 1):
        if begun and line.startswith(" ") and line.strip():
            begun += " " + line.strip()
            continue
        if begun:
            yield first, begun
        begun, first = line.strip(), number
    if begun:
        yield first, begun


def _one_to_a_line(words: str) -> str:
    return "\n".join(term.strip() for term in words.split(",") if term.strip())


@transaction.atomic
def lay_seed(groups: Iterable[Synonyms] | None = None) -> int:
    """Add the groups that were never laid here, and say how many those were; nothing else is touched."""
    laid = set(LaidSynonyms.objects.values_list("key", flat=True))
    laid |= set(Synonyms.objects.exclude(seed_key="").values_list("seed_key", flat=True))
    new = [group for group in (seed_groups() if groups is None else groups) if group.seed_key not in laid]
    for group in new:
        group.full_clean()
        group.save()
    LaidSynonyms.objects.bulk_create(LaidSynonyms(key=group.seed_key) for group in new)
    return len(new)


def seed_is_laid() -> bool:
    """Whether every group of the files was laid here once."""
    laid = set(LaidSynonyms.objects.values_list("key", flat=True))
    return all(group.seed_key in laid for group in seed_groups())
