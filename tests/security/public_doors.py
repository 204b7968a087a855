"""Every public address, from the site's own table of addresses, and as an OpenAPI description with what each reads."""

import re
from dataclasses import dataclass

from django.urls import get_resolver

from search.facets import FACETS

# Not the public's: another test drives them as everybody.
BEHIND = ("admin/",)
# Expressions that a plain address stands for.
PLAIN = {
    r"documents/^(\d+)/(.*)$": "documents/{number}/{name}",
    r"^((?:[\w\-]+/)*)$": "{page}/",
}
TEXT = {"type": "string", "maxLength": 200}
NUMBER = {"type": "integer"}
SEARCH = {
    "text": TEXT, "place": TEXT, "said": TEXT, "page": NUMBER, "within": TEXT, "sort": TEXT, "across": TEXT,
    "as_typed": TEXT, "ignore": TEXT, "shown": TEXT, "point": NUMBER, **dict.fromkeys(FACETS, TEXT),
}  # fmt: skip
SIGN_IN = {"login": TEXT, "password": TEXT, "next": TEXT, "code": TEXT, "email": TEXT}
ASKED = {
    "called": TEXT, "phone": TEXT, "email": TEXT, "contact": TEXT, "through": TEXT, "when": TEXT, "welcome": TEXT,
    "company": TEXT, "once": TEXT, "read": TEXT, "agree": TEXT, "may_ask": TEXT, "carer": TEXT, "step": TEXT,
}  # fmt: skip
# What a door reads of its address, and of a form.
QUERY = {
    "search:find": SEARCH,
    "search:find_points": SEARCH,
    "search:find_sheet": SEARCH,
    "search:area": SEARCH,
    "directory:listing_sheet": {"point": NUMBER},
    "directory:my_list_sheet": {"point": NUMBER},
    "assets_map:shapes": {"kind": TEXT, "v": TEXT},
    "website:look_css": {"v": TEXT},
    "account_login": {"next": TEXT},
    "referrals:answer": {"link": TEXT},
    "council_answer": {"code": TEXT, "state": TEXT, "error": TEXT, "iss": TEXT},
    "council_signed_out": {"state": TEXT},
    "sign_in_link": {"token": TEXT, "next": TEXT},
    "wagtail_serve": {"page": TEXT, "thanks": TEXT},
    "referrals:how_did_it_go": {"link": TEXT, "code": TEXT},
}
FORM = {
    "search:find": SEARCH,
    "search:suggest": {"text": TEXT, "place": TEXT},
    "search:suggest_places": {"place": TEXT},
    "directory:my_list_change": {"add": NUMBER, "remove": NUMBER, "empty": TEXT, "next": TEXT},
    "website:useful": {"useful": TEXT},
    "referrals:ask_for_me": ASKED,
    "referrals:ask_for_somebody": ASKED,
    "referrals:own": {"code": TEXT, "contact": TEXT, "step": TEXT},
    "referrals:how_did_it_go": dict.fromkeys(
        ("link", "slip", "step", "answer", "words", "ring", "number", "listened", "shared"), TEXT
    ),
    "referrals:answer": {"link": TEXT, "reference": TEXT, "code": TEXT, "text": TEXT},
    "referrals:answer_one": {"to": TEXT, "was": TEXT, "reason": TEXT, "words": TEXT, "mistaken": TEXT},
}
# Whoever reads nothing is sent something all the same.
UNREAD = {"name": "unread", "in": "query", "schema": NUMBER}
TYPES = {"int": NUMBER, "slug": TEXT, "path": TEXT, "str": TEXT}


@dataclass(frozen=True)
class Door:
    path: str
    name: str

    @property
    def form(self):
        """Doors of the front door all read the same few fields, and others what they say."""
        return FORM.get(self.name) or (SIGN_IN if self.path.startswith("/sign-in/") else None)

    def filled(self, value="nothing"):
        """An address that leads here."""
        return re.sub(r"\{(\w+)\}", lambda found: "1" if found[1] in NUMBERS else value, self.path)


NUMBERS = {"pk", "page_id", "restriction_id", "page_view_restriction_id", "number"}


def doors():
    """Every public door."""
    found = {Door(f"/{written(path)}", name) for path, name in walk(get_resolver().url_patterns)}
    return sorted((one for one in found if not one.path[1:].startswith(BEHIND)), key=lambda one: one.path)


def walk(patterns, before="", spaces=()):
    for one in patterns:
        path = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from walk(one.url_patterns, path, (*spaces, one.namespace) if one.namespace else spaces)
        else:
            yield path, ":".join(filter(None, [*spaces, one.name]))


def written(path):
    return PLAIN.get(path) or re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)


def described(part=None):
    """The public site as OpenAPI; `part` is said of every part of an address, in place of what each may be."""
    paths = {}
    for door in doors():
        operations = {"get": operation(door, QUERY.get(door.name, {}), part=part)}
        if door.form:
            operations["post"] = operation(door, {}, form=door.form, part=part)
        paths.setdefault(door.path, operations)
    return {"openapi": "3.1.0", "info": {"title": "Hereabouts", "version": "1"}, "paths": paths}


def operation(door, query, *, form=None, part=None):
    parts = [
        {"name": name, "in": "path", "required": True, "schema": part or (NUMBER if name in NUMBERS else TEXT)}
        for name in re.findall(r"\{(\w+)\}", door.path)
    ]
    parts += [{"name": name, "in": "query", "schema": schema} for name, schema in query.items()]
    if not parts and not form:
        parts = [UNREAD]
    found = {"parameters": parts, "responses": {"default": {"description": "A page, or a sentence that says why not."}}}
    if form:
        schema = {"type": "object", "properties": form}
        kinds = ("application/x-www-form-urlencoded", "multipart/form-data")
        found["requestBody"] = {"content": {kind: {"schema": schema} for kind in kinds}}
    return found
