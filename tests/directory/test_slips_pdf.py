import datetime as dt
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from directory.sheets import SIZES
from directory.sheets.slips import LONGEST_ABOUT, Slip, Slips, SlipWords, slips_to_pdf

ANSWERS = tuple(f"I answer in these words, number {number}" for number in range(9))
WORDS = SlipWords(
    title="How did it go?",
    came="1. What came of it? Tick one.",
    answers=ANSWERS,
    true="2. Is this true for you?",
    statements=("I have been listened to and understood.", "I understand what is available to me in my community."),
    scale=("Yes", "Partly", "No"),
    tell="3. Anything you want to tell us?",
    ring="4. Would you like somebody to ring you?",
    ring_choices=("Yes, please", "No, thank you"),
    number="My number:",
    online="You can answer on a phone or computer instead:",
    code="Code",
    talk="Or ring us: 01632 960000",
    back="Please send this back to:",
    qr="A square code that opens the page to answer on",
)
ADDRESS = "https://help.example.org/how-did-it-go/"
ABOUT = "In October we put you in touch with Riverside Lunch Club."
RETURN = ("FREEPOST THURROCK", "Adult social care", "Civic Offices, New Road", "Grays", "RM17 6SL")
A_PAGE = {12: 4, 16: 2, 18: 1, 24: 1}


def slips(count, size=12):
    return Slips(
        slips=tuple(Slip(f"K7M-4PX-{number:03}", ABOUT, f"{ADDRESS}?code={number}") for number in range(count)),
        words=WORDS,
        printed_on=dt.date(2026, 11, 30),
        size=size,
        council="Thurrock Council",
        address=ADDRESS,
        return_address=RETURN,
    )


def pages_of(printed):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(slips_to_pdf(printed))).pages]


@pytest.mark.parametrize("size", SIZES)
def test_fronts_and_backs_follow_each_other_so_many_on_a_page(size):
    count = A_PAGE[size] + 1
    pages = pages_of(slips(count, size))
    assert len(pages) == 4
    assert [page.count("How did it go?") for page in pages] == [count - 1, 0, 1, 0]
    assert [page.count("Please send this back to:") for page in pages] == [0, count - 1, 0, 1]


def test_backs_are_the_other_way_round_so_that_they_stand_behind_their_fronts():
    front, back = pages_of(slips(4))
    in_order = [f"K7M-4PX-{number:03}" for number in range(4)]
    assert sorted(in_order, key=front.find) == in_order
    assert sorted(in_order, key=back.find) == [in_order[place] for place in (1, 0, 3, 2)]


def lines_of(page):
    """Where text stands on a page, in points from its left and its foot."""
    found = []

    def seen(text, matrix, text_matrix, _font, _size):
        if text.strip():
            x, y = text_matrix[4], text_matrix[5]
            found.append((matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]))

    page.extract_text(visitor_text=seen)
    return found


@pytest.mark.parametrize("size", SIZES)
def test_the_longest_slip_is_whole_and_no_line_is_drawn_over_another(size):
    longest = replace(slips(1, size), slips=(Slip("K7M-4PX-9RT", "word " * LONGEST_ABOUT, ADDRESS),))
    reader = PdfReader(BytesIO(slips_to_pdf(longest)))
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for told in (*ANSWERS, *WORDS.statements, *RETURN, "Or ring us: 01632 960000", "K7M-4PX-9RT"):
        assert told in words
    # Two columns at most.
    for left, right in ((0, 300), (300, 600)):
        for page in reader.pages:
            heights = sorted({round(y) for x, y in lines_of(page) if left <= x < right})
            assert all(y > 20 for y in heights)
            assert all(above - below > size * 0.8 or above - below <= 2 for below, above in pairwise(heights))


def test_it_is_a_tagged_pdf_with_a_title():
    reader = PdfReader(BytesIO(slips_to_pdf(slips(1))))
    assert reader.metadata.title == "How did it go?"
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()


def test_what_stands_in_a_name_is_no_markup():
    hostile = "#panic() *bold* <b> $x$ \x00 \u202e 😀"
    (front, _back) = pages_of(replace(slips(1), slips=(Slip("K7M-4PX-9RT", hostile),)))
    assert "#panic() *bold* <b> $x$" in front


def test_without_a_return_address_and_a_number_it_is_a_slip_all_the_same():
    bare = replace(slips(1), council="", address="", return_address=(), words=replace(WORDS, talk=""))
    assert "K7M-4PX-000" in pages_of(bare)[0]
