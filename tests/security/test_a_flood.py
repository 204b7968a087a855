"""After a flood of marked data through the site, its worker and its errors, none of it stands in what was written."""

import contextlib
import json
import sqlite3

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.config.installations import PATIENCE, drop, migrated_installation
from tests.config.test_commands import until
from tests.security.conftest import in_production, served
from tests.security.flooded.marks import found_in
from tests.security.flooded.visitors import residents, strangers

LAY = "import django; django.setup(); from tests.security.flooded.lay import main; main()"
NOT_DELIVERED = "could not be delivered"


class Flood:
    """What the site answered, said and wrote."""

    def __init__(self, folder):
        installed = migrated_installation(folder / "site", "flooded")
        lay = installed.start(
            "-c", "import django; django.setup(); from tests.security.flooded.lay import main; main()"
        )
        said, _none = lay.communicate(timeout=PATIENCE)
        assert lay.returncode == 0, said
        before = contents(installed.folder)
        environment = in_production(
            installed,
            DJANGO_SETTINGS_MODULE="tests.security.flooded.settings",
            HEREABOUTS_RATE_LIMITS=",".join(f"{kind}=0" for kind in settings.RATE_LIMITS),
        )
        with served(installed.folder, environment) as site:
            asked = [*strangers(), *residents(site)]
            self.answers = [(method, path, site.ask(method, path, *more)) for method, path, *more in asked]
            until(lambda: NOT_DELIVERED in site.said(), "the worker to fail")
            self.lines = site.said().splitlines()
        self.rows = rows_of(installed)
        self.files = {
            name: content for name, content in contents(installed.folder).items() if before.get(name) != content
        }

    @property
    def reports(self):
        """Those of pages that failed, and not of a search that is not ready yet."""
        letters = [content for name, content in self.files.items() if name.startswith("reports/")]
        return [letter for letter in letters if b"ValueError" in letter]


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows_of(installed):
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    door = psycopg.connect(installed.database_url) if installed.database_url else sqlite3.connect(
        installed.folder / "db.sqlite3"
    )  # fmt: skip
    with contextlib.closing(door):
        return {table: [repr(row) for row in door.execute(f'SELECT * FROM "{table}"').fetchall()] for table in tables}


@pytest.fixture(scope="module")
def flood(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        drop("flooded")
        try:
            yield Flood(tmp_path_factory.mktemp("flooded"))
        finally:
            drop("flooded")


def test_it_went_deep(flood):
    """People were put in touch, the worker tried to tell the provider, and one page failed and was reported."""
    assert len(flood.rows["referrals_referral"]) == 2
    assert any("The mail server did not take it." in row for row in flood.rows["referrals_owedmessage"])
    assert [path.partition("?")[0] for _method, path, answer in flood.answers if answer.status == 500] == ["/find/"]
    assert len(flood.reports) == 1


def test_every_request_was_answered_and_is_one_line_of_the_log(flood):
    strange = [(path, answer.head) for _method, path, answer in flood.answers if answer.status > 500]
    assert [path for path, _head in strange if not path.startswith("/health/ready")] == []
    assert sum('"logger": "hereabouts.requests"' in line for line in flood.lines) >= len(flood.answers)
    assert [line for line in flood.lines if not line.startswith(("{", "Serving at", "Gathered"))] == []
    assert {"time", "level", "request", "logger", "message"} <= set(json.loads(flood.lines[-1]))


def test_no_line_of_the_log_holds_any_of_it(flood):
    assert [(line, kinds) for line in flood.lines if (kinds := found_in(line.encode()))] == []


def test_no_row_of_the_database_holds_any_of_it(flood):
    kept = [(table, found_in(row.encode())) for table, rows in flood.rows.items() for row in rows]
    assert [(table, kinds) for table, kinds in kept if kinds] == []


def test_no_file_holds_any_of_it_nor_the_report_of_the_error(flood):
    assert {name: kinds for name, content in flood.files.items() if (kinds := found_in(content))} == {}
