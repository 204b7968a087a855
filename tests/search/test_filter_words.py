"""Words that mean a filter, and those that only look so."""

import time
from itertools import pairwise

import pytest

from search.clauses import clauses
from search.facets import labels
from search.filter_numbers import OLDEST
from search.filter_words import read_filters
from search.knowledge import Knowledge
from search.understand import understand, words_of

KNOWN = Knowledge(filters=read_filters)


def read(text):
    """ "day:3 time:evening", as they stand in the text."""
    return " ".join(one.key for one in understand(text, KNOWN).filters)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("tea dance near Grays on Thursdays", "day:3"),
        ("lunch thursday", "day:3"),
        ("lunch thurs", "day:3"),
        ("choir on wed evenings", "day:2 time:evening"),
        ("knitting every sat", "day:5"),
        ("sunday lunch", "day:6"),
        ("monday or tuesday mornings", "day:0 day:1 time:morning"),
        ("cafe at the weekend", "day:weekend"),
        ("weekday yoga", "day:weekdays"),
        ("open on sunday", "day:6"),
        ("friday night out", "day:4 time:evening"),
        ("bingo sat nights", "day:5 time:evening"),
        ("something this weekend", "date:weekend"),
        ("lunch today", "date:today"),
        ("whats on tomorrow", "reach:at-venue date:tomorrow"),
        ("things to do in Grays", "reach:at-venue"),
        ("bingo tonight", "date:today time:evening"),
        ("open today", "date:today"),
        ("warm space open now", "open:now"),
        ("yoga after work", "time:evening"),
        ("walking group in the mornings", "time:morning"),
        ("free exercise", "cost:free"),
        ("lunch free of charge", "cost:free"),
        ("choir no cost", "cost:free"),
        ("lunch under £5", "cost:up-to-5"),
        ("lunch for less than 5 pounds", "cost:up-to-5"),
        ("swimming up to £3", "cost:up-to-5"),
        ("hair cut £10 or less", "cost:up-to-10"),
        ("lunch under a fiver", "cost:up-to-5"),
        ("lunch for people aged 80", "age:65-over"),
        ("age 80", "age:65-over"),
        ("exercise for 80 year old", "age:65-over"),
        ("dancing for my 7 year old", "age:5-11"),
        ("games for 13 year olds", "age:12-17"),
        ("I am 72 and like singing", "age:65-over"),
        ("mum is in her eighties", "age:65-over"),
        ("over 60s tea", "age:50-64 age:65-over"),
        ("over 65s exercise", "age:65-over"),
        ("under 5s play", "age:under-5"),
        ("counselling for a teenager", "age:12-17"),
        ("wheelchair accessible lunch", "access:step-free"),
        ("step free choir", "access:step-free"),
        ("step-free choir with a hearing loop", "access:step-free access:hearing-loop"),
        ("cafe with quiet space", "access:quiet-space"),
        ("lunch with parking", "access:parking"),
        ("hall with disabled parking", "access:blue-badge"),
        ("cafe with accessible toilet", "access:toilet"),
        ("swimming changing places", "access:changing-places"),
        ("hairdresser who comes to me", "reach:comes-to-you"),
        ("hairdresser home visits", "reach:comes-to-you"),
        ("toe nails cut in my own home", "reach:comes-to-you"),
        ("yoga online", "reach:online"),
        ("choir on zoom", "reach:online"),
        ("counselling by phone", "reach:by-phone"),
        ("talking shop", "kind:talking-shop"),
        ("micro-enterprise gardening", "kind:micro-enterprise"),
        ("very small businesses near me", "kind:micro-enterprise"),
        ("carers' network", "kind:carers-network"),
        ("polish speaking carer", "language:polish"),
        ("somebody who speaks Punjabi", "language:punjabi"),
        ("advice in Punjabi", "language:punjabi"),
        ("BSL", "language:british-sign-language"),
        ("deaf club british sign language", "language:british-sign-language"),
        ("women only swimming", "who_for:women"),
        ("lunch club taking new people", "taking_new:yes"),
        ("day centre not full", "taking_new:yes"),
        ("counselling no waiting list", "taking_new:yes"),
        ("groups checked recently", "checked:six-months"),
    ],
)
def test_what_is_surely_a_filter_is_read(text, filters):
    assert read(text) == filters


@pytest.mark.parametrize(
    "text",
    [
        "sugar free", "gluten free cakes", "free range eggs", "feel free", "free time", "free bus pass", "debt free",
        "may", "march for men", "sun room", "sun cream", "mon ami", "wed abroad", "sat nav", "friday's child",
        "good friday service", "sunday school", "second hand", "the phone helpline", "help with my phone", "phone",
        "online safety course", "get online", "help getting mum online", "shopping online", "online banking",
        "coffee morning", "morning sickness", "afternoon tea", "wheelchair", "wheelchair repair", "in a wheelchair",
        "wheelchair accessible taxi", "parking permit", "blue badge", "nail polish", "french polishing", "welsh choir",
        "learn British Sign Language", "polish lessons", "changing places exhibition",
        "lift to hospital", "large print books",
        "I live 2 miles away", "number 80 bus", "80", "under 5", "over 18", "form 7", "aged 5 to 11", "65 high street",
        "I feel so sad today", "he died on monday" + " and I need someone to sit with mum", "sitter for mum tomorrow",
        "cleaner thursdays",
        "the evenings drag and I see nobody", "ninety days without one and the evenings are the worst",
        "a weekend away", "nobody has rung me since the weekend or said a word",
        "nobody at the lunch club ever seems to speak polish",
        "I go to pieces over the phone with these big companies",
        "I cannot talk over the phone", "not online", "support for me, my 7 year old has autism",
        "cheap lunch", "at home", "things to do at home", "lonely at home",
        "mens shed", "for carers", "respite", "community group", "no", "",
        "£5", "£50 or less", "less than", "in", "speak", "open", "over", "under", "age", "a", "on", "every",
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_left_as_words(text):
    assert read(text) == ""


def test_words_that_became_a_filter_are_no_longer_looked_for():
    terms = understand("step free tea dance near me on thursdays", KNOWN)
    assert terms.words == ("tea", "dance")
    assert understand("counselling for a teenager", KNOWN).words == ("counselling", "teenager")


def test_a_filter_that_somebody_let_go_of_is_a_word_again():
    terms = understand("dance on thursdays", KNOWN, ignore=("day:3",))
    assert (terms.filters, terms.words) == ((), ("dance", "thursdays"))


def test_every_age_is_in_one_band_and_every_meaning_is_one_that_can_be_chosen(db):
    import datetime as dt

    from search import filter_words

    for age in range(OLDEST + 1):
        (one,) = understand(f"age {age}", KNOWN).filters
        assert one.code in labels("age")
    for facet, code, _keep in filter_words.PHRASES.values():
        assert code in labels(facet)
        assert clauses({facet: (code,)}, dt.datetime(2026, 11, 24))[0].needs
    for code in filter_words.LANGUAGE_WORDS.values():
        assert code in labels("language")


def test_readings_do_not_overlap_and_stay_within_the_words():
    for text in (
        "open on in speaking age over under a £ no more than free 5 or " * 5,
        "speaks",
        "less than £",
        "her 80s",
    ):
        said = words_of(text)
        spans = sorted({(at, length) for at, length, *_ in read_filters(said)})
        assert all(at + length <= len(said) for at, length in spans)
        assert all(first[0] + first[1] <= then[0] for first, then in pairwise(spans))


def test_reading_is_quick():
    said = words_of("somewhere wheelchair accessible for my 80 year old mum on thursday mornings in grays that is free")
    began = time.process_time()
    for _ in range(200):
        read_filters(said)
    assert (time.process_time() - began) / 200 < 0.02
