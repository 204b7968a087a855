"""What people write of themselves, in words and numbers that stand nowhere else."""

from urllib.parse import quote, quote_plus

MARKS = {
    "name": "Zebediah Quokkason",
    "phone": "07700 900457",
    "phone abroad": "+44 7700 900458",
    "e-mail": "z.quokkason+help@wobbegong.example",
    "postcode": "RM17 9ZQ",
    "NHS number": "943 476 5919",
    "token": "k3x9QaZZr7Wm2LpT5vYb8NcD",
    "word": "hewillkillmetonight",
}
ALL = "; ".join(MARKS.values())


def spelled(mark):
    """As it was written, and as programs write it anew."""
    ways = {mark, mark.replace(" ", ""), quote(mark), quote_plus(mark)}
    return {way.lower() for way in ways}


def found_in(content):
    """The kinds of marks that stand in these bytes."""
    told = content.lower()
    return [kind for kind, mark in MARKS.items() if any(one.encode() in told for one in spelled(mark))]
