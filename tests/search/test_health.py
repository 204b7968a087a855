import pytest
from django.core.management import call_command

from search.checks import cluster_can_be_asked
from search.health import health, in_words
from search.models import StaleAsset
from search.writing import build
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db


def test_a_built_index_is_well_and_says_how_old_it_is(capsys):
    make_asset()
    build()
    StaleAsset.objects.all().delete()
    now = health()
    assert (now.engine, now.is_well, now.listings, now.owed, now.breaker) == ("tantivy", True, 1, 0, "")
    call_command("health", "search")
    assert "Listings in it: 1." in capsys.readouterr().out


def test_without_an_index_it_is_not_well_and_the_command_fails(capsys):
    assert not health().is_well
    with pytest.raises(SystemExit) as ended:
        call_command("health", "search")
    assert ended.value.code == 2
    assert "There is no search index yet" in capsys.readouterr().out


def test_what_is_owed_is_told_with_what_went_wrong():
    StaleAsset.objects.create(asset_id=1, attempts=3, last_error="Listings refused: 1 (full).")
    assert any("Changes still to be written: 1. Listings refused: 1 (full)." in one for one in in_words(health()))


def test_a_cluster_that_does_not_answer_is_a_problem(settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    now = health()
    assert (now.engine, now.is_well, now.breaker) == ("elasticsearch", False, "open")
    assert "does not answer" in now.problem


def test_an_address_of_a_cluster_without_what_asks_it_is_refused(settings, monkeypatch):
    assert cluster_can_be_asked() == []
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    assert cluster_can_be_asked() == []
    monkeypatch.setattr("search.checks.find_spec", lambda name: None)
    assert [error.id for error in cluster_can_be_asked()] == ["search.E001"]
