"""Guards of the layout: what would break silently when a folder moves or a file grows."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    ".ci", ".dockerignore", ".git", ".gitignore",
    "CHANGELOG.md", "Dockerfile", "Makefile", "README.md", "docker-compose.yml", "pyproject.toml", "requirements.lock",
    "assets_map", "benchmarks", "directory", "docs", "importers", "referrals", "search", "site", "tests",
}  # fmt: skip
IN_SITE = {"manage.py", "accounts", "config", "outbox", "website"}
COUNTED = {".py", ".js", ".css", ".html", ".typ", ".toml", ".txt"}
# Not written by hand: the words of the language model, as it came.
AS_IT_CAME = ROOT / "search" / "data" / "minilm" / "vocab.txt"
MOST_LINES = 400


def ignored():
    """Names that git leaves out, as the top of .gitignore patterns."""
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return [line.rstrip("/") for line in lines if line and not line.startswith("#")]


def is_ignored(path):
    return any(path.match(pattern) for pattern in ignored())


def our_files():
    """Every file that is ours: not ignored, not vendored."""
    for folder, names, files in os.walk(ROOT):
        here = Path(folder)
        names[:] = [name for name in names if name not in {".git", "vendor"} and not is_ignored(here / name)]
        yield from (here / name for name in files if not is_ignored(here / name))


def test_site_is_a_plain_folder():
    assert (ROOT / "site" / "manage.py").is_file()
    assert not (ROOT / "site" / "__init__.py").exists()


def test_the_standard_library_keeps_its_site():
    import site

    assert Path(site.__file__).parent != ROOT / "site"


def test_git_keeps_site():
    assert not {"site", "/site", "site/*"} & set(ignored())


def test_no_documentation_builder_deletes_site():
    """mkdocs writes to `site/` unless told otherwise, and empties it first."""
    for name in ("mkdocs.yml", "mkdocs.yaml"):
        assert not (ROOT / name).exists() or "site_dir:" in (ROOT / name).read_text()


def test_nothing_unexpected_stands_at_the_top():
    found = {path.name for path in ROOT.iterdir() if not is_ignored(path)}
    assert found - TOP_LEVEL == set()
    assert TOP_LEVEL - found <= {".git"}


def test_nothing_unexpected_stands_in_site():
    found = {path.name for path in (ROOT / "site").iterdir() if not is_ignored(path)}
    assert found == IN_SITE


def test_the_wheel_holds_every_package():
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    on_disk = {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("*/apps.py")}
    on_disk |= {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("site/*/apps.py")}
    assert set(packages["packages"]) == on_disk


def test_no_file_is_long():
    long = {}
    for path in our_files():
        if path.suffix in COUNTED and path != AS_IT_CAME:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > MOST_LINES:
                long[path.relative_to(ROOT).as_posix()] = lines
    assert long == {}


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "misc", "common"])
def test_modules_are_named_for_their_subject(name):
    assert [str(path) for path in our_files() if path.stem == name and path.suffix == ".py"] == []


def test_nothing_tells_of_the_machine_it_was_made_on():
    """No path of a developer's machine, and no address of a private package index."""
    marks = ("/work" + "/", "/tmp" + "/", "--index" + "-url", "--find" + "-links")
    found = []
    for path in our_files():
        if path.suffix in {*COUNTED, ".md", ".yml", ".lock", ".json"}:
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(ROOT)}: {mark}" for mark in marks if mark in text]
    assert found == []


def test_a_web_process_starts_without_what_only_loaders_need():
    """pandas and geopandas take seconds and a hundred megabytes."""
    asked = """
import sys
from django.core.handlers.wsgi import WSGIHandler
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
heavy = {"pandas", "geopandas", "pyogrio", "weasyprint", "elasticsearch", "openpyxl"}
print(sorted(heavy & set(sys.modules)))
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": f"{ROOT}/site:{ROOT}"}
    started = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=False
    )
    assert started.stdout.strip() == "[]", started.stderr
