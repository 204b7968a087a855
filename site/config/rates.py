"""How often one address may ask, per kind of request: generous, because a library is many people behind one."""

import math
import mmap
import time

from django.conf import settings
from django.http import HttpRequest

from config.client_address import household

# Every other door is a page, or an answer where something is sent.
KINDS = {
    "search:find": "searches",
    "search:find_points": "searches",
    "search:area": "searches",
    "search:suggest": "suggestions",
    "search:suggest_places": "suggestions",
    "search:find_sheet": "sheets",
    "directory:listing_sheet": "sheets",
    "directory:my_list_sheet": "sheets",
}
SIGN_IN = "/sign-in/"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MINUTE = 60.0


class Allowances:
    """When each address has used up what it asked for: one number each, in memory that all web processes share since
    they were forked. Two addresses in a hundred thousand may share a number."""

    def __init__(self, slots: int = 65_536) -> None:
        self._until = memoryview(mmap.mmap(-1, slots * 8)).cast("d")

    def wait(self, whose: str, a_minute: int, now: float) -> float:
        """Take one; the seconds to wait when there is none."""
        slot = hash(whose) % len(self._until)
        each = MINUTE / a_minute
        until = max(self._until[slot], now)
        over = until + each - now - MINUTE
        if over > 0:
            return over
        self._until[slot] = until + each
        return 0.0


allowances = Allowances()


def kind_of(request: HttpRequest) -> str:
    """The kind that a resolved request is counted under."""
    match = request.resolver_match
    found = KINDS.get(match.view_name) if match else None
    if found or request.method in SAFE:
        return found or "pages"
    return "sign-ins" if request.path_info.startswith(SIGN_IN) else "answers"


def seconds_to_wait(request: HttpRequest) -> int:
    """0 when the request may be answered now."""
    kind = kind_of(request)
    a_minute = settings.RATE_LIMITS[kind]
    if not a_minute:
        return 0
    whose = f"{kind} {household(request.META['REMOTE_ADDR'])}"
    return math.ceil(allowances.wait(whose, a_minute, time.monotonic()))
