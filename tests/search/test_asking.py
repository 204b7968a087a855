import pytest
from django.http import QueryDict

from search.asking import Asked
from search.where import holds_full_postcode, split_postcode

pytestmark = pytest.mark.django_db


def test_an_address_is_read_and_written_the_same():
    words = "text=lunch&place=RM18+8&kind=group&day=1&day=3&within=5&sort=nearest&across=1&page=2"
    asked = Asked.read(QueryDict(words))
    assert asked.address(page=asked.page) == (
        "/find/?text=lunch&place=RM18+8&kind=group&day=1&day=3&within=5&sort=nearest&across=1&page=2"
    )


def test_a_change_of_question_starts_at_its_first_page():
    assert "page" not in Asked(text="tea", page=7).address(sort="nearest")


def test_one_choice_can_be_let_go():
    asked = Asked(filters={"day": ("1", "3"), "cost": ("free",)})
    assert asked.without("day", "1").filters == {"day": ("3",), "cost": ("free",)}


@pytest.mark.parametrize(
    "words",
    ["kind=nonsense", "within=-3", "within=nan", "page=0x1", "page=-1", "page=99999999999", "sort=price", "day=9"],
)
def test_what_makes_no_sense_is_left_out(words):
    assert Asked.read(QueryDict(words)).pairs() == []


@pytest.mark.parametrize(
    ("typed", "words", "postcode"),
    [
        ("lunch RM18 8AD", "lunch", "RM18 8AD"),
        ("rm188ad lunch", "lunch", "RM18 8AD"),
        ("lunch near sw1a1aa please", "lunch near please", "SW1A 1AA"),
        ("lunch club RM18", "lunch club RM18", ""),
        ("over 60s", "over 60s", ""),
    ],
)
def test_a_full_postcode_is_taken_out_of_the_words(typed, words, postcode):
    assert split_postcode(typed) == (words, postcode)


@pytest.mark.parametrize("typed", ["RM18 8AD", "rm188ad", "in RM17 6SL, Grays"])
def test_a_full_postcode_is_noticed(typed):
    assert holds_full_postcode(typed)


@pytest.mark.parametrize("typed", ["RM18 8", "RM18", "Tilbury", "E06000034", ""])
def test_a_part_of_a_postcode_may_be_shared(typed):
    assert not holds_full_postcode(typed)
