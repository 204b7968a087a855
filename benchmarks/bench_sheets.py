"""Sheets of 12 and of 500 entries as PDF: typst, as shipped, beside WeasyPrint on the same words as HTML.

`run() -> list[dict]` with the keys name, unit, ours, alternative, alternative_value, ratio (how many times as long the
alternative takes). Both are warm, every run has words of its own, and the best of three counts; WeasyPrint's 500
entries are measured once, since they take a while.
"""

import datetime as dt
import time
from collections.abc import Callable
from html import escape

from directory.sheets import Sheet, SheetEntry, to_pdf

COUNTS = (12, 500)
RUNS = 3
STYLE = """
@page { size: A4; margin: 15mm 15mm 29mm 22mm; @bottom-left { content: "Page " counter(page) " of " counter(pages) } }
body { font: 12pt sans-serif; columns: 2; column-gap: 8mm } h1 { column-span: all; font-size: 22pt }
article { break-inside: avoid; border-top: 0.6pt solid; margin: 0.7em 0 } h2 { font-size: 12pt } p { margin: 0.3em 0 }
"""


def entry(number: int, run: int) -> SheetEntry:
    """An entry of ordinary length, unlike every other one."""
    return SheetEntry(
        contact=f"01632 960{number % 1000:03}",
        name=f"Riverside Lunch Club number {number}, {run}",
        sentence=f"A hot meal and company every Tuesday, cooked in hall {number} by people who live near, since {run}.",
        reason=f"{number / 10:.1f} miles away, Civic Square Hall {run}",
        where=f"Civic Square Hall, {number} Civic Square, Tilbury, RM18 8AD. Bus 99 stops outside.",
        when=(f"Every Tuesday, {number % 11 + 1}.30am to 2pm", "Next: Tuesday 24 November, Tuesday 1 December"),
        cost=f"£{number} a visit, with tea · just turn up",
        taking_new="Taking new people",
        checked=f"Checked {number % 28 + 1} October",
        reference=f"R{number:05}",
    )


def sheet(count: int, run: int) -> Sheet:
    return Sheet(
        title=f"Lunch near Tilbury {run}",
        printed_on=dt.date(2026, 11, 23),
        entries=tuple(entry(number, run) for number in range(count)),
        council="Thurrock Council",
        council_phone="01632 960000",
        edition="7K3-QXA",
        short_address=f"https://help.example.org/find/?text=lunch&run={run}",
    )


def html(made: Sheet) -> str:
    """The same words, in the same order, as an equivalent page."""
    articles = (
        f"<article><h2>{escape(one.contact)}<br>{escape(one.name)}</h2>"
        + "".join(
            f"<p>{escape(words)}</p>"
            for words in (one.sentence, one.reason, one.where, *one.when, one.cost, one.taking_new, one.checked)
        )
        + "</article>"
        for one in made.entries
    )
    head = f"<h1>{escape(made.title)}</h1>"
    return f"<html lang=en-GB><title>{escape(made.title)}</title><style>{STYLE}</style>{head}{''.join(articles)}"


def with_weasyprint(made: Sheet) -> bytes:
    from weasyprint import HTML

    return HTML(string=html(made)).write_pdf(pdf_variant="pdf/ua-1")


def seconds(make: Callable[[Sheet], bytes], count: int, runs: int) -> float:
    """The least time that one sheet takes."""
    taken = []
    for run in range(1, runs + 1):
        made = sheet(count, run * 1_000 + count)
        began = time.perf_counter()
        make(made)
        taken.append(time.perf_counter() - began)
    return min(taken)


def run() -> list[dict]:
    for make in (to_pdf, with_weasyprint):
        make(sheet(1, 0))
    rows = []
    for count in COUNTS:
        ours = seconds(to_pdf, count, RUNS)
        theirs = seconds(with_weasyprint, count, RUNS if count < 100 else 1)
        rows.append(
            {
                "name": f"sheet of {count} entries",
                "unit": "s",
                "ours": round(ours, 4),
                "alternative": "WeasyPrint",
                "alternative_value": round(theirs, 4),
                "ratio": round(theirs / ours, 1),
            }
        )
    return rows


if __name__ == "__main__":
    import json
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    print(json.dumps(run(), indent=2))
