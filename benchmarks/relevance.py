"""Asks every judged query of one search: `python -m benchmarks.relevance FOLDER SEARCH [DIRECTORY]`.

DIRECTORY is one of `tests.relevance.directories`, the demo unless said. Prints JSON: {search: [[reference, …], …]}, one
list for each judged query in turn. The folder is laid when it is empty and used again when it is not. What SEARCH may
be: see `SEARCHES`.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = "shipped"
PLAIN = "plain"
SEARCHES = (SHIPPED, PLAIN)


def prepare(folder: Path, directory: str = "demo") -> None:
    """Start Django on a folder that holds a judged directory, laying it when it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "HEREABOUTS_DATA": str(folder), "DATABASE_URL": ""}
    import django

    django.setup()
    from django.core.management import call_command

    from tests.relevance.directories import DIRECTORIES
    from tests.relevance.laying import lay_directory

    laid = folder / "laid"
    call_command("migrate", verbosity=0)
    if laid.exists():
        call_command("build_index", verbosity=0)
    else:
        lay_directory(DIRECTORIES[directory])
        laid.touch()


def shipped(directory: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Our own search, with the engine and the vectors that the environment names."""
    from search.engines import find
    from tests.relevance.directories import DIRECTORIES
    from tests.relevance.laying import asked

    yield SHIPPED, [one.ranked for one in asked(find, DIRECTORIES[directory].queries())]


def plain(directory: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """The others."""
    from benchmarks.plain_searches import plain_answers
    from tests.relevance.directories import DIRECTORIES
    from tests.relevance.laying import question, references

    named = references()
    for name, found in plain_answers([question(query) for query in DIRECTORIES[directory].queries()]).items():
        yield name, [tuple(named[one] for one in ids) for ids in found]


def main(folder: str, search: str, directory: str = "demo") -> int:
    if search not in SEARCHES:
        print(f"There is no search called {search}. There are: {', '.join(SEARCHES)}.", file=sys.stderr)
        return 2
    prepare(Path(folder), directory)
    print(json.dumps(dict(shipped(directory) if search == SHIPPED else plain(directory))))
    return 0


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    sys.exit(main(*sys.argv[1:]))
