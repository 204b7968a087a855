import datetime as dt
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from directory.sheets import SIZES, Part, Sheet, SheetEntry, SheetHelp, to_pdf
from directory.sheets.printable import printable

ON = dt.date(2026, 11, 23)
HELP = (SheetHelp("999", "Police, ambulance or fire"), SheetHelp("116 123", "Samaritans"), SheetHelp("85258", "Shout"))
LUNCH = SheetEntry(
    contact="01632 960001",
    name="Riverside Lunch Club",
    sentence="A hot meal and company every Tuesday.",
    reason="0.6 miles away, Civic Square Hall",
    where="Civic Square Hall, Civic Square, Tilbury, RM18 8AD. Bus 99 stops outside.",
    when=("Every Tuesday, 11.30am to 2pm", "Next: Tuesday 24 November"),
    cost="£4 a visit, with tea · just turn up",
    taking_new="Taking new people",
    checked="Checked 2 November",
    reference="R00012",
)
SHEET = Sheet(
    title="Lunch near Tilbury",
    printed_on=ON,
    entries=(LUNCH,),
    council="Thurrock Council",
    council_phone="01632 960000",
    edition="7K3-QXA",
    short_address="https://help.example.org/l/R00012/",
)


def pages_of(sheet):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(to_pdf(sheet))).pages]


def many(count):
    return tuple(replace(LUNCH, name=f"Club {number}", contact=f"01632 960{number:03}") for number in range(count))


def test_a_sheet_is_a_tagged_pdf_with_a_title_and_a_language():
    reader = PdfReader(BytesIO(to_pdf(SHEET)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == "Lunch near Tilbury"
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo is not installed")
def test_pdfinfo_calls_it_tagged(tmp_path):
    (tmp_path / "sheet.pdf").write_bytes(to_pdf(SHEET))
    said = subprocess.run(["pdfinfo", tmp_path / "sheet.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in said
    assert "(A4)" in said


def test_the_first_page_holds_the_head_and_the_entry_phone_first():
    (front, _back) = pages_of(SHEET)
    told = [
        "Thurrock Council",
        "Lunch near Tilbury",
        "Printed Monday 23 November 2026 · ring before you go",
        "01632 960000",
        "01632 960001",
        "Riverside Lunch Club",
        "A hot meal and company every Tuesday.",
        "0.6 miles away, Civic Square Hall",
        "Civic Square Hall, Civic Square, Tilbury, RM18 8AD. Bus 99 stops outside.",
        "Every Tuesday, 11.30am to 2pm",
        "£4 a visit, with tea · just turn up",
        "Taking new people",
        "Checked 2 November · Entry R00012",
    ]
    places = [front.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)


def test_every_page_has_its_foot():
    pages = pages_of(replace(SHEET, entries=many(30)))
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Edition 7K3-QXA" in page
        assert "help.example.org/l/R00012/" in page


@pytest.mark.parametrize("size", SIZES)
def test_the_last_page_is_the_reply_slip_whole(size):
    last = pages_of(replace(SHEET, entries=many(3), size=size))[-1]
    for words in ("Tell us", "Which entry", "This is wrong:", "Please ring me", "My name:", "Best day and time:"):
        assert words in last
    assert "As it is today:" in last


@pytest.mark.parametrize("size", SIZES)
def test_an_entry_is_never_split(size):
    pages = pages_of(replace(SHEET, entries=many(40), size=size))
    for number in range(40):
        page = next(page for page in pages if f"01632 960{number:03} " in page)
        assert f"Club {number} " in page
    for page in pages[:-1]:
        assert page.count("Every Tuesday, 11.30am") == page.count("Checked 2 November")


def test_the_reply_slip_asks_for_an_entry_as_entries_are_named():
    (front, back) = pages_of(SHEET)
    assert "Entry R00012" in front
    assert "Which entry (code or name):" in back


@pytest.mark.parametrize("size", SIZES)
def test_help_for_somebody_in_danger_stands_on_the_first_page_alone(size):
    first, *others = pages_of(replace(SHEET, entries=many(9), size=size, help=HELP))
    assert "If you or somebody else is not safe 999 · Police, ambulance or fire" in first
    assert not any("Police" in page for page in others)


def test_a_sheet_without_help_says_nothing_of_danger():
    assert "not safe" not in " ".join(pages_of(SHEET))


@pytest.mark.parametrize("size", [12, 16, 18])
@pytest.mark.parametrize("lines", [(), HELP])
def test_the_first_page_has_an_entry_beside_its_head(size, lines):
    assert "Club 0 " in pages_of(replace(SHEET, entries=many(9), size=size, help=lines))[0]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_printed_smaller_than_was_asked_for(size):
    sizes = set()

    def seen(text, _matrix, text_matrix, _font, font_size):
        if text.strip():
            sizes.add(round(abs(font_size * text_matrix[0]), 1))

    for page in PdfReader(BytesIO(to_pdf(replace(SHEET, size=size, help=HELP)))).pages:
        page.extract_text(visitor_text=seen)
    assert min(sizes) == size


@pytest.mark.parametrize("size", SIZES)
def test_an_address_that_does_not_fit_the_foot_is_told_on_the_last_page(size):
    long = replace(SHEET, size=size, short_address="https://help.example.org/find/?text=lunch&place=RM18+8&who=carers")
    assert "As it is today: help.example.org/find/?" in pages_of(long)[-1]


def test_larger_print_takes_more_pages_and_loses_nothing():
    lengths = []
    for size in SIZES:
        pages = pages_of(replace(SHEET, entries=many(12), size=size))
        lengths.append(len(pages))
        assert all(any(f"Club {number} " in page for page in pages) for number in range(12))
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[-1]


def test_an_empty_list_says_so_and_whom_to_ring():
    front = pages_of(replace(SHEET, entries=()))[0]
    assert "There is nothing on this list yet." in front
    assert "Ring us and we will look with you." in front


def test_a_sheet_needs_no_council_no_address_and_no_title():
    bare = Sheet(title="", printed_on=ON, entries=(SheetEntry(contact="", name="", sentence=""),))
    assert "Listings" in pages_of(bare)[0]


def test_a_single_listing_prints_its_questions_as_headings():
    parts = (Part("What happens when I walk in?", ("Pat meets you.", "Stay as long as you like.")),)
    front = pages_of(replace(SHEET, title=LUNCH.name, entries=(replace(LUNCH, parts=parts),)))[0]
    assert front.count("Riverside Lunch Club") == 1
    assert "What happens when I walk in? Pat meets you. Stay as long as you like." in front


def test_the_same_sheet_gives_the_same_bytes():
    assert to_pdf(SHEET) == to_pdf(SHEET)


@pytest.mark.parametrize("length", [60, 300, 3000])
def test_an_address_too_long_to_type_is_told_by_its_site(length):
    front = pages_of(replace(SHEET, short_address="https://help.example.org/" + "a" * length))[0]
    assert "help.example.org" in front
    assert ("aaaaaaaa" in front) is (length == 60)


HOSTILE = {
    "markup": '#strong[x] *bold* _it_ $x^2$ `raw` <label> @ref = Head #panic("no") #import "x.typ" \\ ~ -- // /* */',
    "quotes": "\"'“”‘’`´«»",
    "right to left": "שלום עליכם and مرحبا بكم",
    "override": "\u202egnp.exe\u2066",
    "emoji": "Tea ☕ and 👨‍👩‍👧 family 🇬🇧 1️⃣",
    "long word": "w" * 10_000,
    "long wide word": "漢" * 10_000,
    "nul": "a\x00b\x1fc\x7fd\x9fe",
    "surrogate": "half \ud83d left",
    "private": "\ue000\uf8ff\U000f0000\ufffe\uffff",
    "unseen": "a\u200bb\u200dc\u2028d\u2029e\u00adf\ufeffg\u2060",
    "marks": "Z" + "\u0301" * 500 + "algo",
    "lines": "one\r\ntwo\n\n\nthree\tfour\x0bfive",
    "many scripts": "বাংলা ਪੰਜਾਬੀ தமிழ் 中文 日本語 한국어 ไทย አማርኛ Українська Ελληνικά Yorùbá Việt",
    "mathematics": "𝕳𝖊𝖑𝖑𝖔 ∑∫ ①② ﷽ ½ ⅞",
    "json": '{"entries": [], "title": null}\\u0000',
    "only spaces": " \t\u00a0\u3000 ",
    "tags": "<script>alert(1)</script>&amp;",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_listing_says_is_only_text(text):
    entry = SheetEntry(**dict.fromkeys(("contact", "name", "sentence", "reason", "where", "cost", "checked"), text))
    entry = replace(entry, when=(text,), parts=(Part(text, (text,)),))
    hostile = Sheet(text, ON, (LUNCH, entry, LUNCH), 18, text, text, text, text, text)
    front = " ".join(pages_of(hostile))
    assert front.count("A hot meal and company") == 2


def test_markup_is_printed_as_it_was_written():
    front = pages_of(replace(SHEET, entries=(replace(LUNCH, sentence="#strong[x] *a* $y$ = z <b>"),)))[0]
    assert "#strong[x] *a* $y$ = z <b>" in front


def test_letters_that_no_font_has_leave_a_box_and_symbols_leave_nothing():
    front = pages_of(replace(SHEET, entries=(replace(LUNCH, name="Tea \U00011a00 for 🫖 two"),)))[0]
    assert "Tea □ for two" in front


def test_an_entry_longer_than_a_page_runs_on_instead_of_off_the_paper():
    words = " ".join(f"word{number}" for number in range(700))
    pages = pages_of(replace(SHEET, size=24, entries=(LUNCH, replace(LUNCH, sentence=words), LUNCH)))
    assert "word0 " in " ".join(pages)
    assert "word699" in " ".join(pages)


@pytest.mark.parametrize(("size", "most"), [(12, 35), (24, 40)])
def test_a_long_word_is_broken_before_the_edge_of_the_paper(size, most):
    long = replace(LUNCH, sentence="w" * 200)
    text = "".join(
        page.extract_text() + "\n"
        for page in PdfReader(BytesIO(to_pdf(replace(SHEET, size=size, entries=(long, LUNCH))))).pages
    )
    lines = [line for line in text.splitlines() if "www" in line]
    assert sum(line.count("w") for line in lines) == 200
    assert max(map(len, lines)) <= most


def test_a_word_longer_than_any_language_has_is_cut():
    assert printable("w" * 10_000).replace("\x1f", "") == "w" * 240 + "…"


@pytest.mark.parametrize("text", ["Pat’s Odd Jobs – £4", "Café · 24 hours", "Tuesday\u00a01\u00a0December"])
def test_ordinary_text_is_printed_as_it_is(text):
    assert printable(text) == text


def test_a_sheet_in_another_language_says_so():
    with override("pl"):
        assert PdfReader(BytesIO(to_pdf(SHEET))).trailer["/Root"]["/Lang"].startswith("pl")


def test_a_large_sheet_leaves_the_next_one_as_it_should_be():
    before = to_pdf(SHEET)
    to_pdf(replace(SHEET, entries=many(150)))
    assert to_pdf(SHEET) == before
