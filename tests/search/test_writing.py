"""How the index follows the directory, and what happens when it cannot."""

import datetime as dt
import shutil

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from directory.models import Asset, TermTime
from outbox.delivery import deliver_everything_due
from search import engines
from search.models import IndexRenewal, StaleAsset
from search.query import AssetQuery, Results
from search.writing import asset_changed, build, one_rebuild
from tests.factories.assets_map import make_area
from tests.factories.directory import make_asset, make_category, make_check, make_provider, make_session, make_venue
from tests.search.conftest import place_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_barriers(monkeypatch):
    monkeypatch.setattr(engines, "crossed_many", lambda here, lats, lons: [None] * len(lats))
    engines._crossed.cache_clear()


@pytest.fixture
def built():
    build()


def found(text="", **asked):
    results = engines.find(AssetQuery(text=text, **asked))
    assert not results.less_complete
    return {hit.asset_id for hit in results.hits}


def test_a_listing_is_found_as_soon_as_it_is_saved_and_no_longer_when_it_is_gone(built):
    asset = make_asset(name="Dock Road Choir")
    assert found("choir") == {asset.pk}
    assert StaleAsset.objects.count() == 0
    asset.name = "Dock Road Band"
    asset.save()
    assert (found("choir"), found("band")) == (set(), {asset.pk})
    asset.delete()
    assert found("band") == set()


def test_unpublished_it_is_gone_and_published_it_is_back(built):
    asset = make_asset()
    asset.unpublish()
    assert found() == set()
    asset.save_revision().publish()
    assert found() == {asset.pk}


def test_a_draft_changes_nothing(built):
    asset = make_asset(name="Choir")
    asset.name = "Band"
    asset.save_revision()
    assert found("choir") == {asset.pk}


def test_what_hangs_on_a_listing_changes_it_too(built):
    venue, provider, category = make_venue(), make_provider(), make_category()
    asset = make_asset(venue=venue, provider=provider, categories=[category])
    venue.name, provider.name, category.name = "Mosaic Rooms", "Fenland Friends", "Feasting"
    for one in (venue, provider, category):
        one.save()
    make_session(asset, weekday=6)
    make_check(asset)
    assert found("mosaic") == found("fenland") == found("feasting") == {asset.pk}
    assert found(filters={"day": ("6",)}) == {asset.pk}


def test_a_venue_that_is_hidden_disappears_at_once(built):
    venue = make_venue(name="Haven House")
    make_asset(venue=venue)
    assert found("haven")
    venue.hidden = True
    venue.save()
    assert found("haven") == set()
    assert found(place=place_at()) == set()


def test_the_owed_row_stands_or_falls_with_the_change(built):
    with transaction.atomic():
        make_asset()
        assert StaleAsset.objects.exists()
        transaction.set_rollback(True)
    assert not StaleAsset.objects.exists()
    assert found() == set()


def test_while_another_writes_the_work_stays_owed(built, tmp_path):
    from search.tantivy.engine import TantivyEngine

    other = TantivyEngine(tmp_path / "index", engines.crossed)
    with other.writing(wait=True):
        asset = make_asset()
        assert StaleAsset.objects.filter(asset_id=asset.pk).exists()
    deliver_everything_due()
    assert found() == {asset.pk}
    assert not StaleAsset.objects.exists()


def test_a_bulk_load_owes_one_rebuild(built):
    with one_rebuild():
        made = {make_asset().pk for _ in range(30)}
        assert [row.asset_id for row in StaleAsset.objects.all()] == [None]
    assert found(page_size=100) == made
    assert not StaleAsset.objects.exists()


def test_a_bulk_load_that_fails_half_way_still_owes_what_it_did(built):
    def half_a_load():
        with one_rebuild():
            made.append(make_asset().pk)
            raise OSError

    made = []
    with pytest.raises(OSError):
        half_a_load()
    assert found() == set(made)


def test_updates_that_send_no_signal_can_be_told(built):
    asset = make_asset(name="Choir")
    Asset.objects.update(name="Band")
    assert found("choir") == {asset.pk}
    asset_changed(asset.pk)
    assert found("band") == {asset.pk}


def test_many_changes_are_left_to_the_worker(built):
    with transaction.atomic():
        made = {make_asset().pk for _ in range(30)}
    assert found(page_size=100) == set()
    deliver_everything_due()
    assert found(page_size=100) == made


def test_a_deleted_folder_is_answered_by_the_database_and_built_again(built, tmp_path):
    asset = make_asset()
    shutil.rmtree(tmp_path / "index")
    results = engines.find(AssetQuery(text="lunch", place=place_at()))
    assert [(hit.asset_id, hit.reason) for hit in results.hits] == [
        (asset.pk, "Less than 500 steps away, Civic Square Hall")
    ]
    assert results.less_complete
    engines.find(AssetQuery())
    assert StaleAsset.objects.filter(asset_id=None).count() == 1
    deliver_everything_due()
    assert found("lunch") == {asset.pk}


def test_an_asset_saved_while_there_is_no_index_builds_it():
    first = make_asset()
    assert found() == {first.pk}


def test_a_broken_index_is_answered_by_the_database_and_mended(built, tmp_path):
    asset = make_asset()
    engines.engine.cache_clear()
    for path in (tmp_path / "index").rglob("facts-*"):
        path.write_bytes(b"rubbish")
    assert engines.find(AssetQuery(text="lunch")).less_complete
    deliver_everything_due()
    assert found("lunch") == {asset.pk}


def test_facts_that_are_damaged_within_are_answered_by_the_database_and_mended(built, tmp_path):
    asset = make_asset(sessions=[1], coverage=[("E06000034", "Thurrock")])
    engines.engine.cache_clear()
    path = next((tmp_path / "index").rglob("facts-*"))
    whole = path.read_bytes()
    start = 16 + int.from_bytes(whole[8:16], "little")
    path.write_bytes(whole[:start] + b"\xff" * (len(whole) - start))
    assert engines.find(AssetQuery(text="lunch", place=place_at())).less_complete
    deliver_everything_due()
    assert found("lunch") == {asset.pk}


def test_the_command_builds_and_says_how_many(capsys):
    make_asset()
    make_asset(live=False)
    call_command("build_index")
    assert "1 listings in the index" in capsys.readouterr().out
    assert len(found()) == 1


def test_documents_take_a_fixed_number_of_queries(django_assert_max_num_queries):
    from search.documents import asset_documents

    for _ in range(12):
        make_asset(categories=[make_category(f"Food {_}")], sessions=[1, 2], costs=["4"], coverage=[("E1", "Grays")])
    with django_assert_max_num_queries(16):
        assert len(list(asset_documents())) == 12


def test_every_build_owes_one_for_the_next_night(built):
    build()
    (owed,) = IndexRenewal.objects.all()
    assert owed.due_at.date() - timezone.localdate() == dt.timedelta(days=1)
    asset = make_asset(name="Choir")
    Asset.objects.update(name="Xylophones")
    deliver_everything_due()
    assert found("xylophones") == set()
    IndexRenewal.objects.update(due_at=timezone.now())
    deliver_everything_due()
    assert found("xylophones") == {asset.pk}
    (owed,) = IndexRenewal.objects.all()
    assert owed.due_at > timezone.now()


def test_a_school_term_or_an_area_changes_what_any_listing_is_filtered_by(built):
    asset = make_asset()
    make_session(asset, weekday=timezone.localdate().weekday(), term_time_only=True, open_on_bank_holidays=True)
    later = timezone.localdate() + dt.timedelta(days=7)
    assert found(filters={"date": (later.isoformat(),)}) == {asset.pk}
    TermTime.objects.create(name="Autumn", starts_on=dt.date(2020, 9, 1), ends_on=dt.date(2020, 10, 1))
    make_area(code="E05002246", name="Tilbury")
    deliver_everything_due()
    assert found(filters={"date": (later.isoformat(),)}) == set()
    assert found(filters={"area": ("E05002246",)}) == {asset.pk}


def test_an_index_whose_dates_have_run_out_leaves_questions_of_dates_to_the_database(built, monkeypatch):
    asset = make_asset()
    make_session(asset, weekday=timezone.localdate().weekday(), starts_at=dt.time(0), ends_at=dt.time(0))
    monkeypatch.setattr("search.filtering.DAYS_OLD", -1)
    assert found() == {asset.pk}
    monkeypatch.setattr("search.plain.DatabaseEngine.find", lambda _engine, _query: Results(less_complete=True))
    assert engines.find(AssetQuery(filters={"open": ("now",)})).less_complete
