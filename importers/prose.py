"""Makes names and texts from registers fit to read: capitals where people write them, blanks after full stops."""

import re

SMALL = frozenset(["a", "an", "and", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
# Capitals that are not a name shouted.
INITIALS = frozenset(
    (
        "BBC",
        "BME",
        "CAB",
        "CIC",
        "CIO",
        "GB",
        "GM",
        "HIV",
        "IT",
        "LGBT",
        "MAE",
        "MND",
        "MS",
        "NHS",
        "PTA",
        "PTFA",
        "RAF",
    )
    + ("RNIB", "RNLI", "ROC", "RSPB", "RSPCA", "TA", "UK", "UNICEF", "USA", "U3A", "WI", "YMCA", "YWCA")
)
TITLES = frozenset({"ST", "MR", "MRS", "DR"})


def shouted(text: str) -> bool:
    """Whether a text is written in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def tidy_name(name: str) -> str:
    """“THE HALE AND DISTRICT U3A ” as “The Hale and District U3A”; a name that is not shouted keeps its letters."""
    name = re.sub(r"\s+([,.)])", r"\1", re.sub(r"\s+", " ", name.replace(" ,", ", "))).strip(" ,")
    if not shouted(name):
        return name
    words = re.split(r"([\s(/&-]+)", name)
    return "".join(_word(word, first=index == 0) for index, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    bare = re.sub(r"[^A-Za-z0-9]", "", word).upper()
    if bare in INITIALS or (len(bare) <= 4 and bare.isalpha() and not set(bare) & set("AEIOUY") and bare not in TITLES):
        return word.upper()
    if re.match(r"\d", word):
        return word.lower()
    lower = word.casefold()
    if lower in SMALL and not first:
        return lower
    capital = re.sub(r"[a-z]", lambda letter: letter.group().upper(), lower, count=1)
    return re.sub(r"^(Mc|O')([a-z])", lambda found: found[1] + found[2].upper(), capital)


def tidy_prose(text: str, *, names: str = "") -> str:
    """Sentences with a capital at their start and a blank between them; `names` keep their capitals in shouted text."""
    text = re.sub(r"\s+", " ", text).strip(" ,;")
    # Line breaks that were lost: “champion.The”, “their dependentsTo make”.
    text = re.sub(r"(?<=[a-z)][.;:!?])(?=[A-Z])", " ", text)
    text = re.sub(r"(?<=[a-z]{3})(?=(?:To|We|The|Our|For|And|It) )", ". ", text)
    if not text:
        return ""
    if shouted(text):
        text = _quietened(text, names)
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def _quietened(text: str, names: str) -> str:
    proper = {word.casefold(): word for word in re.findall(r"[A-Za-z']+", names) if word.casefold() not in SMALL}
    quiet = re.sub(r"[A-Za-z']+", lambda found: _quiet_word(found.group(), proper), text)
    return re.sub(r"(?:^|[.!?]\s+)[a-z]", lambda found: found.group().upper(), quiet)


def _quiet_word(word: str, proper: dict[str, str]) -> str:
    if word.upper() in INITIALS:
        return word.upper()
    found = proper.get(word.casefold(), word.casefold())
    return found.capitalize() if found.isupper() else found


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence and not a title."""
    found = re.match(r".+?(?<!Revd)(?<!Rev)(?<!Mr)(?<!Mrs)(?<!Dr)(?<!St)(?<!No)[.!?](?=\s+[A-Z0-9]|$)", text, re.DOTALL)
    return found.group() if found else text
