"""Requests with marked data in every place where a request can hold any."""

import json
import re
from itertools import cycle
from urllib.parse import quote_plus, urlencode

from tests.security.conftest import HOST
from tests.security.flooded.lay import SLUG
from tests.security.flooded.marks import ALL, MARKS
from tests.security.public_doors import doors

TYPED = "Content-Type: application/x-www-form-urlencoded\r\n"
WORDS = quote_plus(f"I fear {ALL}")
PLAIN = MARKS["word"]
ABOUT_ME = {
    "called": MARKS["name"], "phone": MARKS["phone"], "email": MARKS["e-mail"], "contact": "phone", "through": "",
    "when": f"Not when {MARKS['name']} is in", "welcome": ALL, "company": "yes", "once": "2345-6789-abcd",
    "agree": "on", "carer": MARKS["name"], "step": "send",
}  # fmt: skip


def headers(cookie=""):
    return (
        f"Referer: https://a.example/?q={WORDS}\r\nUser-Agent: {ALL}\r\nX-Request-ID: {MARKS['token']}\r\n"
        f"Cookie: {cookie}said={PLAIN}; where={MARKS['token']}; {PLAIN}=a\r\nAuthorization: Bearer {MARKS['token']}\r\n"
    )


def strangers():
    """Whoever knocks without having seen a page, and hands in what nobody asked for."""
    multipart = f'--b\r\nContent-Disposition: form-data; name="{PLAIN}"; filename="{ALL}.png"\r\n\r\n{ALL}\r\n--b--\r\n'
    for door in doors():
        yield "GET", f"{door.filled(quote_plus(MARKS['name']))}?text={WORDS}&place={WORDS}&{PLAIN}=1", headers(), b""
    for path in ("/{}/", "/listing/{}/", "/l/{}/", "/answer/{}/", "/static/{}.css", "/media/images/{}"):
        for mark in MARKS.values():
            yield "GET", path.format(quote_plus(mark)), headers(), b""
    for path in ("/find/", "/my-list/change/", "/sign-in/"):
        yield "POST", path, headers() + TYPED, urlencode({"text": ALL, "login": ALL, PLAIN: ALL}).encode()
        yield "POST", path, headers() + "Content-Type: application/json\r\n", json.dumps({PLAIN: ALL}).encode()
        yield "POST", path, headers() + "Content-Type: multipart/form-data; boundary=b\r\n", multipart.encode()
    yield "POST", "/find/", headers() + TYPED, f"text={WORDS}&".encode() * 2_000
    yield "BREW", f"/{PLAIN}/", headers(), b""
    yield f"GET{PLAIN}", "/", headers(), b""
    yield "GET", f"/find/?text=I fear {ALL}", headers(), b""
    yield "GET", "/", f"X-{PLAIN}\0: {PLAIN}\r\n", b""


def residents(site):
    """Whoever fills in each form that there is, of a page that they have before them."""
    page = site.ask("GET", "/sign-in/")
    cookie = re.search(r"__Host-csrf=\w+", page.head)[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)[1].decode()
    more = f"{headers(f'{cookie}; ')}{TYPED}Origin: https://{HOST}\r\n"

    def post(path, fields):
        return "POST", path, more, urlencode({"csrfmiddlewaretoken": token, **fields}).encode()

    for door in doors():
        if boxes := door.form:
            yield post(door.filled(SLUG), dict(zip(boxes, cycle(MARKS.values()))))
            yield post(door.filled(SLUG), dict.fromkeys(boxes, ALL))
    yield post(f"/ask/{SLUG}/for-me/", ABOUT_ME)
    yield post(f"/ask/{SLUG}/for-somebody/", {**ABOUT_ME, "agree": "yes", "once": "3456-789a-bcde"})
    yield post("/find/?fail=1&text=" + WORDS, {"text": ALL, **ABOUT_ME})
