"""How well the judged queries are answered: both engines, words alone, and other searches of the same listings.

`run()` prints nDCG@10, recall@20 and the share that found nothing, by kind of query, and gives rows of {name, unit,
ours, alternative, alternative_value, ratio}. A ratio above one: ours is better. `python -m benchmarks.bench_relevance
--each` prints every query too.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.relevance import PLAIN, ROOT, SHIPPED
from tests.relevance.measures import Asked, Figures, by_kind

TANTIVY, ELASTICSEARCH, WORDS_ALONE = "embedded", "Elasticsearch", "words alone"
OURS = (TANTIVY, ELASTICSEARCH, WORDS_ALONE)
ELASTICSEARCH_URL = "ELASTICSEARCH_URL"
SENTENCES = "HEREABOUTS_SENTENCES"

Answers = dict[str, list[Asked]]


def directories() -> dict[str, Any]:
    """The judged directories by name; their modules need Django."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    from tests.relevance.directories import DIRECTORIES

    return DIRECTORIES


def ask(folder: Path, directory: str, search: str, **changed: str) -> dict[str, list[Asked]]:
    """One search of one directory in a process of its own, so that each has its own settings."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}", ELASTICSEARCH_URL: "", **changed}
    command = [sys.executable, "-m", "benchmarks.relevance", str(folder), search, directory]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    ranked = json.loads(done.stdout.splitlines()[-1])
    queries = directories()[directory].queries()
    return {
        name: [Asked(query, tuple(rows)) for query, rows in zip(queries, found, strict=True)]
        for name, found in ranked.items()
    }


def answers(directory: str) -> Answers:
    """What every search of a directory gives; Elasticsearch only where the environment names one."""
    found: Answers = {}
    with tempfile.TemporaryDirectory(prefix="hereabouts-relevance-") as temporary:
        folder = Path(temporary)
        found[TANTIVY] = ask(folder, directory, SHIPPED)[SHIPPED]
        address = os.environ.get(ELASTICSEARCH_URL, "")
        if address:
            found[ELASTICSEARCH] = ask(folder, directory, SHIPPED, **{ELASTICSEARCH_URL: address})[SHIPPED]
        else:
            print(f"\n{ELASTICSEARCH_URL} is not set, so that Elasticsearch is not measured.")
        found[WORDS_ALONE] = ask(folder, directory, SHIPPED, **{SENTENCES: "off"})[SHIPPED]
        found |= ask(folder, directory, PLAIN)
    return found


def written(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def table(title: str, figures: Mapping[str, Mapping[str, Figures]]) -> None:
    """One block a kind, one line a search."""
    print(f"\n{title}")
    kinds = next(iter(figures.values()))
    for kind, first in kinds.items():
        print(f"\n  {kind}, {first.count} queries{'':<12}nDCG@10  recall@20  found nothing")
        for name, found in figures.items():
            one = found[kind]
            print(f"    {name:<30}{written(one.ndcg):>9}{written(one.recall):>11}{written(one.nothing):>15}")


def each(found: Answers) -> None:
    """nDCG@10 of every query by every search; for negatives, how many rows came."""
    names = list(found)
    print("\n" + "  ".join(f"{name[:12]:>12}" for name in names))
    for rows in zip(*found.values(), strict=True):
        cells = (len(one.ranked) if one.query.is_negative else f"{one.ndcg:.3f}" for one in rows)
        query = rows[0].query
        print(
            "  ".join(f"{cell:>12}" for cell in cells), f" {'held ' if query.held else ''}[{query.kind}] {query.text}"
        )


def rows(figures: Mapping[str, Mapping[str, Figures]], directory: str) -> Iterable[dict[str, Any]]:
    """For words and for sentences: each engine beside the best of the others."""
    others = [name for name in figures if name not in OURS]
    for kind, words in (("all words", "words"), ("sentence", "sentences")):
        best = max(others, key=lambda name: figures[name][kind].ndcg or 0)
        theirs = figures[best][kind].ndcg or 0.0
        for name in OURS:
            if name in figures:
                ours = figures[name][kind].ndcg or 0.0
                yield {
                    "name": f"nDCG@10 of {words}, {directory}, {name}",
                    "unit": "of 1",
                    "ours": round(ours, 3),
                    "alternative": f"the best of {len(others)} others, {best}",
                    "alternative_value": round(theirs, 3),
                    "ratio": round(ours / theirs, 2),
                }


def run(asked: Sequence[str] = ()) -> list[dict[str, Any]]:
    measured: list[dict[str, Any]] = []
    for directory in directories():
        found = answers(directory)
        if "--each" in asked:
            each(found)
        figures = {name: by_kind(one) for name, one in found.items()}
        table(f"All judged queries, {directory}", figures)
        held = {name: by_kind(one, keep=lambda query: query.held) for name, one in found.items()}
        if any(held.values()):
            table("The half kept for testing", held)
        measured += rows(figures, directory)
    return measured


if __name__ == "__main__":
    run(sys.argv[1:])
