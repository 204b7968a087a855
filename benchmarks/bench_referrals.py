"""A coordinator's home and the chase run, among 30,000 people with 50,000 referrals.

Beside them, on the same data: next steps that are worked out as the page is asked for, and referrals that are chased
one at a time. On SQLite, and where `DATABASE_URL` names a PostgreSQL there too, in a database that is removed again.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OTHERWISE = "next steps worked out when asked for"


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """What each is called, and its address."""
    server = os.environ.get("BENCH_DATABASE_URL", "").rpartition("/")[0]
    if not server.startswith("postgres"):
        yield {"SQLite": ""}
        return
    import psycopg

    name = f"bench_{os.getpid()}"

    def run(sql: str) -> None:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(sql)

    run(f"CREATE DATABASE {name}")
    try:
        yield {"SQLite": "", "PostgreSQL": f"{server}/{name}"}
    finally:
        run(f"DROP DATABASE {name} WITH (FORCE)")


def measured(address: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="hereabouts-referrals-") as data:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "HEREABOUTS_DATA": data,
            "DATABASE_URL": address,
            "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        }
        command = [sys.executable, "-m", "benchmarks.people_measured"]
        told = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def row(name: str, unit: str, ours: float, alternative: str, theirs: float) -> dict[str, Any]:
    return {
        "name": name,
        "unit": unit,
        "ours": round(ours, 2),
        "alternative": alternative,
        "alternative_value": round(theirs, 2),
        "ratio": round(theirs / ours, 1),
    }


def rows(database: str, found: dict[str, float]) -> list[dict[str, Any]]:
    where = f"50,000 referrals, {database}"
    homes = [
        row(f"coordinator's home p{p}, {where}", "ms", found[f"home p{p}"], OTHERWISE, found[f"home otherwise p{p}"])
        for p in (50, 95)
    ]
    name = f"chase run, {found['chased']:,.0f} due of {where}"
    return [
        *homes,
        row(name, "s", found["chase seconds"], "one referral at a time", found["chase otherwise seconds"]),
    ]


def run() -> list[dict[str, Any]]:
    with databases() as addresses:
        return [line for name, address in addresses.items() for line in rows(name, measured(address))]
