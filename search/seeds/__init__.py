"""What is laid at first for somebody in danger and for council business; it also answers while the database cannot.

Rules and business stand in one file for each subject, read in the order of their names: of the rules that a text
matches the first leads. In phrases "he" stands for any person, "child" for any child, * for a few words.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = {"line": "lines.toml", "rule": "rules/*.toml", "business": "business/*.toml"}


@cache
def seeds(name: str) -> list[dict[str, Any]]:
    """The entries of one kind, in order: "line", "rule" or "business"."""
    return [entry for path in sorted(HERE.glob(FILES[name])) for entry in read(path)[name]]


@cache
def words() -> dict[str, Any]:
    """Words that mean one another, for comparing phrases."""
    return read(HERE / "words.toml")


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
