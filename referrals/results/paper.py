"""Slips as they are printed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.sheets import a_size
from directory.sheets.letterhead import letterhead
from directory.sheets.slips import Slip, Slips, SlipWords
from directory.words import phone_in_words
from referrals.results.about import about_in_words
from referrals.results.codes import spaced
from referrals.results.links import give_code
from referrals.results.questions import (
    ANSWERS,
    ANYTHING,
    FIRST_STATEMENTS,
    IS_IT_TRUE,
    SHALL_WE_RING,
    WHAT_CAME,
    Ring,
    Scale,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

    from referrals.models import ResultAsk

# What is printed for somebody who needs large print.
LARGE = 18
NORMAL = 12


def build_slips(asks: "Iterable[ResultAsk]", *, request: "HttpRequest", size: int) -> Slips:
    """One for each ask, in the order given: the same ask has the same code each time."""
    paper = letterhead(request)
    address = paper.address_of(reverse("referrals:how_did_it_go"))
    slips = []
    for ask in asks:
        code = give_code(ask)
        slips.append(Slip(spaced(code), about_in_words(ask.referral), opens=f"{address}?code={code}"))
    return Slips(
        slips=tuple(slips),
        words=slip_words(phone=paper.phone, has_return=bool(paper.return_address)),
        printed_on=timezone.localdate(),
        size=a_size(size),
        council=paper.council,
        address=address,
        return_address=tuple(paper.return_address.splitlines()),
    )


def slip_words(*, phone: str, has_return: bool) -> SlipWords:
    return SlipWords(
        title=_("How did it go?"),
        came=_("1. %(question)s Tick one.") % {"question": WHAT_CAME},
        answers=tuple(map(str, ANSWERS.values())),
        true=_("2. %(question)s") % {"question": IS_IT_TRUE},
        statements=tuple(f"{one.label}." for one in FIRST_STATEMENTS),
        scale=tuple(map(str, Scale.labels)),
        tell=_("3. %(question)s") % {"question": ANYTHING},
        ring=_("4. %(question)s") % {"question": SHALL_WE_RING},
        ring_choices=tuple(map(str, Ring.labels)),
        number=_("My number:"),
        online=_("You can answer on a phone or computer instead:"),
        code=_("Code"),
        talk=_("Or ring us: %(phone)s") % {"phone": phone_in_words(phone)} if phone else "",
        back=_("Please send this back to:") if has_return else _("Give this to whoever gave it to you."),
        qr=_("A square code that opens the page to answer on"),
    )
