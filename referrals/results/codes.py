"""Codes of paper slips: “K7M-4PX-9RT”. Eight characters are chance, and the ninth shows a slip of the pen.

No vowel, so that no code is a word; nothing that is mistaken for another letter in print or over the phone. There are
nineteen characters, a prime, and each place weighs differently: one wrong character, or two that changed places, never
give another code.
"""

import unicodedata

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ALPHABET = "234679CDFHJKMNPRTXY"
CHANCE = 8
LENGTH = CHANCE + 1
SALT = "referrals.results.codes"
# Nobody means anything else by these.
MEANT = str.maketrans("ZG", "26")
# What people put between the groups.
BETWEEN = frozenset("-‐‑‒–—−_.·,/ ")
LONGEST_TYPED = 60
EXAMPLE = "K7M-4PX-9RT"


class NotACode(ValueError):
    """What was typed cannot be a code; the message says why, to whoever typed it."""


def code_of(key: str, *, secret: str | None = None) -> str:
    """The code that goes with a key: always the same, so that a slip can be printed again, and kept nowhere."""
    number = int.from_bytes(salted_hmac(SALT, key, secret=secret, algorithm="sha256").digest())
    letters = ""
    for _place in range(CHANCE):
        number, letter = divmod(number, len(ALPHABET))
        letters += ALPHABET[letter]
    return letters + _check(letters)


def spaced(code: str) -> str:
    """In groups of three, as it is printed and read out."""
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))


def read_code(typed: str) -> str:
    """The nine characters of a code in whatever way it was typed; `NotACode` says what is wrong with it."""
    if len(typed) > LONGEST_TYPED:
        raise NotACode(_("That is much longer than a code. A code looks like this: %(code)s") % {"code": EXAMPLE})
    text = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(one for one in text if one not in BETWEEN and not one.isspace()).translate(MEANT)
    if not letters:
        raise NotACode(_("Type the code that is printed on your slip."))
    for letter in letters:
        if letter not in ALPHABET:
            raise NotACode(_never_there(letter))
    if len(letters) != LENGTH:
        raise NotACode(_miscounted(len(letters)))
    if _check(letters[:CHANCE]) != letters[CHANCE]:
        raise NotACode(_("That is nearly a code, but one letter or number is wrong, or two have changed places."))
    return letters


def _check(letters: str) -> str:
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(letters, 1))
    return ALPHABET[total % len(ALPHABET)]


def _never_there(letter: str) -> str:
    if letter.isalnum():
        return _("Our codes have no “%(letter)s” in them. Look at your slip again.") % {"letter": letter}
    return _("A code has only letters and numbers in it. Look at your slip again.")


def _miscounted(count: int) -> str:
    return ngettext(
        "A code has 9 letters and numbers, and this has %(n)s.",
        "A code has 9 letters and numbers, and this has %(n)s.",
        count,
    ) % {"n": count}
