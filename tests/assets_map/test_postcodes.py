import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_map.not_found import NotAPostcode
from assets_map.postcodes import PartialPostcode, Postcode, find_postcode, folded, parse_partial

DIGITS = "0123456789"
LAST = "ABDEFGHJLNPQRSTUWXYZ"
OUTCODES = ["RM18", "SS0", "E1", "N1", "W1A", "EC1A", "M60", "SW1A", "B1", "SO16", "L1", "G2", "CR0", "E17", "N1C"]
postcodes = st.builds(
    lambda out, digit, letters: Postcode(out, f"{digit}{letters}"),
    st.sampled_from(OUTCODES),
    st.sampled_from(DIGITS),
    st.text(LAST, min_size=2, max_size=2),
)
punctuation = st.text(" .-,/\t_()'\u00a0\u2013", max_size=3)


@pytest.mark.parametrize(
    "typed",
    [
        "RM18 8AD",
        "rm188ad",
        " Rm18  8aD ",
        "RM18-8AD",
        "(RM18.8AD)",
        "R M 1 8 8 A D",
        "RMI8 8AD",
        "RM18 BAD",
        "RMl8 8ad",
    ]
    + [
        "ＲＭ１８　８ＡＤ",
        "RM①8 8AD",
        "RM18\u00a08AD",
        "RМ18 8АD",
        "RM18 8ÁD",
        "RM18 8AD.",
        "\ufeffRM18 8AD",
        "rm|8 8ad",
    ],
)
def test_one_postcode_is_read_however_it_is_typed(typed):
    assert str(Postcode.parse(typed)) == "RM18 8AD"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("S016 1AA", "SO16 1AA"), ("0X1 1AA", "OX1 1AA"), ("5S17 OBB", "SS17 0BB"), ("EI 6AN", "E1 6AN")]
    + [("SW1A IAA", "SW1A 1AA"), ("CRO 2AB", "CR0 2AB"), ("RM17 65L", "RM17 6SL"), ("RM17 6S1", "RM17 6SL")]
    + [("SS1 75A", "SS1 7SA"), ("B1 lBB", "B1 1BB"), ("ECIA 1BB", "EC1A 1BB"), ("2E3 9XP", "ZE3 9XP")],
)
def test_look_alikes_are_put_right_by_where_they_stand(typed, meant):
    assert str(Postcode.parse(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("RM17 6X", "RM17 6X is short of a letter."),
        ("rm176x", "RM176X is short of a letter."),
        ("RM17 6", "RM17 6 is only the start of a postcode: two letters are missing."),
        ("RM17", "RM17 is only the start of a postcode: a number and two letters are missing."),
        ("RM17 6SLL", "RM17 6SLL is too long to be a postcode."),
        ("RM17 6CV", "RM17 6CV is not a postcode: none ends in C, I, K, M, O or V."),
        ("hello", "HELLO is not a full postcode."),
        ("", "Type a postcode, such as RM17 6SL."),
        ("\0\u200b", "Type a postcode, such as RM17 6SL."),
        ("12345", "12345 is not a full postcode."),
    ],
)
def test_an_error_says_what_is_wrong_and_keeps_what_was_typed(typed, said):
    with pytest.raises(NotAPostcode) as problem:
        Postcode.parse(typed)
    assert str(problem.value) == said
    assert problem.value.typed == typed


def test_an_error_does_not_say_back_a_whole_essay():
    with pytest.raises(NotAPostcode) as problem:
        Postcode.parse("1 " + "x" * 100_000)
    assert len(str(problem.value)) < 120


def sentence_or_postcode(text):
    try:
        return str(Postcode.parse(text))
    except NotAPostcode as problem:
        return str(problem)


@given(postcodes)
def test_every_postcode_survives_being_written_down(postcode):
    assert Postcode.parse(str(postcode)) == postcode


@given(postcodes, st.lists(punctuation, min_size=8, max_size=8), st.booleans())
def test_punctuation_and_case_never_change_a_postcode(postcode, between, lower):
    letters = postcode.outward + postcode.inward
    typed = "".join(gap + letter for gap, letter in zip(between, letters, strict=False))
    assert Postcode.parse(typed.lower() if lower else typed) == postcode


@given(postcodes)
def test_a_look_alike_for_the_first_inward_digit_is_put_right(postcode):
    swapped = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z"}.get(postcode.inward[0], postcode.inward[0])
    assert Postcode.parse(f"{postcode.outward} {swapped}{postcode.inward[1:]}") == postcode


@given(st.text(max_size=60))
def test_any_text_is_a_postcode_or_a_sentence(text):
    said = sentence_or_postcode(text)
    assert said.endswith(".") or str(Postcode.parse(said)) == said


@given(st.text(max_size=300))
def test_no_text_breaks_the_other_readers(text):
    parse_partial(text)
    find_postcode(text)
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("RM18", "RM18"),
        ("rm 18", "RM18"),
        ("RM18 8", "RM18 8"),
        ("RM188", "RM18 8"),
        ("RM1 88", "RM18 8"),
        ("RM1 8", "RM1 8"),
        ("e1", "E1"),
    ]
    + [("W1A", "W1A"), ("EC1A 1", "EC1A 1"), ("SS0", "SS0")],
)
def test_parts_of_postcodes_are_known_apart(typed, part):
    assert str(parse_partial(typed)) == part


@pytest.mark.parametrize("typed", ["RM18 8AD", "RM18 8A", "Tilbury", "", "RM", "18", "RM18 8 8"])
def test_what_is_not_an_outcode_or_sector_is_no_part(typed):
    assert parse_partial(typed) is None


def test_a_part_knows_whether_it_is_an_outcode_or_a_sector():
    assert parse_partial("RM18 8") == PartialPostcode("RM18", "8")
    assert parse_partial("RM18") == PartialPostcode("RM18")


@pytest.mark.parametrize(
    "text",
    [
        "RM18 8AD Tilbury",
        "I live at RM18 8AD, near the dock",
        "Tilbury,RM188AD",
        "flat 3, RMI8 8AD",
        "tilbury rm18-8ad",
    ],
)
def test_a_postcode_is_found_among_other_words(text):
    assert find_postcode(text) == Postcode("RM18", "8AD")


@pytest.mark.parametrize(
    "text", ["Stanford-le-Hope", "Grays, Essex", "lunch on the 2nd", "Chadwell St Mary", "RM17 6X", "RM18"]
)
def test_words_without_a_postcode_hold_none(text):
    assert find_postcode(text) is None


def test_the_sector_is_what_may_be_shared():
    assert Postcode.parse("RM18 8AD").sector == "RM18 8"
    assert Postcode.parse("RM18 8AD").outcode == "RM18"
