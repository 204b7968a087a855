"""Cells that say one of ours in other words."""

import pytest

from directory.choices import Access, Door, Kind, Reach, TakingNew, WhoFor
from importers.also_called import ALSO_CALLED
from importers.errors import Unreadable
from importers.values import one_of, some_of


@pytest.mark.parametrize(
    ("choices", "said", "meant"),
    [
        (Door, "Get in touch first", Door.RING_FIRST),
        (Door, "Drop-in", Door.TURN_UP),
        (Door, "By appointment", Door.BOOK),
        (Door, "Just turn up", Door.TURN_UP),
        (Kind, "Micro-enterprises", Kind.MICRO_ENTERPRISE),
        (Reach, "At your home", Reach.COMES_TO_YOU),
        (TakingNew, "No", TakingNew.FULL),
    ],
)
def test_what_means_the_same_is_read_as_ours(choices, said, meant):
    assert one_of(choices)(said) == meant


def test_several_in_one_cell_may_be_said_in_other_words():
    assert some_of(WhoFor)("LGBT+ people; Bereaved people; Older people") == ("older", "bereaved", "lgbtq")
    assert some_of(Access)("Wheelchair access; Quiet room") == ("step-free", "quiet-space")


@pytest.mark.parametrize("said", ["Anyone", "People who like tea", "Yes please"])
def test_anything_else_is_for_somebody_to_mend(said):
    with pytest.raises(Unreadable):
        some_of(WhoFor)(said)


def test_no_other_word_is_one_of_ours_already():
    for choices, words in ALSO_CALLED.items():
        assert set(words.values()) <= set(choices.values)
