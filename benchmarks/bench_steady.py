"""A working day in ten minutes: `serve` with 10,000 listings, asked 20 times a second, as people do.

`python -m benchmarks.bench_steady --seconds 30` for less. Prints how long answers took, what failed, and what memory
all processes of the site hold after warming up and at the end. Requests are sent when they are due, however long the
ones before take, and come from many addresses, as through a proxy.
"""

import argparse
import http.client
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
import numpy as np

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "site")]
    django.setup()

from benchmarks.bench_pages import ROOT, environment, free_port, running
from benchmarks.filled_site import ENDS, SECTORS
from benchmarks.made_up_listings import FORMS, THINGS

LISTINGS = 10_000
SECONDS = 600.0
A_SECOND = 20
# Until each process has filled what it keeps: drawn rows, pages of the database, words that were asked.
WARM_SECONDS = 120.0
AT_ONCE = 32
MOST_MILLISECONDS = 300
# What people do, and how often of a hundred times.
MIX = {
    "home": 10, "find by postcode": 15, "find by words": 20, "filters": 15, "listing": 20, "suggestions": 12, "area": 5,
    "sheet": 3,
}  # fmt: skip


@dataclass
class Seen:
    """Milliseconds of each answer by kind, and what was no answer."""

    times: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    late: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, milliseconds: float, status: object) -> None:
        with self.lock:
            self.times.setdefault(kind, []).append(milliseconds)
            if status not in {200, 302}:
                self.wrong[f"{kind}: {status}"] += 1


def request_of(kind: str, chance: random.Random) -> tuple[str, str, dict[str, Any]]:
    """(method, path, form) of something that somebody does."""
    sector = chance.choice(list(SECTORS))
    words = f"{chance.choice(THINGS)} {chance.choice(('', *FORMS))}".strip()
    postcode = f"{sector}{chance.choice(ENDS)}"
    day, within = str(chance.randrange(7)), chance.choice(("1", "3", "5"))
    filters = {"text": words, "place": sector, "kind": "group", "day": day, "within": within}
    found: dict[str, tuple[str, str, dict[str, Any]]] = {
        "home": ("GET", "/", {}),
        "find by postcode": ("POST", "/find/", {"text": words, "place": postcode}),
        "find by words": ("GET", f"/find/?{urlencode({'text': words, 'place': sector})}", {}),
        "filters": ("GET", f"/find/?{urlencode(filters)}", {}),
        "listing": ("GET", f"/listing/listing-{chance.randrange(1, LISTINGS)}/", {}),
        "suggestions": ("POST", "/find/suggest.json", {"text": words[: chance.randrange(2, 8)], "place": sector}),
        "area": ("GET", area_address(sector), {}),
        "sheet": ("GET", f"/listing/listing-{chance.randrange(1, LISTINGS)}/sheet.pdf", {}),
    }
    return found[kind]


class Visitors:
    """Connections that are kept, one for each thread; whoever is led on goes on."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mine = threading.local()

    def ask(self, method: str, path: str, form: dict[str, Any], address: str) -> object:
        headers = {"X-Forwarded-For": address}
        body = urlencode(form) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            status, location, cookie = self._send(method, path, body, headers)
            if status == 302:
                status, _location, _cookie = self._send("GET", location, None, {**headers, "Cookie": cookie})
            return status
        except (OSError, http.client.HTTPException) as error:
            self.mine.line = None
            return type(error).__name__

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str, str]:
        for last in (False, True):
            line = getattr(self.mine, "line", None) or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.mine.line = line
            try:
                line.request(method, path, body, headers)
                answer = line.getresponse()
                answer.read()
                cookies = [one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie", [])]
                return answer.status, answer.headers.get("Location", ""), "; ".join(cookies)
            except (ConnectionError, http.client.RemoteDisconnected):
                # A line that was kept open may have been closed meanwhile.
                self.mine.line = None
                if last:
                    raise
        raise AssertionError


def steady(port: int, seconds: float, seed: int) -> Seen:
    """So many requests a second, each at its time."""
    seen, visitors, chance = Seen(), Visitors(port), random.Random(seed)
    kinds = chance.choices(list(MIX), list(MIX.values()), k=int(seconds * A_SECOND))
    began = time.perf_counter()

    def one(kind: str, due: float, asked: tuple[str, str, dict[str, Any]], address: str) -> None:
        status = visitors.ask(*asked, address)
        # From when it was due, so that waiting for a free line counts.
        seen.add(kind, (time.perf_counter() - began - due) * 1000, status)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, kind in enumerate(kinds):
            due = number / A_SECOND
            wait = due - (time.perf_counter() - began)
            if wait > 0:
                time.sleep(wait)
            seen.late = max(seen.late, -wait)
            address = f"198.51.100.{chance.randrange(1, 200)}"
            pool.submit(one, kind, due, request_of(kind, chance), address)
    return seen


def memory(pid: int) -> float:
    """Megabytes that a process and all below it hold; what they share is counted once."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            below.setdefault(int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]), []).append(
                int(folder.name)
            )
        except OSError:
            continue
    held, due = 0.0, [pid]
    while due:
        one = due.pop()
        due += below.get(one, [])
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        held += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
    return held


def measure(data: Path, seconds: float) -> tuple[Seen, float, float]:
    port = free_port()
    serve = [sys.executable, str(ROOT / "site" / "manage.py"), "serve", "--port", str(port)]
    os.environ["HEREABOUTS_TRUSTED_PROXIES"] = "1"
    os.environ["HEREABOUTS_LOG"] = "json"
    with running(serve, port, data):
        top = int(next(one for one in Path("/proc").glob("[0-9]*") if is_serve(one, port)).name)
        steady(port, min(WARM_SECONDS, seconds), seed=1)
        before = memory(top)
        seen = steady(port, seconds, seed=2)
        return seen, before, memory(top)


def is_serve(process: Path, port: int) -> bool:
    try:
        words = (process / "cmdline").read_bytes().decode().split("\0")
    except OSError:
        return False
    return "serve" in words and str(port) in words


def area_address(sector: str) -> str:
    return f"/areas/about-{sector.lower().replace(' ', '-')}/"


def lay_areas() -> None:
    """A neighbourhood around each place that is asked for; runs in a process of its own."""
    from shapely.geometry import box, mapping

    from assets_map.models import Area

    for sector, (lat, lon) in SECTORS.items():
        shape = mapping(box(lon - 0.02, lat - 0.01, lon + 0.02, lat + 0.01))
        area = Area(
            code=sector, name=sector, slug=area_address(sector).split("/")[2], kind=Area.Kind.NEIGHBOURHOOD, shape=shape
        )
        area.full_clean()
        area.save()


def settle() -> None:
    """Deliver all that is owed, so that no worker is at it while answers are timed; some minutes."""
    from django.core.management import call_command

    from search.models import MissingVector

    while MissingVector.objects.exists():
        call_command("work", once=True)


def fill(data: Path, *, settled: bool) -> None:
    """Ten thousand listings, and the neighbourhoods that they are in."""
    here = "import django; django.setup(); from benchmarks import bench_steady"
    commands = [["-m", "benchmarks.filled_site", str(LISTINGS)], ["-c", f"{here}; bench_steady.lay_areas()"]]
    commands += [["-c", f"{here}; bench_steady.settle()"]] if settled else []
    for command in commands:
        asked: dict[str, Any] = {"env": environment(data), "cwd": ROOT, "stdout": subprocess.DEVNULL}
        subprocess.run([sys.executable, *command], check=True, **asked)


def tell(seen: Seen, before: float, after: float) -> None:
    every = [one for times in seen.times.values() for one in times]
    print(f"{'':20}{'answers':>9}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    for kind, times in [*seen.times.items(), ("all", every)]:
        p50, p95 = np.percentile(times, (50, 95))
        print(f"{kind:20}{len(times):9,}{p50:9.1f}{p95:9.1f}{max(times):9.1f}")
    print(f"errors: {sum(seen.wrong.values())} {dict(seen.wrong) or ''}")
    print(f"memory: {before:.0f} MB after warming up, {after:.0f} MB at the end ({(after / before - 1) * 100:+.1f} %)")
    if seen.late > 1:
        print(f"The asking itself fell behind by up to {seen.late:.1f} s.")


def run(seconds: float = SECONDS, *, settled: bool = True) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="hereabouts-steady-") as folder:
        fill(Path(folder), settled=settled)
        seen, before, after = measure(Path(folder), seconds)
    tell(seen, before, after)
    p95 = float(np.percentile([one for times in seen.times.values() for one in times], 95))
    rows = [
        (f"{A_SECOND} requests a second for {seconds:.0f} s, p95", "ms", p95, "what was promised", MOST_MILLISECONDS),
        ("memory at the end", "MB", after, "after warming up", before),
    ]
    return [
        {
            "name": name,
            "unit": unit,
            "ours": round(ours, 1),
            "alternative": other,
            "alternative_value": round(value, 1),
            "ratio": round(value / ours, 2),
        }
        for name, unit, ours, other, value in rows
    ]


if __name__ == "__main__":
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--seconds", type=float, default=SECONDS)
    told.add_argument("--unsettled", action="store_true", help="while the worker still learns the listings' sentences")
    given = told.parse_args()
    run(given.seconds, settled=not given.unsettled)
