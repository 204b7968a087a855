"""What the thesaurus answers, and that the groups we bring can be read."""

import time
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection

from search.common_words import SOMEONE
from search.models import LaidSynonyms, Synonyms
from search.models.thesaurus import lines_of, problem_of
from search.stems import stem
from search.thesaurus import MOST_ALTERNATIVES, WEIGHT, WIDER, Meanings, Thesaurus, forget_thesaurus, thesaurus
from search.thesaurus_seed import SeedProblem, lay_seed, read_seed, seed_groups, seed_is_laid
from search.understand import words_of


def both(*terms):
    return Meanings(terms, terms)


def one_way(typed, means):
    return Meanings(tuple(typed), tuple(means))


def found(known, text):
    """What is looked for as well when all of a text is a term."""
    words = tuple(words_of(text))
    return [" ".join(phrase.words) for phrase in known.alternatives(words)[1:]]


def longest(known, text, at=0):
    return known.longest(words_of(text), at)


CARERS = Thesaurus(
    [
        both("carer", "unpaid carer", "caring role"),
        one_way(["looking after someone", "wits end"], ["carer", "respite"]),
        both("respite", "sitting service", "short break"),
        one_way(["someone to talk to"], ["befriending"]),
    ]
)


def test_each_word_of_a_group_finds_the_others_and_itself_first():
    first, *others = CARERS.alternatives(("respite",))
    assert (first.words, first.weight) == (("respite",), 1.0)
    assert [(one.words, one.weight) for one in others] == [
        (("sitting", "service"), WEIGHT),
        (("short", "break"), WEIGHT),
    ]


def test_one_way_finds_its_target_and_the_target_does_not_find_it():
    assert found(CARERS, "wits end") == ["carer", "respite"]
    assert "wits end" not in found(CARERS, "carer")


def test_nothing_is_carried_on_to_the_words_of_other_groups():
    assert "sitting service" not in found(CARERS, "wits end")


def test_a_term_of_two_groups_finds_the_words_of_both_in_turn():
    known = Thesaurus([both("company", "befriending", "visits"), both("company", "firm", "business")])
    assert found(known, "company") == ["befriending", "firm", "visits", "business"]


@pytest.mark.parametrize("typed", ["carers", "Carer's", "carer’s"])
def test_terms_meet_by_their_stems(typed):
    assert "caring role" in found(CARERS, typed)


def test_what_holds_the_typed_words_is_found_by_them_and_not_listed():
    assert "unpaid carer" not in found(CARERS, "carer")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("looking after mum", 3),
        ("looking after my mum", 4),
        ("looked after my elderly mother for years", 5),
        ("looking after someone", 3),
        ("looking after the garden", 0),
        ("someone to talk to", 3),
        ("anybody to talk to", 3),
        ("my dad to talk to", 0),
        ("looking", 0),
        ("", 0),
    ],
)
def test_small_words_may_stand_between_and_someone_is_anybody(text, words):
    assert longest(CARERS, text) == words


def test_the_longest_term_is_taken_from_where_it_stands():
    known = Thesaurus([both("tea", "coffee"), both("tea dance", "ballroom"), both("tea dance for carers", "social")])
    assert longest(known, "a tea dance for carers", 1) == 4
    assert longest(known, "a tea dance", 1) == 2
    assert longest(known, "a tea urn", 1) == 1
    assert longest(known, "a tea urn", 2) == 0
    assert longest(known, "a tea urn", 9) == 0


def test_cannot_is_read_as_cant():
    known = Thesaurus([one_way(["can't get out"], ["home visit"])])
    assert longest(known, "cannot get out") == 3
    assert found(known, "couldn't get out") == ["home visit"]


def test_terms_with_someone_are_typed_and_never_looked_for():
    assert found(Thesaurus([both("befriending", "someone to visit")]), "befriending") == []


def test_a_word_of_no_term_has_only_itself():
    assert found(CARERS, "zebra") == []
    assert CARERS.alternatives(("zebra",))[0].words == ("zebra",)
    assert not CARERS.knows("zebra")
    assert CARERS.knows("sittings")
    assert "sitting" in CARERS.words


def test_there_are_never_more_than_twelve():
    known = Thesaurus([both("dance", *(f"dance{number}" for number in range(50)))])
    assert len(known.alternatives(("dance",))) == MOST_ALTERNATIVES


def test_what_is_wider_comes_last_and_counts_least_and_is_not_crowded_out():
    wider = Meanings(("rough sleeper",), ("housing",), WIDER)
    known = Thesaurus([wider, both("rough sleeper", *(f"hostel{number}" for number in range(50)))])
    *nearer, last = known.alternatives(("rough", "sleeper"))
    assert (last.words, last.weight) == (("housing",), WIDER)
    assert len(nearer) == MOST_ALTERNATIVES
    assert found(known, "housing") == []


@pytest.mark.django_db
def test_staff_can_say_that_words_are_wider():
    group("night shelter", way="wide", means="housing")
    assert [(one.words, one.weight) for one in thesaurus().alternatives(("night", "shelter"))[1:]] == [
        (("housing",), WIDER)
    ]
    with pytest.raises(ValidationError, match="should also look for"):
        group("hostel", way="wide")


def test_a_term_of_small_words_alone_is_passed_over():
    assert longest(Thesaurus([both("the", "someone", "to the", "tea")]), "the someone") == 0


@pytest.mark.parametrize(
    "words",
    [
        ["the"] * 5_000,
        ["looking", *["my"] * 5_000, "mum"],
        ["looking", *["after", "mum"] * 2_500],
        ["\x00", "\u202e", "🦊", "a" * 10_000],
    ],
)
def test_hostile_words_are_answered_at_once(words):
    began = time.process_time()
    for at in range(0, len(words), 50):
        CARERS.longest(words, at)
    CARERS.alternatives(tuple(words))
    assert time.process_time() - began < 1


def group(terms="carer\ncaring role", **others):
    made = Synonyms(terms=terms, **others)
    made.full_clean()
    made.save()
    return made


@pytest.mark.django_db
def test_the_process_has_its_own_and_hears_of_a_change_at_once():
    assert found(thesaurus(), "carer") == []
    made = group()
    assert found(thesaurus(), "carer") == ["caring role"]
    made.active = False
    made.save()
    assert found(thesaurus(), "carer") == []


@pytest.mark.django_db
def test_a_deleted_group_is_forgotten():
    made = group()
    assert thesaurus().knows("carer")
    made.delete()
    assert not thesaurus().knows("carer")


@pytest.mark.django_db
def test_it_is_asked_for_again_without_a_query(django_assert_num_queries):
    group()
    with django_assert_num_queries(2):
        thesaurus()
    with django_assert_num_queries(0):
        thesaurus()


@pytest.mark.django_db
def test_a_change_made_by_another_process_is_seen_within_half_a_minute(monkeypatch):
    made = group()
    thesaurus()
    Synonyms.objects.filter(pk=made.pk).update(terms="carer\nlooking after", updated_at="2030-01-01T00:00Z")
    assert found(thesaurus(), "carer") == ["caring role"]
    now = time.monotonic()
    monkeypatch.setattr("search.thesaurus.time.monotonic", lambda: now + 31)
    assert found(thesaurus(), "carer") == ["looking after"]


@pytest.mark.django_db
def test_a_failing_database_leaves_the_words_as_they_are():
    def fail(*_everything):
        raise DatabaseError("gone")

    group()
    forget_thesaurus()
    with connection.execute_wrapper(fail):
        assert not thesaurus().knows("carer")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"terms": "   \n "}, "This field cannot be blank|Write at least one word"),
        ({"terms": "carer\n!!!"}, "“!!!” has no letters or numbers in it"),
        ({"terms": "carer\n🦊"}, "“🦊” has no letters or numbers in it"),
        ({"terms": "carer\nthe"}, "“the” is in too many sentences"),
        ({"terms": "carer\n" + "x" * 61}, "Keep each line to 60 letters"),
        ({"terms": "\n".join(f"word{number}" for number in range(61))}, "That is 61 lines. Keep to 60"),
        ({"terms": "carer"}, "One word alone has nothing to mean the same as"),
        ({"terms": "carer", "way": "one"}, "Say what these words should also look for"),
        ({"terms": "carer", "way": "one", "means": "???"}, "has no letters or numbers"),
        ({"terms": "carer\ncaring", "means": "respite"}, "only for “one way”"),
        ({"terms": "carer\ncaring", "way": "sideways"}, "not a valid choice"),
        ({"terms": "carer\n" * 100_000 + "!!!"}, "has no letters"),
    ],
)
def test_what_cannot_be_a_group_is_said_in_words(given, words):
    with pytest.raises(ValidationError, match=words):
        group(**given)


@pytest.mark.django_db
def test_what_stands_twice_is_kept_once():
    assert group("Carer\n carer \n\nlooking   after mum").terms == "Carer\nlooking after mum"


def test_the_groups_we_bring_are_many_and_each_can_be_kept():
    groups = list(seed_groups())
    assert len(groups) >= 330
    assert [key for key, times in Counter(one.seed_key for one in groups).items() if times > 1] == []
    for one in groups:
        one.full_clean(validate_unique=False, validate_constraints=False)
        for box in (one.terms, one.means):
            assert problem_of(lines_of(box)) == "", one.seed_key


def test_no_term_stands_twice_within_a_group():
    twice = []
    for one in seed_groups():
        for box in (one.terms, one.means):
            stems = Counter(tuple(map(stem, words_of(term))) for term in lines_of(box))
            twice += [(one.seed_key, words) for words, times in stems.items() if times > 1]
    assert twice == []


def test_what_we_look_for_can_be_looked_for():
    """A term with “someone” is only ever typed, so that it cannot be all that a group looks for."""
    for one in seed_groups():
        looked_for = lines_of(one.means or one.terms)
        assert [term for term in looked_for if not SOMEONE & set(words_of(term))], one.seed_key
        if one.means:
            assert not [term for term in looked_for if SOMEONE & set(words_of(term))], one.seed_key


def test_no_word_that_everybody_uses_is_a_term_of_ours():
    """“Help” alone would drag in half of a directory."""
    too_broad = {
        "help", "support", "group", "care", "club", "service", "people", "local", "activity", "class", "session",
        "home", "day", "free", "person", "community", "older", "old", "need", "want", "get", "good", "new",
    }  # fmt: skip
    typed = {
        stem(words[0]) for one in seed_groups() for term in lines_of(one.terms) if len(words := words_of(term)) == 1
    }
    assert typed & {stem(word) for word in too_broad} == set()


@pytest.mark.parametrize(
    "line",
    ["carer, caring", "carer:", ": carer, caring", "carer: > respite", "carer: carer >", "carer: ,", "a: b > c > d"],
)
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(SeedProblem, match=r"some\.txt, line 1"):
        list(read_seed([line], "some.txt"))


def test_a_seed_is_read_with_its_note_and_the_lines_that_go_on():
    lines = [
        "## Caring",
        "# They seldom say carer.",
        "after: looking after someone,",
        "  caring",
        "  > carer, respite",
        "b: c, d",
    ]
    first, second = read_seed(lines, "some.txt")
    [wider] = read_seed(["shelter: night shelter >> housing, homeless"], "some.txt")
    assert (wider.way, wider.terms, wider.means) == ("wide", "night shelter", "housing\nhomeless")
    assert (first.seed_key, first.terms, first.means) == ("after", "looking after someone\ncaring", "carer\nrespite")
    assert (first.way, first.note) == ("one", "They seldom say carer.")
    assert (second.terms, second.way, second.note) == ("c\nd", "both", "")


@pytest.fixture
def small_seed():
    def lay(*lines):
        return lay_seed(read_seed(lines, "some.txt"))

    return lay


@pytest.mark.django_db
def test_seeding_again_adds_only_what_was_never_laid(small_seed):
    assert small_seed("a: carer, caring role") == 1
    assert small_seed("a: carer, caring role", "b: tea, coffee") == 1
    assert small_seed("a: carer, caring role", "b: tea, coffee") == 0
    assert Synonyms.objects.count() == 2


@pytest.mark.django_db
def test_what_staff_changed_or_deleted_stays_so(small_seed):
    small_seed("a: carer, caring role", "b: tea, coffee")
    Synonyms.objects.filter(seed_key="a").update(terms="carer\nkinship")
    Synonyms.objects.get(seed_key="b").delete()
    assert small_seed("a: carer, caring role", "b: tea, coffee") == 0
    assert Synonyms.objects.get().terms == "carer\nkinship"


@pytest.mark.django_db
def test_the_command_lays_all_of_them_and_says_how_many(capsys):
    call_command("load_thesaurus")
    count = len(list(seed_groups()))
    assert capsys.readouterr().out == f"{count:,} groups of words added; {count:,} are in the thesaurus now.\n"
    assert seed_is_laid()
    assert LaidSynonyms.objects.count() == count
    call_command("load_thesaurus")
    assert capsys.readouterr().out.startswith("0 groups of words added")


@pytest.fixture(scope="module")
def ours():
    return Thesaurus(
        Meanings(terms := tuple(lines_of(one.terms)), tuple(lines_of(one.means)) or terms) for one in seed_groups()
    )


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("looking after mum", "carer"), ("caring for my husband", "carer"),
        ("someone to sit with dad", "sitting service"), ("husband died", "bereavement"),
        ("keep falling", "falls"), ("cannot get out", "home visit"), ("getting forgetful", "dementia"),
        ("no family nearby", "befriending"), ("fed up", "social"), ("lift to hospital", "transport"),
        ("hard of hearing", "deaf"), ("lipreading", "lip reading"), ("wheelchair", "step free"),
        ("PA", "personal assistant"),
        ("skint", "debt"), ("foodbank", "food bank"), ("cut my toenails", "foot care"), ("U3A", "retired"),
        ("pensioners", "older people"), ("wife has died", "bereavement"), ("passed away", "bereavement"),
        ("Men in Sheds", "mens shed"), ("knitting", "crochet"), ("program", "programme"), ("A&E", "hospital"),
    ],
)  # fmt: skip
def test_everyday_words_find_what_listings_say(ours, typed, listed):
    words = words_of(typed)
    size = ours.longest(words, 0)
    assert size == len(words)
    assert listed in found(ours, typed) or listed == typed
