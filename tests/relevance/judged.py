"""The judged queries: what people type, and which listings of the demo directory they need. `judged_queries()`.

A listing is named by its reference. Grades: 3 exactly what this person needs, 2 good, 1 worth seeing; the rest are 0.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "queries"
KINDS = ("words", "misspelt", "places", "names", "filters", "sentence", "negative")
GRADES = {"exactly": 3, "good": 2, "some": 1}
FIELDS = {"text", "place", "kind", "why", "held", *GRADES}


@dataclass(frozen=True)
class JudgedQuery:
    """One question with its answers. `place` is what is typed in the Where box; nobody tunes on what is `held`."""

    text: str
    kind: str
    why: str
    grades: Mapping[str, int]
    place: str = ""
    held: bool = False

    @property
    def is_negative(self) -> bool:
        """Nothing in the directory answers it."""
        return not self.grades


def judged_queries(folder: Path = FOLDER) -> list[JudgedQuery]:
    """Every judged query, in the order of the files and of their lines."""
    return [query for file in sorted(folder.glob("*.toml")) for query in _read(file)]


def _read(file: Path) -> Iterator[JudgedQuery]:
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["query"]:
        unknown = set(row) - FIELDS
        if unknown or row["kind"] not in KINDS:
            raise ValueError(f"{file.name}, “{row['text']}”: not known: {', '.join(sorted(unknown)) or row['kind']}")
        yield JudgedQuery(
            text=row["text"],
            kind=row["kind"],
            why=row["why"],
            grades=_grades(row),
            place=row.get("place", ""),
            held=row.get("held", False),
        )


def _grades(row: Mapping[str, Any]) -> dict[str, int]:
    named = [(reference, grade) for name, grade in GRADES.items() for reference in row.get(name, "").split()]
    found = dict(named)
    if len(found) < len(named):
        raise ValueError(f"“{row['text']}” grades a listing twice.")
    return found
