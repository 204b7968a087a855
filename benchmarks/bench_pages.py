"""The results page over HTTP: a real server on loopback, 10,000 listings, a different question each time.

Beside it the same page, answered by the database instead of the index (`search.plain`), from the same server.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.filled_site import SECTORS
from benchmarks.http_load import Load, load
from benchmarks.made_up_listings import FORMS, THINGS

ROOT = Path(__file__).resolve().parents[1]
LISTINGS = 10_000
ASKED = 600
# The alternative is slow: fewer questions say the same.
ASKED_DATABASE = 60
SECONDS = 30.0
AT_ONCE = 8
PATIENCE = 240


def questions(count: int) -> list[str]:
    """Addresses with words, a place and sometimes a filter; none comes twice."""
    made = random.Random(11)
    found: dict[str, None] = {}
    while len(found) < count:
        words = [("text", f"{made.choice(THINGS)} {made.choice(('', *FORMS))}".strip())]
        words += [("place", made.choice(list(SECTORS)))]
        words += [("kind", "group")] if made.random() < 0.3 else []
        words += [("day", str(made.randrange(7)))] if made.random() < 0.3 else []
        words += [("within", made.choice(("1", "5")))] if made.random() < 0.2 else []
        found[f"/find/?{urllib.parse.urlencode(words)}"] = None
    return list(found)


def environment(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "HEREABOUTS_DATA": str(data),
        "DATABASE_URL": "",
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
    }


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def await_answer(port: int, process: "subprocess.Popen[bytes]", said: Path) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/privacy/", timeout=10).read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start: {said.read_text()[-2000:]}")


@contextmanager
def running(command: list[str], port: int, data: Path) -> Iterator[int]:
    with (data / "said.txt").open("ab") as said:
        process = subprocess.Popen(command, env=environment(data), cwd=data, stdout=said, stderr=said)
    try:
        await_answer(port, process, data / "said.txt")
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def one_process(data: Path) -> Any:
    from config.serving import web_command

    port = free_port()
    return running(web_command(host="127.0.0.1", port=port, workers=1), port, data)


def as_shipped(data: Path) -> Any:
    port = free_port()
    return running([sys.executable, str(ROOT / "site" / "manage.py"), "serve", "--port", str(port)], port, data)


def asked(port: int, paths: list[str], *, lines: int) -> Load:
    """Answers of one load, after a few to warm up."""
    load(port, paths[: 4 * lines], lines=lines, seconds=SECONDS)
    result = load(port, paths[4 * lines :], lines=lines, seconds=SECONDS)
    if result.wrong:
        raise RuntimeError(f"Not every page was a page: {result.wrong[:3]}")
    return result


def measured(served: Any, count: int) -> tuple[Load, Load]:
    """Of one server: one visitor at a time, and several at once."""
    paths = questions(count)
    with served as port:
        alone = asked(port, paths[: count // 2], lines=1)
        together = asked(port, paths[count // 2 :], lines=AT_ONCE)
    return alone, together


def rows(how: str, ours: tuple[Load, Load], theirs: tuple[Load, Load]) -> list[dict[str, Any]]:
    found = []
    for p in (50, 95):
        mine, other = (float(np.percentile(loads[0].times, p)) for loads in (ours, theirs))
        found.append((f"results page p{p}, {how}", "ms", mine, other, other / mine))
    mine, other = ours[1].a_second, theirs[1].a_second
    found.append((f"results pages, {how}, {AT_ONCE} visitors at once", "requests/s", mine, other, mine / other))
    return [
        {
            "name": name,
            "unit": unit,
            "ours": round(mine, 1),
            "alternative": "the same page answered by the database",
            "alternative_value": round(other, 1),
            "ratio": round(ratio, 1),
        }
        for name, unit, mine, other, ratio in found
    ]


def run() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="hereabouts-pages-") as folder:
        data = Path(folder)
        fill = [sys.executable, "-m", "benchmarks.filled_site", str(LISTINGS)]
        subprocess.run(fill, env=environment(data), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        alone = measured(one_process(data), ASKED)
        shipped = measured(as_shipped(data), ASKED)
        # Without an index and without a worker to build another, the database answers.
        (data / "index").rename(data / "index-put-away")
        by_database = measured(one_process(data), ASKED_DATABASE + 8 * AT_ONCE)
    return [*rows("one process", alone, by_database), *rows("as shipped", shipped, by_database)]
