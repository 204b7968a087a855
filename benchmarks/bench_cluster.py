"""How quickly a cluster answers, what it weighs, and how it is best cut: `python -m benchmarks.bench_cluster`.

Needs ELASTICSEARCH_URL. `--listings 1000000 --shards 1 2 4`. Listings beyond the first hundred thousand are those again
and moved a little, so that making them takes less than indexing them; words, filters and places are asked as in
`bench_search`, and none twice. Prints a table; writes indexes of its own and drops them.
"""

import argparse
import copy
import gc
import os
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

MADE = 100_000
ASKED = 400
# A node compiles what it does while it answers its first hundreds of questions.
WARM = 400


def sources(count: int, target: str) -> Iterator[dict[str, Any]]:
    """Lines for bulk: documents of the index, those beyond `MADE` being the first ones moved."""
    from benchmarks.made_up_listings import listings
    from search.elastic.mapping import listing

    chance = random.Random(5)
    for document in listings(min(count, MADE)):
        source = listing(document)
        for again in range(-(-(count - document.asset_id + 1) // MADE)):
            asset_id = document.asset_id + again * MADE
            yield {"_index": target, "_id": str(asset_id), "_source": moved(source, asset_id, chance)}


def moved(source: dict[str, Any], asset_id: int, chance: random.Random) -> dict[str, Any]:
    if asset_id <= MADE:
        return source
    north, east = chance.gauss(0, 0.03), chance.gauss(0, 0.05)
    found = {**source, "id": asset_id, "told": copy.copy(source["told"])}
    found |= {
        name: [{"lat": one["lat"] + north, "lon": one["lon"] + east} for one in source[name]]
        for name in ("venues", "points")
    }
    found["told"]["venues"] = [
        [name, town, at[0] + north, at[1] + east] for name, town, *at in source["told"]["venues"]
    ]
    return found


def fill(engine: Any, count: int) -> float:
    """A whole index, made, merged and read; the seconds it took."""
    from benchmarks.made_up_listings import listings
    from search.elastic.building import change_over, make, ready
    from search.elastic.vocabulary import Counting
    from search.elastic.writing import write

    client = engine.cluster.within(600)
    began = time.monotonic()
    new = engine.names.new()
    make(client, engine.names, new, engine.sizes)
    write(engine.cluster, sources(count, new), few=False, refresh=False)
    ready(engine.cluster, new, engine.sizes)
    change_over(client, engine.names, new)
    took = time.monotonic() - began
    counting = Counting()
    for document in listings(min(count, MADE)):
        counting.add(document)
    engine.words.replace(new, counting.done(), None)
    return took


def timed(engine: Any, asked: list[Any]) -> tuple[float, float]:
    """p50 and p95 in milliseconds of answers to questions that nobody asked before."""
    from search.engines import ask

    times = []
    for query in asked:
        began = time.perf_counter()
        ask(engine, query)
        times.append((time.perf_counter() - began) * 1000)
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def measure(count: int, shards: int, *, keep: bool) -> dict[str, float]:
    from benchmarks.bench_search import RIVER, river
    from benchmarks.made_up_listings import questions
    from search.elastic.building import Sizes, behind
    from search.elastic.cluster import Address, Cluster
    from search.elastic.engine import ElasticEngine
    from search.elastic.naming import Names

    urls = tuple(os.environ["ELASTICSEARCH_URL"].split(","))
    engine = ElasticEngine(
        Cluster(Address(urls, seconds=60)),
        Names(f"bench-{shards}"),
        river,
        lambda: [RIVER],
        sizes=Sizes(shards=shards, replicas=0),
    )
    client = engine.cluster.within(60)
    found = {}
    if not behind(client, engine.names.read):
        found["seconds to fill"] = fill(engine, count)
    stats = client.indices.stats(index=engine.names.read)["_all"]["primaries"]
    found["MB on disk"] = stats["store"]["size_in_bytes"] / 1e6
    asked = questions(WARM + ASKED)
    timed(engine, asked[:WARM])
    # As every web process does.
    gc.collect()
    gc.freeze()
    found["p50 ms"], found["p95 ms"] = timed(engine, asked[WARM:])
    found["p50 ms without words"], found["p95 ms without words"] = timed(
        engine, [replace(one, text="") for one in asked[WARM : WARM + 100]]
    )
    heap = client.nodes.stats(metric=["jvm"])["nodes"].values()
    found["MB of heap in use"] = sum(one["jvm"]["mem"]["heap_used_in_bytes"] for one in heap) / 1e6
    if not keep:
        for index in client.indices.get(index=engine.names.every, features=["settings"]):
            client.indices.delete(index=index)
    return found


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--listings", type=int, default=1_000_000)
    told.add_argument("--shards", type=int, nargs="+", default=[1, 2, 4])
    told.add_argument("--keep", action="store_true", help="leave the indexes there, to ask them again")
    given = told.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HEREABOUTS_DATA"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        Path(folder).mkdir(exist_ok=True)
        call_command("migrate", verbosity=0)
        for shards in given.shards:
            print(f"{given.listings:,} listings, {shards} shards", flush=True)
            for name, value in measure(given.listings, shards, keep=given.keep).items():
                print(f"  {name:24} {value:10,.1f}", flush=True)


if __name__ == "__main__":
    main()
