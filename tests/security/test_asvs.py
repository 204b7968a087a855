"""The page about OWASP's standard is whole, and says nothing that no test shows."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (met|not applicable|open) \| ([^|]+) \|$", re.MULTILINE)
# Sections of ASVS 5.0.0, and how many of each are of level 1 or 2: they come before those of level 3.
HOW_MANY = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3
5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3
9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4
13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4
17.3:2
"""
ASKED = [f"{part}.{n}" for part, many in (one.split(":") for one in HOW_MANY.split()) for n in range(1, int(many) + 1)]
ROWS = ROW.findall(PAGE)


@cache
def names_in(path):
    """Names of the tests of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_everything_that_the_first_two_levels_ask_stands_there_once():
    assert len(ASKED) == 253
    assert [number for number, *_rest in ROWS] == ASKED


def test_every_row_can_be_read():
    assert len(re.findall(r"^\| \d", PAGE, re.MULTILINE)) == len(ROWS)


def test_whatever_is_met_names_tests_that_are_there():
    for number, _asks, state, shown in ROWS:
        if state == "met":
            named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", shown)
            assert named, number
            for path, name in named:
                assert name in names_in(path), f"{number}: {path}::{name}"


def test_whatever_is_not_met_says_why():
    for number, _asks, state, why in ROWS:
        if state != "met":
            assert len(why) > 15, number
        if state == "open":
            assert "ould be closed" in why, number


def test_at_most_ten_are_open_and_the_page_counts_rightly():
    count = Counter(state for _number, _asks, state, _why in ROWS)
    assert count["open"] <= 10
    told = " ".join(PAGE.split())
    assert f"{count['met']} are met, {count['not applicable']} are not applicable, and {count['open']} are open" in told
