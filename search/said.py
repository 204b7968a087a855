"""What somebody typed in their own words stays in their own browser, and out of addresses and logs.

An address holds a short token instead (`said=k3x9Qa`); the cookie says which words it stands for. The last few
searches are kept, so that the back button and a second tab work; at most for four hours, and until the browser closes.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from directory.own_cookies import own_cookie
from search import danger
from search.asking import Asked, one_line
from search.common_words import SOFT_WORDS, STOP_WORDS
from search.engines import engine
from search.index_folder import IndexProblem
from search.reading import everything_known
from search.understand import words_of
from search.unlogged import in_hand

COOKIE = "said"
SALT = "hereabouts.said"
SECONDS = 4 * 60 * 60
MOST_KEPT = 12
# Browsers keep 4,096 bytes of a cookie, its name and attributes included.
MOST_BYTES = 3_800


class Said:
    """(token, words) of the last searches in a browser, the newest first, and those that links of a page lead to."""

    def __init__(self, kept: list[tuple[str, str]]) -> None:
        self.kept = kept
        self.changed = False
        self._stays: dict[str, bool] = {}

    def text_of(self, token: str) -> str:
        return dict(self.kept).get(token, "")

    def token_for(self, text: str) -> str:
        if text not in self._stays:
            self._stays[text] = stays(text)
        if not self._stays[text]:
            return ""
        found = next((token for token, kept in self.kept if kept == text), "")
        if not found:
            found = secrets.token_urlsafe(6)
            # What a link leads to comes after what was typed.
            self.kept.insert(1, (found, text))
            self.changed = True
        return found

    def put_first(self, text: str) -> None:
        """Keep what was typed before everything else; a match is counted once for each text that is new here."""
        if text not in [kept for _token, kept in self.kept]:
            danger.count(text)
        self.lead_with(self.token_for(text))
        self.changed = True

    def lead_with(self, token: str) -> None:
        """What is looked at now is the last to be forgotten."""
        self.kept.sort(key=lambda one: one[0] != token)


def read(request: HttpRequest) -> Said:
    """What this browser keeps; nothing that was tampered with or is too old."""
    try:
        kept = signing.loads(request.COOKIES.get(own_cookie(COOKIE), ""), salt=SALT, max_age=SECONDS)
        return Said([(str(token), one_line(str(text))) for token, text in kept])
    except (signing.BadSignature, ValueError, TypeError):
        return Said([])


def recall(request: HttpRequest, asked: Asked) -> Asked:
    """The question of an address, with the words that its token stands for; `lost` when this browser has them not."""
    if not asked.said:
        return asked
    kept = read(request)
    text = kept.text_of(asked.said)
    kept.lead_with(asked.said)
    return replace(asked, text=text, kept=kept) if text else replace(asked, text="", said="", lost=True)


def take(request: HttpRequest, asked: Asked) -> Asked:
    """A question as it was typed, with its words kept in the browser when they are to stay there."""
    if not stays(asked.text):
        return asked
    kept = read(request)
    kept.put_first(asked.text)
    return replace(asked, kept=kept)


def stays(text: str) -> bool:
    """Whether a text is to stay in the browser: somebody's own words, or a word that means nothing here."""
    return bool(text) and (danger.private(text) or not all_known(text))


def all_known(text: str) -> bool:
    """Whether the directory, the places or the thesaurus know every word; an unknown one can be a name."""
    try:
        knowledge = everything_known(engine().vocabulary())
        words = [word for word in words_of(text) if word not in STOP_WORDS and word not in SOFT_WORDS]
        return all(word.isdigit() or knowledge.knows(word) for word in words)
    except IndexProblem:
        return False


def keep(response: HttpResponse, asked: Asked) -> None:
    """Keep in the browser what was typed and what the page's links need, the oldest forgotten when there is no room."""
    if not isinstance(asked.kept, Said) or not asked.kept.changed:
        return
    said = asked.kept.kept[:MOST_KEPT]
    value = signing.dumps(said, salt=SALT, compress=True)
    while len(value) > MOST_BYTES and said:
        said = said[:-1]
        value = signing.dumps(said, salt=SALT, compress=True)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(own_cookie(COOKIE), value, httponly=True, samesite="Lax", secure=secure)


@contextmanager
def unlogged(text: str) -> Iterator[None]:
    """While a page is made for somebody's own words, nothing that is logged holds any of them."""
    with in_hand(text if text and danger.private(text) else ""):
        yield
