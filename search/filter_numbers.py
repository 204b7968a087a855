"""Numbers that are surely an age or a price: "80 year old", "in her eighties", "over 60s", "under £5"."""

from collections.abc import Iterator, Sequence

from search.facets import AgeBand, CostClass, age_band

Meant = tuple[str, str, bool]
NONE: tuple[int, list[Meant]] = (0, [])
OLDEST = 115


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


YEARS = frozenset({"year", "years", "yr", "yrs", "yo"})
IS = frozenset({"im", "hes", "shes", "is", "am", "turning", "turned", "nearly", "almost", "aged", "age"})
# What a number counts when it is no age.
UNITS = words(
    """mile miles minute minutes min mins hour hours week weeks month months stone pounds pound kilos kg day days steps
    people children kids of st nd rd th percent am pm weekly times time or quid p"""
)
DECADES = {"fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
WORDS = {"five": 5, "fives": 5, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
TELLING = words("i im ive me we us parent parents mum dad carer")
LIMITS = frozenset({"under", "below", "upto", "maximum", "max"})
MOST = (("less", "than"), ("up", "to"), ("no", "more", "than"))
PRICES = {
    2: CostClass.UP_TO_2.value,
    5: CostClass.UP_TO_5.value,
    10: CostClass.UP_TO_10.value,
    20: CostClass.UP_TO_20.value,
}
NOTES = {"fiver": 5, "tenner": 10}


def number(word: str) -> int:
    """A number of up to three digits; -1 for anything else."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else -1


def age_at(said: Sequence[str], at: int) -> tuple[int, list[Meant]]:
    """How many words from here on tell an age, and the bands that they mean."""
    for length, ages, keep in _ages(said, at):
        bands = dict.fromkeys(age_band(age).value for age in ages)
        if AgeBand.OLDER.value in bands or not any(age < 18 for age in ages) or _is_for_them(said, at, length):
            return length, [("age", band, keep) for band in bands]
    return NONE


def _is_for_them(said: Sequence[str], at: int, length: int) -> bool:
    """Whether what is looked for is for the child, and not for somebody who tells of one."""
    before = said[max(0, at - 2) : at]
    return "for" in before or said[at + length - 1] in {"olds", "teenagers", "fives", "5s"} or not TELLING & {*said}


def _ages(said: Sequence[str], at: int) -> Iterator[tuple[int, tuple[int, ...], bool]]:
    """(how many words, ages, whether they are looked for as well)."""
    word, after = said[at], [*said[at + 1 : at + 4], "", "", ""]
    years = number(word)
    if 0 <= years <= OLDEST and after[0] in YEARS and after[1] in {"old", "olds"}:
        yield 3, (years,), False
    if 0 <= years <= OLDEST and after[0] == "yo":
        yield 2, (years,), False
    if word in {"age", "aged"} and 0 <= number(after[0]) <= OLDEST and after[1] not in {"to", "and", "or", *UNITS}:
        yield 2, (number(after[0]),), False
    if word in IS and 50 <= number(after[0]) <= OLDEST and after[1] not in UNITS:
        yield 2, (number(after[0]),), False
    if word in {"her", "his", "my", "our", "their"} and _decade(after[0]):
        first = _decade(after[0])
        yield 2, (first, first + 9), False
    if word == "over" and (least := _over(after[0])):
        yield 2, (least, OLDEST), False
    if word in {"under", "unders"} and after[0] in {"5s", "fives"}:
        yield 2, (4,), False
    if word in {"teenager", "teenagers", "teenage"} and not any(one.isdigit() for one in said):
        yield 1, (14,), True


def _decade(word: str) -> int:
    """The first age of “eighties” or “80s”; 0 for anything else."""
    digits = number(word[:-1]) if word.endswith("s") else -1
    return DECADES.get(word, digits if digits in {50, 60, 70, 80, 90} else 0)


def _over(word: str) -> int:
    """“60s”, “60”, “sixties” after “over”: the least age, from 50 up; younger than that it says little."""
    plain = word.removesuffix("s")
    least = WORDS.get(plain, DECADES.get(word, number(plain)))
    return least if 50 <= least <= 100 else 0


def price_at(said: Sequence[str], at: int) -> tuple[int, list[Meant]]:
    """How many words from here on set a limit to the price; a pound sign stands before its number."""
    word = said[at]
    lead = (
        1
        if word in LIMITS
        else 2
        if tuple(said[at : at + 2]) in {("less", "than"), ("up", "to"), ("no", "more")}
        else 0
    )
    if lead == 2 and tuple(said[at : at + 3]) == ("no", "more", "than"):
        lead = 3
    size, pounds = _pounds(said, at + lead)
    if not size:
        return NONE
    end = at + lead + size
    if not lead:
        if tuple(said[end : end + 2]) not in {("or", "less"), ("or", "under"), ("and", "under"), ("or", "below")}:
            return NONE
        end += 2
    code = next((code for most, code in PRICES.items() if 0 < pounds <= most), "")
    return (end - at, [("cost", code, False)]) if code else NONE


def _pounds(said: Sequence[str], at: int) -> tuple[int, int]:
    """How many words say an amount of pounds, and the amount."""
    word, after = [*said[at : at + 2], "", ""][:2]
    if word.startswith("£"):
        return 1, number(word[1:])
    if word == "a" and after in NOTES:
        return 2, NOTES[after]
    return (2, number(word)) if number(word) > 0 and after in {"pounds", "pound", "quid"} else (0, 0)
