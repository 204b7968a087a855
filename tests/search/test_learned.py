"""What was learned of everyday sentences: of today's sentences, of today's model, and never the end of a search."""

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from search import learned as learned_module
from search import meaning, needs
from search.columns import read_columns
from search.learned import SHIPPED, described, forget_learned, learned, path_of
from search.learning import ensure_learned, keep, turn
from search.needs import Need, fingerprint
from search.query import AssetQuery
from search.reading import read


@pytest.fixture(autouse=True)
def read_anew():
    forget_learned()
    yield
    forget_learned()


@pytest.fixture
def few(monkeypatch, tmp_path):
    """A handful of needs, and nothing learned of them."""
    folder = tmp_path / "needs"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "# choir; singing\nI miss my voice among others\nI hum all day\n\n# foot care\nMy toes hurt\n"
    )
    (folder / "two.txt").write_text("# choir; singing\nI sang as a girl\n")
    monkeypatch.setattr(needs, "FOLDER", folder)
    monkeypatch.setattr(learned_module, "SHIPPED", tmp_path / "nothing")
    forget_needs()
    yield folder
    monkeypatch.undo()
    forget_needs()


def forget_needs():
    needs.needs.cache_clear()
    needs.fingerprint.cache_clear()


def test_what_is_shipped_was_learned_of_todays_sentences_with_todays_model():
    _arrays, about = read_columns(SHIPPED)
    assert about == described(meaning.SHA256[:16]), "Run `hereabouts learn_needs` after changing search/data/needs."


def test_what_is_shipped_holds_the_vectors_that_the_model_gives():
    held, told = learned(), [one for need in needs.needs() for one in need.said]
    assert len(held.said) == len(told)
    for place in range(0, len(told), len(told) // 7):
        vector = held.said[place].astype(np.float32) * held.scales[place]
        assert vector @ meaning.model().embed_one(told[place]) > 0.99
    for place in range(0, len(held.about), len(held.about) // 5):
        assert held.headings[place] @ meaning.model().embed_one(held.about[place].heading) > 0.99


def test_sentences_that_nobody_wrote_down_are_heard():
    def heard(text):
        return " ".join(need.typed for need in learned().needs(meaning.model().embed_one(text)))

    assert "debt" in heard("there is another letter from the bailiffs on the mat")
    assert "dementia" in heard("mother puts the kettle in the fridge and calls me by my aunt's name")
    assert "bereave" in heard("since we buried my wife I talk to nobody but the cat")


def test_likelier_needs_weigh_more_and_together_no_more_than_one():
    found = learned().needs(meaning.model().embed_one("I want to sing with other people"))
    weights = [group.alternatives[0].weight for group in found]
    assert 1 <= len(found) <= learned_module.MOST_NEEDS
    assert weights == sorted(weights, reverse=True)
    assert 0 < sum(weights) <= 1.0001
    assert all(group.soft for group in found)


def test_turning_keeps_the_length_and_only_bends_what_was_said():
    vector = meaning.model().embed_one("I cannot reach my feet to cut the nails")
    turned = learned().turned(vector)
    assert np.linalg.norm(turned) == pytest.approx(1, abs=1e-5)
    assert 0.5 < turned @ vector < 0.999


def test_a_turn_is_learned_that_finds_what_sentences_of_its_kind_need():
    chance = np.random.default_rng(1)
    headings = unit_rows(chance.standard_normal((12, 384)))
    # What is said lies far from what is needed, always in the same way.
    away, _rest = np.linalg.qr(chance.standard_normal((384, 384)))
    need = np.repeat(np.arange(12), 40)
    said = unit_rows(headings[need] @ (0.2 * np.eye(384) + away) + 0.03 * chance.standard_normal((480, 384)))
    shown, kept = np.arange(480) % 4 > 0, np.arange(480) % 4 == 0
    learnt = turn(said[shown].astype(np.float32), headings.astype(np.float32), need[shown])

    def right(vectors):
        return float(np.mean((vectors @ headings.T).argmax(axis=1) == need[kept]))

    assert right(said[kept] @ learnt) > max(0.95, right(said[kept]))


def unit_rows(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_sentences_under_the_same_words_are_one_need(few):
    assert needs.needs() == (
        Need((("choir",), ("singing",)), ("I miss my voice among others", "I hum all day", "I sang as a girl")),
        Need((("foot", "care"),), ("My toes hurt",)),
    )


def test_a_changed_sentence_is_learned_anew_and_kept_with_the_data(few, own_index):
    assert learned() is None
    assert ensure_learned(meaning.model())
    assert path_of(meaning.model_id(), own_index).exists()
    assert [need.heading for need in learned().about] == ["choir; singing", "foot care"]
    assert not ensure_learned(meaning.model())
    (few / "two.txt").write_text("# choir; singing\nI sang as a boy\n")
    forget_needs()
    forget_learned()
    assert learned() is None


@pytest.mark.django_db
@pytest.mark.parametrize("damage", ["gone", "short", "foreign"])
def test_without_it_a_sentence_is_compared_as_it_was_said(few, own_index, damage, caplog):
    keep(meaning.model(), path_of(meaning.model_id(), own_index))
    path = path_of(meaning.model_id(), own_index)
    {
        "gone": path.unlink,
        "short": lambda: path.write_bytes(path.read_bytes()[:-9]),
        "foreign": lambda: path.write_bytes(b"x" * 99),
    }[damage]()
    forget_learned()

    class Words:
        def has(self, word):
            return word == "toes"

        known = staticmethod(lambda: {"toes": 1})
        holding_about = staticmethod(lambda _word: 1)
        named = staticmethod(lambda _whole: False)
        listings = staticmethod(lambda: 1)

    question = read(AssetQuery(text="My toes really hurt today"), Words())
    assert question.terms.needs == ()
    assert question.vector @ meaning.model().embed_one("My toes really hurt today") == pytest.approx(1)
    assert ("cannot be read" in caplog.text) == (damage != "gone")


def test_learning_without_a_model_says_why(settings):
    settings.SENTENCES = False
    with pytest.raises(CommandError, match="switched off"):
        call_command("learn_needs")


def test_every_need_has_words_and_several_sentences():
    for need in needs.needs():
        assert need.phrases, need
        assert len(need.said) >= 2, need.heading
        assert all(len(phrase) <= 6 for phrase in need.phrases), need.heading
    told = [one for need in needs.needs() for one in need.said]
    assert len(told) == len(set(told))
    assert fingerprint()
