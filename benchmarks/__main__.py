"""Every figure, beside an alternative measured in the same run: `python -m benchmarks [NAME …]`.

Runs `run()` of each `benchmarks/bench_NAME.py`, prints a table and writes `benchmarks/latest.json`. A ratio above one
says how many times better ours is.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LATEST = HERE / "latest.json"
KEYS = ("name", "unit", "ours", "alternative", "alternative_value", "ratio", "commit")


def names() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def commit() -> str:
    """What was measured; a plus says that something was changed since."""
    asked = ["git", "-C", str(ROOT)]
    head = subprocess.run([*asked, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    changed = subprocess.run(
        [*asked, "status", "--porcelain", "--untracked-files=no"], capture_output=True, text=True, check=False
    )
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")


def measure(name: str) -> list[dict[str, Any]] | None:
    """Rows of one module; none when it failed, which is said and stops no other."""
    began = time.monotonic()
    print(f"{name} …", end="", flush=True)
    try:
        rows = importlib.import_module(f"benchmarks.bench_{name}").run()
    except Exception:
        print(" failed:")
        traceback.print_exc()
        return None
    print(f" {time.monotonic() - began:.0f} s")
    return list(rows)


def show(rows: list[dict[str, Any]]) -> None:
    wide = max((len(row["name"]) for row in rows), default=0)
    print()
    for row in rows:
        print(
            f"{row['name']:<{wide}}  {row['ours']:>10,} {row['unit']:<12} {row['ratio']:>8} × better than"
            f" {row['alternative']} ({row['alternative_value']:,})"
        )


def keep(rows: list[dict[str, Any]]) -> None:
    """Rows measured now replace those of the same name; others stay, with the commit that they were measured at."""
    measured = {row["name"] for row in rows}
    before = json.loads(LATEST.read_text(encoding="utf-8")) if LATEST.is_file() else []
    kept = [row for row in before if row["name"] not in measured]
    LATEST.write_text(json.dumps([*kept, *rows], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main(chosen: list[str]) -> int:
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        print(f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(names())}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as data:
        # For what is measured on PostgreSQL too, in a process of its own.
        os.environ["BENCH_DATABASE_URL"] = os.environ.get("DATABASE_URL", "")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "HEREABOUTS_DATA": data, "DATABASE_URL": ""}
        import django

        django.setup()
        from django.core.management import call_command

        # Tables without rows: what a question may mean is read from them.
        call_command("migrate", verbosity=0, interactive=False)
        measured = [measure(name) for name in chosen or names()]
    now = commit()
    rows = [{**row, "commit": now} for found in measured for row in found or []]
    rows = [{key: row[key] for key in KEYS} for row in rows]
    if not chosen:
        LATEST.unlink(missing_ok=True)
    if not rows:
        return 1
    show(rows)
    keep(rows)
    print(f"\nWritten to {LATEST.relative_to(ROOT)}.")
    return 1 if None in measured else 0


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    sys.exit(main(sys.argv[1:]))
