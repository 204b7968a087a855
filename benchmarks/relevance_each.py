"""What each judged query gives, the worst first: `python -m benchmarks.relevance_each [--kind KIND] [WORD …]`.

For each: nDCG@10, the first ten with their grades, and what was missed. Only the half that may be tuned on, unless
`--held` asks for the other or `--all` for both. `--keep FOLDER` lays the demo there once and uses it again.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.relevance import ROOT, prepare

if TYPE_CHECKING:
    from tests.relevance.judged import JudgedQuery
    from tests.relevance.measures import Asked


def options() -> argparse.Namespace:
    asking = argparse.ArgumentParser(prog="python -m benchmarks.relevance_each", description=__doc__)
    asking.add_argument("words", nargs="*", help="only queries that hold one of these words")
    asking.add_argument("--kind", action="append", help="only this kind: words, sentence, places …")
    asking.add_argument("--below", type=float, default=1.01, help="only queries under this nDCG@10")
    asking.add_argument("--held", action="store_true", help="the half that is kept for testing")
    asking.add_argument("--all", action="store_true", help="both halves")
    asking.add_argument("--short", action="store_true", help="one line a query")
    asking.add_argument("--keep", type=Path, help="a folder to lay the demo in, used again the next time")
    return asking.parse_args()


def chosen(said: argparse.Namespace) -> "list[JudgedQuery]":
    from tests.relevance.judged import judged_queries

    found = [query for query in judged_queries() if said.all or query.held == said.held]
    if said.kind:
        found = [query for query in found if query.kind in said.kind]
    if said.words:
        found = [query for query in found if any(word.lower() in query.text.lower() for word in said.words)]
    return found


def show(one: "Asked", names: dict[str, str], *, short: bool) -> None:
    query = one.query
    where = f" @ {query.place}" if query.place else ""
    score = f"{len(one.ranked):>5}" if query.is_negative else f"{one.ndcg:.3f}"
    print(f"{score}  [{query.kind}] {query.text}{where}")
    if short:
        return
    for place, reference in enumerate(one.ranked[:10], start=1):
        print(f"       {place:>2}. {query.grades.get(reference, 0) or '·'} {reference} {names[reference]}")
    for reference in one.missed:
        print(f"   missed {query.grades[reference]} {reference} {names[reference]}")


def table(asked: "list[Asked]") -> None:
    from tests.relevance.measures import by_kind

    print(f"\n{'':<12}{'queries':>8}{'nDCG@10':>9}{'recall@20':>11}{'nothing':>9}")
    for kind, found in by_kind(asked).items():
        ndcg, recall = (f"{value:.3f}" if value is not None else "" for value in (found.ndcg, found.recall))
        print(f"{kind:<12}{found.count:>8}{ndcg:>9}{recall:>11}{found.nothing:>9.2f}")


def run(said: argparse.Namespace) -> None:
    from directory.models import Asset
    from search.engines import find
    from tests.relevance.laying import asked

    names = {one.source_id.upper(): one.name for one in Asset.objects.all()}
    found = asked(find, chosen(said))
    for one in sorted(found, key=lambda one: (one.query.kind, 0 if one.query.is_negative else one.ndcg)):
        if one.query.is_negative or one.ndcg < said.below:
            show(one, names, short=said.short)
    table(found)


def main() -> None:
    said = options()
    with tempfile.TemporaryDirectory(prefix="hereabouts-relevance-") as temporary:
        prepare(said.keep or Path(temporary))
        run(said)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    main()
