"""What is laid at first for somebody in danger and for council business; it also answers while the database cannot."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = {"line": "lines", "rule": "rules", "business": "business"}


@cache
def seeds(name: str) -> list[dict[str, Any]]:
    """The entries of one file: "line", "rule" or "business"."""
    return read(FILES[name])[name]


@cache
def words() -> dict[str, Any]:
    """Words that mean one another, for comparing phrases."""
    return read("words")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
