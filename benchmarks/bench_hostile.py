"""How long the worst that can be typed keeps a server: written texts, 200 made-up ones, and ten megabytes.

Over the demo directory, whole pages, every redirect followed. `run()` gives the slowest answers beside those to what
people type (the judged queries), and raises where one is an error.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.relevance import ROOT, prepare

# Milliseconds that none may take.
MOST = 200.0


def answered(texts: Iterable[str]) -> list[tuple[float, str]]:
    """Milliseconds of each whole page, with its text."""
    from django.test import Client

    client = Client()
    found = []
    for text in texts:
        began = time.perf_counter()
        page = client.post("/find/", {"text": text, "place": text[:20]}, follow=True)
        found.append(((time.perf_counter() - began) * 1000, text))
        if page.status_code not in {200, 400, 413}:
            raise RuntimeError(f"{page.status_code} for {text[:60]!r}")
    return found


def slowest(folder: Path) -> dict[str, float]:
    """Milliseconds by what was typed; of what people type, the 95th percentile."""
    prepare(folder)
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from tests.relevance.judged import judged_queries
    from tests.security.test_hostile import MADE_UP, TEXTS

    call_command("collectstatic", interactive=False, verbosity=0)
    setup_test_environment()
    answered(["lunch", "I am lonely since my husband died"])
    usual = [took for took, _text in answered(one.text for one in judged_queries())]
    found = {"usual": float(np.percentile(usual, 95))}
    for name, texts in {"written": TEXTS, "made-up": MADE_UP, "10 MB": ["lunch " * 1_750_000]}.items():
        took, text = max(answered(texts))
        found[f"{len(texts)} {name} texts"] = took
        if took > MOST:
            print(f"Over {MOST:g} ms: {text[:60]!r}", file=sys.stderr)
    return found


def run() -> list[dict[str, Any]]:
    from benchmarks.bench_search import row

    with tempfile.TemporaryDirectory(prefix="hereabouts-hostile-") as folder:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}", "ELASTICSEARCH_URL": ""}
        command = [sys.executable, "-m", "benchmarks.bench_hostile", folder]
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    usual = found.pop("usual")
    return [row(f"slowest page of {name}", "ms", took, "what people type, p95", usual) for name, took in found.items()]


if __name__ == "__main__":
    print(json.dumps(slowest(Path(sys.argv[1]))))
