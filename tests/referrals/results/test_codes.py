from itertools import combinations

import pytest

from referrals.results.codes import ALPHABET, NotACode, code_of, read_code, spaced

CODE = code_of("a-key")


def test_a_code_is_always_the_same_for_the_same_key_and_another_for_another():
    codes = {code_of(f"key-{number}") for number in range(2_000)}
    assert len(codes) == 2_000
    assert code_of("a-key") == CODE
    assert len(CODE) == 9


def test_another_secret_gives_another_code(settings):
    settings.SECRET_KEY = "another secret of at least forty characters"
    assert code_of("a-key") != CODE


def test_a_code_is_read_however_it_is_typed():
    for typed in (CODE, spaced(CODE), spaced(CODE).lower(), f"  {' '.join(CODE)}\n", spaced(CODE).replace("-", "–")):
        assert read_code(typed) == CODE


def test_letters_that_nobody_prints_are_read_as_what_they_look_like():
    wide = "".join(chr(ord(one) + 0xFEE0) for one in CODE)
    assert read_code(wide) == CODE
    assert read_code(CODE.replace("2", "z").replace("6", "g")) == CODE


def test_every_single_wrong_character_is_noticed():
    for place, right in enumerate(CODE):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(NotACode, match="nearly a code"):
                read_code(CODE[:place] + wrong + CODE[place + 1 :])


def test_every_two_that_changed_places_are_noticed():
    for first, second in combinations(range(9), 2):
        letters = list(CODE)
        letters[first], letters[second] = letters[second], letters[first]
        if "".join(letters) != CODE:
            with pytest.raises(NotACode, match="nearly a code"):
                read_code("".join(letters))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type the code that is printed on your slip"),
        (" - ", "Type the code that is printed on your slip"),
        ("K7M-4PX-9R", "this has 8"),
        ("K7M-4PX-9RTT", "this has 10"),
        ("K7O-4PX-9RT", "no “O”"),
        ("K7M-4PX-9R!", "only letters and numbers"),
        ("K7M\x004PX9RT", "only letters and numbers"),
        ("K7M\u202e4PX9RT", "only letters and numbers"),
        ("\ud8004PX9RTT", "only letters and numbers"),
        ("٣٣٣٣٣٣٣٣٣", "no “٣”"),
        ("K" * 10_000_000, "much longer than a code"),
        ("<script>", "only letters and numbers"),
    ],
)
def test_what_is_no_code_is_told_in_a_sentence(typed, words):
    with pytest.raises(NotACode, match=words):
        read_code(typed)
