"""Directories with judged questions: the demo, and those that others wrote without knowing the demo or the search.

Nobody tunes on `elsewhere`: it tells how search does for listings and questions that it was not made with.
"""

from dataclasses import dataclass
from pathlib import Path

from config.demo import LISTINGS
from tests.relevance.judged import FOLDER, JudgedQuery, judged_queries

ELSEWHERE = Path(__file__).parent / "elsewhere"


@dataclass(frozen=True)
class JudgedDirectory:
    """A file of listings that the importer reads, and the questions asked of it."""

    name: str
    listings: Path
    folder: Path

    def queries(self) -> list[JudgedQuery]:
        return judged_queries(self.folder)


DEMO = JudgedDirectory("demo", LISTINGS, FOLDER)
OTHERS = tuple(
    JudgedDirectory(f"elsewhere {path.name}", path / "listings.csv", path / "queries")
    for path in sorted(ELSEWHERE.iterdir())
)
DIRECTORIES = {one.name: one for one in (DEMO, *OTHERS)}
