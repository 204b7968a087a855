"""Writes what is remembered of searches a little later, many at a time, so that no page waits for the database.

`put(memory)`. A process that is killed loses the few seconds that were not written yet; nothing depends on them.
"""

import atexit
import logging
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.models import SearchRecord, UnknownWord
from search.models.records import DAYS_TO_SHOW

# When the database is away for long, the newest are kept.
MOST_WAITING = 5_000
SALT = "hereabouts.unknown-word"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of one search: its record, and its words that nobody here knows."""

    record: SearchRecord
    unknown: tuple[str, ...] = ()


_waiting: deque[Memory] = deque(maxlen=MOST_WAITING)
_timer: threading.Timer | None = None
_lock = threading.Lock()


def put(memory: Memory) -> None:
    """Write this within `settings.SEARCH_RECORDS_WAIT` seconds; at once when that is 0."""
    global _timer  # noqa: PLW0603  # one a process
    _waiting.append(memory)
    if not settings.SEARCH_RECORDS_WAIT:
        write_waiting()
        return
    with _lock:
        # After a fork the parent's timer is there and dead.
        if _timer is None or not _timer.is_alive():
            _timer = threading.Timer(settings.SEARCH_RECORDS_WAIT, _when_due)
            _timer.daemon = True
            _timer.start()


def _when_due() -> None:
    global _timer  # noqa: PLW0603
    with _lock:
        _timer = None
    try:
        write_waiting()
    finally:
        # This thread's own, and the thread ends here.
        connection.close()


def write_waiting() -> None:
    """Write all that waits; what cannot be written is let go of."""
    taken: list[Memory] = []
    while _waiting:
        taken.append(_waiting.popleft())
    if not taken:
        return
    try:
        _write(taken)
    except Exception as error:  # nobody's search may fail for want of its record
        log.warning("%s searches were not remembered: %s", len(taken), type(error).__name__)


atexit.register(write_waiting)


@transaction.atomic
def _write(memories: list[Memory]) -> None:
    SearchRecord.objects.bulk_create([memory.record for memory in memories])
    count_unknown(word for memory in memories for word in memory.unknown)


def count_unknown(words: Iterable[str]) -> None:
    """Note that these were seen today; a word is kept in clear only when it is typed on its fifth day or later."""
    today = timezone.localdate()
    by_mark = {salted_hmac(SALT, word, algorithm="sha256").hexdigest(): word for word in set(words)}
    if not by_mark:
        return
    new = [UnknownWord(mark=mark, last_on=today) for mark in by_mark]
    UnknownWord.objects.bulk_create(new, ignore_conflicts=True)
    seen = UnknownWord.objects.filter(mark__in=by_mark)
    seen.filter(last_on__lt=today).update(days=F("days") + 1, last_on=today)
    for mark in list(seen.filter(days__gte=DAYS_TO_SHOW, word="").values_list("mark", flat=True)):
        seen.filter(mark=mark).update(word=by_mark[mark])
