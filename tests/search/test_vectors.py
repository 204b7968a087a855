"""Vectors on disk: found by their text, right to the last digit that matters, and never the end of a search."""

import subprocess
import sys

import numpy as np
import pytest
from django.core.management import call_command
from django.db import transaction

from outbox.delivery import deliver_due, deliver_everything_due
from search import embedding, meaning, vectors, writing
from search.documents import asset_documents
from search.engines import engine
from search.models import MissingVector, StaleAsset
from search.vectors import ENTRY, HEAD, KeyedRows, Store
from search.writing import build
from tests.factories.directory import make_asset
from tests.test_docs import ROOT


def made_up(count, seed=1):
    """Keys, and vectors of length 1."""
    chance = np.random.default_rng(seed)
    found = chance.standard_normal((count, 384)).astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return chance.integers(0, 2**64, count, dtype=np.uint64), found


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "vectors" / "one")


@pytest.fixture
def filled(store):
    store.add(*made_up(300))
    return store


class TestNearness:
    @pytest.mark.parametrize("share", [1, 0.5, 0.05])
    def test_it_is_that_of_the_float_vectors(self, filled, share):
        keys, held = made_up(300)
        asked = made_up(1, seed=2)[1][0]
        some = np.random.default_rng(3).permutation(300)[: int(300 * share)]
        rows = filled.held().rows(keys[some])
        assert np.abs(filled.held().similar(asked, rows) - held[some] @ asked).max() < 0.003

    def test_numpy_gives_the_same_where_simsimd_is_not(self, filled, monkeypatch):
        asked = made_up(1, seed=2)[1][0]
        rows = np.arange(300, dtype=np.int32)
        before = filled.held().similar(asked, rows)
        monkeypatch.setitem(sys.modules, "simsimd", None)
        assert np.allclose(filled.held().similar(asked, rows), before, atol=1e-6)

    def test_the_best_ten_are_those_of_the_float_vectors(self, store):
        texts = [f"{what} {where}" for what in WHAT for where in WHERE]
        held = meaning.model().embed(texts)
        store.add(map(vectors.key, texts), held)
        rows = store.held().rows(np.array([*map(vectors.key, texts)], np.uint64))
        shared = []
        for asked in ("somebody to talk to", "I want to paint", "I cannot walk far", "help with letters", "music"):
            vector = meaning.model().embed_one(asked)
            ours, theirs = store.held().similar(vector, rows), held @ vector
            shared.append(len(set(np.argsort(-ours)[:10]) & set(np.argsort(-theirs)[:10])))
        assert sum(shared) >= 48

    def test_unknown_ones_are_not_near(self, filled):
        keys, held = made_up(300)
        rows = filled.held().rows(np.array([keys[0], 7], np.uint64))
        assert rows.tolist() == [0, -1]
        assert filled.held().similar(held[0], rows).tolist() == pytest.approx([1, -1], abs=0.01)

    def test_an_empty_store_knows_nothing(self, store):
        asked = made_up(1)[1][0]
        assert store.held().rows(np.array([1, 2], np.uint64)).tolist() == [-1, -1]
        assert store.held().similar(asked, np.array([-1, -1], np.int32)).tolist() == [-1, -1]
        assert store.held().similar(asked, np.empty(0, np.int32)).tolist() == []


WHAT = ("Coffee morning", "Art class", "Choir", "Advice on forms", "Chair exercise", "Befriending by phone", "Lunch")
WHERE = ("in the library", "at the church hall", "for carers", "for men", "at home", "on Tuesdays", "by the river")


class TestFile:
    def test_what_one_process_writes_another_finds(self, filled, tmp_path):
        other = Store(tmp_path / "vectors" / "one")
        before = other.held()
        keys, held = made_up(5, seed=9)
        filled.add(keys, held)
        assert (before.count, other.held().count) == (300, 305)
        assert other.held().rows(keys).tolist() == [300, 301, 302, 303, 304]
        assert other.held() is other.held()

    def test_processes_that_write_at_once_lose_nothing(self, store, tmp_path):
        code = (
            "import django; django.setup()\n"
            "import sys; from pathlib import Path; import numpy as np; from search.vectors import Store\n"
            "number = int(sys.argv[1]); store = Store(Path(sys.argv[2]))\n"
            "one = np.zeros((3, 384), np.float32); one[:, number] = 1\n"
            "for at in range(40): store.add([number * 1000 + at * 3 + i for i in range(3)], one)\n"
        )
        env = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"}
        folder = str(tmp_path / "vectors" / "one")
        running = [subprocess.Popen([sys.executable, "-c", code, str(n), folder], env=env) for n in (1, 2)]
        assert [one.wait(60) for one in running] == [0, 0]
        keys = np.array([n * 1000 + at for n in (1, 2) for at in range(120)], np.uint64)
        rows = store.held().rows(keys)
        assert sorted(rows.tolist()) == list(range(240))
        assert [store.held().vector(row)[n] for n, row in ((1, rows[0]), (2, rows[-1]))] == [1, 1]

    def test_half_an_entry_at_the_end_is_as_if_it_were_not(self, filled):
        keys, held = made_up(300)
        with filled.path.open("r+b") as file:
            file.truncate(len(HEAD) + 299 * ENTRY.itemsize + 17)
        assert filled.held().rows(keys[-2:]).tolist() == [298, -1]
        filled.add(keys[-1:], held[-1:])
        assert filled.held().rows(keys).tolist() == list(range(300))

    def test_an_entry_that_was_overwritten_is_not_there_and_can_be_added_again(self, filled):
        keys, held = made_up(300)
        with filled.path.open("r+b") as file:
            file.seek(len(HEAD) + 5 * ENTRY.itemsize + 16)
            file.write(b"\x7f" * 384)
            file.seek(len(HEAD) + 7 * ENTRY.itemsize)
            file.write(b"\0" * ENTRY.itemsize)
        found = Store(filled.path.parent)
        assert found.held().rows(keys[[4, 5, 6, 7]]).tolist() == [4, -1, 6, -1]
        found.add(keys[[5]], held[[5]])
        assert found.held().rows(keys[[5]]).tolist() == [300]

    @pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40_000, b"HBVECT00".ljust(2000, b"\0")])
    def test_a_foreign_file_knows_nothing_and_is_begun_anew(self, store, content, caplog):
        keys, held = made_up(3)
        store.path.parent.mkdir(parents=True)
        store.path.write_bytes(content)
        assert store.held().rows(keys).tolist() == [-1, -1, -1]
        assert store.held().count == 0
        assert len(caplog.records) == 1
        store.add(keys, held)
        assert store.held().rows(keys).tolist() == [0, 1, 2]

    def test_a_deleted_folder_is_made_again(self, filled):
        keys, held = made_up(3, seed=4)
        filled.path.unlink()
        assert filled.held().count == 0
        filled.add(keys, held)
        assert filled.held().rows(keys).tolist() == [0, 1, 2]

    def test_what_no_listing_uses_goes_once_it_is_most(self, store, monkeypatch):
        keys, held = made_up(2_500)
        store.add(keys, held)
        asked = KeyedRows(keys[::5])
        monkeypatch.setattr(vectors, "store", lambda: store)
        before = asked.similarities(held[0])
        assert store.keep(keys) == 0
        assert store.keep(keys[:2_000]) == 0
        assert store.keep(keys[::5]) == 2_000
        assert store.held().count == 500
        assert np.allclose(asked.similarities(held[0]), before)
        assert {path.name for path in store.path.parent.iterdir()} == {"rows", "lock"}


class TestListings:
    """From the directory to the vectors."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def likeness(self, sentence):
        facts = engine().snapshot().facts
        found = facts.similarities(meaning.model().embed_one(sentence))
        return dict(zip(facts.ids.tolist(), found.tolist(), strict=True))

    def test_a_changed_listing_has_its_vector_at_once(self):
        build()
        asset = make_asset(name="Together again", summary="For people whose husband or wife has died.")
        assert self.likeness("lonely since my husband died")[asset.pk] > 0.3
        assert not MissingVector.objects.exists()

    def test_only_a_text_that_changed_is_read_again(self, monkeypatch):
        build()
        asset = make_asset(name="Choir")
        read = watched(monkeypatch)
        asset.access = ["step-free"]
        asset.save()
        assert read == []
        asset.name = "Band"
        asset.save()
        assert len(read) == 1
        asset.name = "Choir"
        asset.save()
        build()
        assert len(read) == 1

    def test_many_changes_are_owed_and_arrive_without_a_rebuild(self, monkeypatch):
        build()
        with transaction.atomic():
            made = [make_asset(name=f"Choir {number}").pk for number in range(8)]
        assert MissingVector.objects.count() == 8
        snapshot = engine().snapshot()
        assert set(self.likeness("I love to sing with others").values()) == {-1}
        deliver_everything_due()
        found = self.likeness("I love to sing with others")
        assert engine().snapshot() is snapshot
        assert {pk for pk, like in found.items() if like > 0.2} == set(made)
        assert not MissingVector.objects.exists()

    def test_work_takes_its_turn_in_batches(self):
        with transaction.atomic():
            made = [make_asset(name=f"Choir {number}").pk for number in range(70)]
        build()
        assert MissingVector.objects.count() == 70
        deliver_everything_due()
        assert MissingVector.objects.count() == 6
        deliver_everything_due()
        assert min(self.likeness("singing").values()) > -1
        assert len(made) == 70

    def test_the_command_leaves_nothing_missing(self, capsys):
        with transaction.atomic():
            for number in range(12):
                make_asset(name=f"Choir {number}")
        StaleAsset.objects.all().delete()
        call_command("build_index")
        assert min(self.likeness("singing").values()) > 0
        assert not MissingVector.objects.exists()
        assert "12 listings" in capsys.readouterr().out

    def test_vectors_that_no_listing_uses_are_forgotten(self):
        keys, held = made_up(1_500)
        vectors.store().add(keys, held)
        build(most_vectors=10)
        assert vectors.store().held().rows(keys).max() == -1

    def test_unless_it_is_told_to_or_there_are_too_many(self, monkeypatch, capsys):
        with transaction.atomic():
            made = {make_asset(name=f"Choir {number}").pk for number in range(12)}
        MissingVector.objects.all().delete()
        call_command("build_index", no_sentences=True)
        assert set(MissingVector.objects.values_list("asset_id", flat=True)) == made
        assert "12" in capsys.readouterr().out
        monkeypatch.setattr("search.management.commands.build_index.MOST_IN_A_BUILD", 11)
        call_command("build_index", verbosity=0)
        assert MissingVector.objects.count() == 12

    def test_without_a_model_nothing_is_owed_and_all_is_found_by_words(self, settings):
        settings.SENTENCES = False
        build()
        asset = make_asset(name="Choir")
        call_command("build_index", verbosity=0)
        MissingVector.objects.create(asset_id=asset.pk)
        deliver_everything_due()
        assert not MissingVector.objects.exists()
        assert vectors.store().held().count == 0
        assert engine().snapshot().facts.rows == 1

    def test_a_disk_that_is_full_stops_no_change(self, monkeypatch):
        def full(*_given):
            raise OSError(28, "No space left on device")

        build()
        monkeypatch.setattr(Store, "add", full)
        asset = make_asset(name="Choir")
        assert engine().snapshot().facts.ids.tolist() == [asset.pk]
        assert MissingVector.objects.get().asset_id == asset.pk
        deliver_everything_due()
        assert "No space" in MissingVector.objects.get().last_error

    def test_an_engine_whose_documents_hold_vectors_is_told(self, monkeypatch):
        build()
        with transaction.atomic():
            made = {make_asset(name=f"Choir {number}").pk for number in range(7)}
        monkeypatch.setattr(type(engine()), "keeps_vectors", True)
        monkeypatch.setattr(writing, "deliver_if_free", lambda: None)
        deliver_due(MissingVector)
        assert set(StaleAsset.objects.values_list("asset_id", flat=True)) == made

    def test_two_listings_of_one_text_share_a_vector(self):
        for _ in range(2):
            make_asset(name="Choir", summary="We sing.")
        documents = list(asset_documents())
        keys = {vectors.key(vectors.listing_text(document)) for document in documents}
        embedding.make(documents)
        assert vectors.store().held().count == len(keys)
        assert all(vectors.vector_of(key) is not None for key in keys)


def watched(monkeypatch):
    """The texts that the model reads from now on."""
    read = []
    embed = meaning.Model.embed

    def watching(self, texts, *given):
        kept = list(texts)
        read.extend(kept)
        return embed(self, kept, *given)

    monkeypatch.setattr(meaning.Model, "embed", watching)
    return read
