"""Guards of the documentation: what the README says is there is there, and the other way round."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class

from config.cli import OURS

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = ROOT / "site" / "config" / "settings"
HOW_TO = (
    "try-it",
    "set-up-one-council",
    "sign-in",
    "roles-and-councils",
    "your-day-as-a-coordinator",
    "load-your-postcodes-and-boundaries",
    "load-your-listings",
    "teach-the-search-your-words",
    "run-it-on-one-small-machine",
    "health-and-owed-work",
    "search-on-a-cluster",
    "what-people-looked-for",
    "help-in-danger",
    "limits-and-logs",
    "back-up-and-restore",
    "run-it-on-many-machines",
    "what-is-kept-and-how-long",
    "refer-and-consent",
    "answer-a-referral",
    "answer-a-subject-access-request",
    "ask-how-it-went",
)


def readme():
    return (ROOT / "README.md").read_text(encoding="utf-8")


def first_column(heading):
    """The names in code marks that begin each row of the table under a heading."""
    under = readme().split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [match[1] for match in re.finditer(r"^\| `([^`]+)`", under, re.MULTILINE)]


def read_from_the_environment():
    """Names that the settings ask the environment for."""
    found = set()
    for name in ("base", "dev", "production"):
        for node in ast.walk(ast.parse((SETTINGS / f"{name}.py").read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "env" and node.func.attr != "read_env":
                found.add(node.args[0].value)
    return found


def our_commands():
    ours = {
        config.name
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and "site-packages" not in config.path
    }
    return {name: app for name, app in get_commands().items() if app in ours}


def test_settings_ask_the_environment_for_something():
    assert {"DATABASE_URL", "SECRET_KEY"} <= read_from_the_environment()


def test_every_setting_of_the_environment_is_in_the_readme_once():
    assert sorted(first_column("Settings")) == sorted(read_from_the_environment())


def test_nothing_else_of_ours_reads_the_environment():
    """One place to look: settings modules. What is passed on to children, or told to Django first, is not a setting."""
    allowed = {"site/config/serving.py", "site/config/wsgi.py", "site/config/cli.py", "site/config/settings/test.py"}
    found = {
        path.relative_to(ROOT).as_posix()
        for package in ("assets_map", "directory", "importers", "referrals", "search", "site")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8"))
    }
    assert found - allowed == set()


def test_every_command_of_ours_is_in_the_readme_once():
    assert sorted(first_column("Commands")) == sorted(our_commands())


def test_every_command_of_ours_is_in_the_help():
    listed = {name for commands in OURS.values() for name, _does in commands}
    assert listed - {"migrate"} == set(our_commands())


def test_every_command_says_what_it_does():
    silent = [name for name, app in our_commands().items() if len(load_command_class(app, name).help) < 20]
    assert silent == []


@pytest.mark.parametrize("name", HOW_TO)
def test_every_task_has_a_page(name):
    page = ROOT / "docs" / "how-to" / f"{name}.md"
    assert page.is_file()
    assert f"docs/how-to/{name}.md" in readme()


def test_decisions_are_numbered_without_gaps_and_say_the_four_things():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page.name
        assert re.search(r"^Status: ", page.read_text(encoding="utf-8"), re.MULTILINE), page.name


def markdown_pages():
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("text", markdown_pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(text):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (text.parent / link).exists()]
    assert broken == []
