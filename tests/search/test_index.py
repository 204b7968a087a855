"""The index on disk: written by several at once, killed at any moment, deleted, broken; and still right after."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from search.documents import AssetDocument
from search.engines import ask
from search.index_folder import IndexBroken, IndexMissing, WriterBusy
from search.query import AssetQuery
from search.tantivy.engine import TantivyEngine
from tests.search.conftest import river

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db
WRITER = """
import sys
sys.path[:0] = [{root!r}, {site!r}]
import django
django.setup()
from pathlib import Path
from search.documents import AssetDocument
from search.tantivy.engine import TantivyEngine
engine = TantivyEngine(Path({path!r}), lambda here, lats, lons: [None] * len(lats))

def document(number, name="Lunch Club"):
    return AssetDocument(number, name, facets={{"kind": ("group",), "reach": ("by-phone",)}})
print("ready", flush=True)
sys.stdin.readline()
"""


def document(number, name="Lunch Club"):
    return AssetDocument(number, name, facets={"kind": ("group",), "reach": ("by-phone",)})


def writer(path, does):
    """Another process with an engine over the same index; it does its work when told."""
    script = WRITER.format(root=str(ROOT), site=str(ROOT / "site"), path=str(path)) + textwrap.dedent(does)
    return subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ}
    )


def start(*processes):
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


@pytest.fixture
def index(tmp_path):
    engine = TantivyEngine(tmp_path / "index", river)
    engine.rebuild([document(1)])
    return engine


def found(engine, text=""):
    return {hit.asset_id for hit in ask(engine, AssetQuery(text=text, page_size=1000)).hits}


def test_put_replaces_and_remove_removes(index):
    index.put([document(1, "Dock Choir"), document(2)])
    assert (found(index), found(index, "lunch"), found(index, "choir")) == ({1, 2}, {2}, {1})
    index.remove([1, 99])
    assert (found(index), found(index, "choir")) == ({2}, set())


def test_a_reader_sees_what_another_engine_wrote(index, tmp_path):
    reader = TantivyEngine(tmp_path / "index", river)
    assert found(reader) == {1}
    index.put([document(2)])
    assert found(reader) == {1, 2}


def test_what_was_opened_before_still_answers_while_it_is_replaced(index):
    before = index.snapshot()
    index.rebuild([document(number) for number in range(5, 30)])
    assert before.phrase(("lunch",)).rows.tolist() == [0]
    assert len(found(index, "lunch")) == 25


def test_words_that_left_the_directory_are_no_longer_known(index):
    index.put([document(2, "Befriending")])
    index.remove([2])
    assert not index.snapshot().has("befriending")
    assert ask(index, AssetQuery(text="befrending")).corrected == ()


def test_two_processes_write_at_once_and_nothing_is_lost(index, tmp_path):
    does = "for number in range({0}, {0} + 8):\n    engine.put([document(number)])\n"
    with writer(tmp_path / "index", does.format(100)) as one, writer(tmp_path / "index", does.format(200)) as other:
        start(one, other)
        for number in range(300, 306):
            index.put([document(number)])
            found(index)
        assert (one.wait(60), other.wait(60)) == (0, 0)
    wanted = {1, *range(100, 108), *range(200, 208), *range(300, 306)}
    assert found(index) == found(index, "lunch") == wanted


@pytest.mark.parametrize(
    "does", ["engine.put([document(7), document(number)])", "engine.rebuild(map(document, range(1, 400)))"]
)
def test_a_writer_killed_at_any_moment_leaves_an_index_that_answers(index, tmp_path, does):
    chance = random.Random(3)
    for _ in range(3):
        with writer(tmp_path / "index", f"number = 10\nwhile True:\n    number += 1\n    {does}\n") as process:
            start(process)
            time.sleep(chance.uniform(0.02, 0.25))
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        assert 1 in found(index) or 7 in found(index)
        index.put([document(5_000, "Afterwards")])
        assert found(index, "afterwards") == {5_000}
    index.rebuild([document(1)])
    assert found(index) == {1}
    assert len([path for path in index.folder.path.iterdir() if path.is_dir()]) == 1


def test_a_second_writer_may_wait_or_be_told(index, tmp_path):
    other = TantivyEngine(tmp_path / "index", river)
    with index.writing(wait=True), pytest.raises(WriterBusy), other.writing(wait=False):
        pytest.fail("Two writers at once.")
    with other.writing(wait=False):
        other.put([document(2)])


def test_nothing_built_is_missing(tmp_path):
    with pytest.raises(IndexMissing):
        ask(TantivyEngine(tmp_path / "index", river), AssetQuery())
    with pytest.raises(IndexMissing):
        TantivyEngine(tmp_path / "index", river).put([document(1)])


@pytest.mark.parametrize("bytes_", [b"", b"rubbish", b"HBFACTS3", b"HBFACTS3" + b"\xff" * 400, b"\0" * 5000])
@pytest.mark.parametrize("which", ["current", "facts-*", "words/meta.json"])
def test_a_file_of_rubbish_is_broken_and_a_rebuild_mends_it(index, tmp_path, which, bytes_):
    path = next(path for path in index.folder.path.rglob(which))
    path.unlink()
    path.write_bytes(bytes_)
    reader = TantivyEngine(tmp_path / "index", river)
    with pytest.raises(IndexBroken):
        ask(reader, AssetQuery())
    reader.rebuild([document(3)])
    assert found(reader, "lunch") == {3}


@pytest.mark.parametrize("which", ["facts-*", "words/meta.json", "words/*.term", "words/*.fast"])
def test_a_file_that_is_gone_is_broken_not_a_crash(index, tmp_path, which):
    for path in list(index.folder.path.rglob(which)):
        path.unlink()
    with pytest.raises(IndexBroken):
        found(TantivyEngine(tmp_path / "index", river), "lunch")
