"""The stem of an English word, the same whichever engine answers: porter2, by PyStemmer."""

import threading
from functools import lru_cache

import Stemmer

# A stemmer keeps what it is working on, so that threads may not share one.
_own = threading.local()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """“carers” → “carer”; takes and gives a folded word."""
    if not hasattr(_own, "english"):
        _own.english = Stemmer.Stemmer("english", 0)
    return _own.english.stemWord(word)
