"""Guards of the migrations: models and migrations say the same, and each app's history is one line."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[1]
OURS = sorted(
    config.label
    for config in apps.get_app_configs()
    if config.name in {"accounts", "assets_map", "directory", "importers", "outbox", "referrals", "search", "website"}
)


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("label", OURS)
def test_each_app_has_one_head(label):
    loader = MigrationLoader(None)
    heads = [name for app, name in loader.graph.leaf_nodes() if app == label]
    assert len(heads) <= 1


@pytest.mark.parametrize("label", OURS)
def test_no_number_is_used_twice(label):
    folder = Path(apps.get_app_config(label).path) / "migrations"
    numbers = Counter(path.name[:4] for path in folder.glob("[0-9]*.py"))
    assert [number for number, times in numbers.items() if times > 1] == []


def test_every_table_of_ours_has_a_migration():
    for label in OURS:
        config = apps.get_app_config(label)
        if list(config.get_models()):
            assert (Path(config.path) / "migrations" / "0001_initial.py").is_file(), label
