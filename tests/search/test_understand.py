import pytest

from search.knowledge import Knowledge
from search.stems import stem
from search.understand import fold, understand


class Words:
    """A vocabulary of words and how many listings each stands in; `gone` are known but find nothing."""

    def __init__(self, gone=(), names=(), **counts):
        self.counts = counts
        self.gone = gone
        self.names = names

    def has(self, word):
        return word in self.counts and word not in self.gone

    def known(self):
        return self.counts

    def named(self, whole):
        return whole in self.names

    def holding_about(self, word):
        return self.known().get(word, 0)

    def listings(self):
        return 10


def knowing(**words):
    return Knowledge(words=Words(**words))


KNOWN = knowing(
    lunch=9, lunches=2, launch=1, dementia=4, club=7, befriending=3, befriend=1, garden=2, tilbury=5, grays=5
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lunch Club", ("lunch", "club")),
        ("a lunch for my mum", ("lunch", "mum")),
        ("the who", ("the", "who")),
        ("lunch lunch LUNCH", ("lunch",)),
        ("drop-in", ("drop", "in")),
        ("", ()),
        ("?!…", ()),
    ],
)
def test_what_is_looked_for(text, words):
    assert understand(text).words == tuple(word for word in words if text != "drop-in" or word != "in")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe"),
        ("carer’s", "carers"),
        ("ｌｕｎｃｈ", "lunch"),
        ("a\tb", "a b"),
        ("STRASSE", "straße"),
        ("a\0b", "a b"),
    ],
)
def test_two_ways_of_writing_fold_to_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("lunhc club", "lunch"), ("dementai club", "dementia"), ("tilbary club", "tilbury"), ("cluub", "club")],
)
def test_a_word_the_directory_lacks_is_read_as_the_nearest_one_it_has_and_says_so(typed, read):
    terms = understand(typed, KNOWN)
    assert read in terms.words
    assert terms.corrected == ((typed.split()[0], read),)


@pytest.mark.parametrize("typed", ["xyz club", "rm18 club", "cub"])
def test_what_is_too_short_or_too_far_or_a_number_is_left_alone(typed):
    assert understand(typed, KNOWN).corrected == ()


@pytest.mark.parametrize(("typed", "read"), [("hospis at home", "hospice"), ("cowncilling now", "counselling")])
def test_what_is_written_as_it_sounds_is_read_by_ear(typed, read):
    known = knowing(hospice=2, hospital=9, counselling=3, council=8)
    assert understand(typed, known).corrected == ((typed.split()[0], read),)


def test_what_has_the_stem_of_one_word_and_sounds_like_another_looks_for_both():
    class ByStem(Words):
        def has(self, word):
            return stem(word) in map(stem, self.counts)

    known = Knowledge(words=ByStem(counselling=3, council=8, walk=4, talks=4))
    assert [one.words for one in understand("counciling", known).groups[0].alternatives] == [
        ("counciling",),
        ("counselling",),
    ]
    # Sound English is not taken for anything else, nor is another form of a word that the directory has.
    assert [one.words for one in understand("walks", known).groups[0].alternatives] == [("walks",)]


@pytest.mark.parametrize(
    "sentence",
    ["we've all been so tired since", "I daren't open the door now", "darent open the door now", "my hubby mumbles so"],
)
def test_what_people_say_is_not_taken_for_a_misspelt_word(sentence):
    assert understand(sentence, knowing(wave=5, parent=9, hobby=4, marbles=2, door=1)).corrected == ()


def test_a_known_word_is_never_changed():
    assert understand("launch", KNOWN).words == ("launch",)


def test_nothing_is_corrected_into_a_word_that_finds_nothing():
    assert understand("lunhc", knowing(gone=("lunch",), lunch=9)).words == ("lunhc",)


def test_the_last_word_may_be_half_typed():
    terms = understand("garden befri", KNOWN)
    assert [[one.words for one in group.alternatives] for group in terms.groups] == [
        [("garden",)],
        [("befriending",), ("befriend",)],
    ]
    assert terms.corrected == ()


def test_a_word_before_the_last_is_not_completed():
    assert understand("befri garden", KNOWN).groups[0].alternatives[0].words == ("befri",)


def test_the_name_of_the_council_served_is_welcome_and_not_asked_for():
    terms = understand("lunch in grays", Knowledge(words=KNOWN.words, soft=frozenset({"grays"})))
    assert [(group.typed, group.soft) for group in terms.groups] == [("lunch", False), ("grays", True)]
