"""Installations of a test's own, on the database that the tests run on, each with a data folder."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, connections
from django.db.utils import load_backend

from tests.factories.assets_map import make_gazetteer

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240
SECRET = "only-for-tests-of-backups-and-at-least-forty-letters"


@dataclass(frozen=True)
class Installation:
    """A data folder and a database, for commands that run as processes of their own."""

    folder: Path
    database_url: str

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HEREABOUTS")}
        kept.pop("ELASTICSEARCH_URL", None)
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "tests.config.plain_settings",
            "HEREABOUTS_DATA": str(self.folder),
            "HEREABOUTS_SENTENCES": "false",
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": SECRET,
            "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
            **more,
        }

    def begin(self, module, *arguments, **more):
        """A process that runs `main` of a module of tests."""
        told = f"import django; django.setup(); from tests.config.{module} import main; main()"
        return self.start("-c", told, *map(str, arguments), **more)

    def start(self, *command, **more):
        return subprocess.Popen(
            [sys.executable, *command],
            env=self.environment(**more), cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, *command, **more):
        """What a `hereabouts` command ended with, and all that it said."""
        process = self.start("site/manage.py", *map(str, command), **more)
        said, _none = process.communicate(timeout=PATIENCE)
        return process.returncode, said


def new_installation(folder, name):
    """An installation whose database has no tables, and whose postcodes are a few streets."""
    folder.mkdir()
    make_gazetteer(folder)
    if connection.vendor == "sqlite":
        return Installation(folder, "")
    on_the_server(f"CREATE DATABASE {own_name(name)}")
    return Installation(folder, url_of(own_name(name)))


def migrated_installation(folder, name):
    """The same with every table, as the tests' own database has them."""
    folder.mkdir()
    make_gazetteer(folder)
    if connection.vendor == "sqlite":
        import sqlite3

        connection.ensure_connection()
        copy = sqlite3.connect(folder / "db.sqlite3")
        connection.connection.backup(copy)
        copy.close()
        return Installation(folder, "")
    template = connection.settings_dict["NAME"]
    connection.close()
    on_the_server(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'",
        f"CREATE DATABASE {own_name(name)} TEMPLATE {template}",
    )
    return Installation(folder, url_of(own_name(name)))


def own_name(name):
    return f"{connection.settings_dict['NAME']}_{name}"


def url_of(name):
    given = connection.settings_dict
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgresql://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{name}"


def on_the_server(*sentences):
    """Say these to PostgreSQL outside of any database of ours."""
    import psycopg

    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        for sentence in sentences:
            server.execute(sentence)


def drop(*names):
    if connection.vendor == "postgresql":
        on_the_server(*(f"DROP DATABASE IF EXISTS {own_name(name)} WITH (FORCE)" for name in names))


def elsewhere(folder, name):
    """Let this process's database be an empty one for a while; a generator for a fixture."""
    kept = connections["default"]
    given = dict(kept.settings_dict)
    if kept.vendor == "sqlite":
        given["NAME"] = str(folder / "db.sqlite3")
    else:
        drop(name)
        on_the_server(f"CREATE DATABASE {own_name(name)}")
        given["NAME"] = own_name(name)
    connections["default"] = load_backend(given["ENGINE"]).DatabaseWrapper(given, "default")
    try:
        yield connections["default"]
    finally:
        connections["default"].close()
        connections["default"] = kept
        drop(name)
