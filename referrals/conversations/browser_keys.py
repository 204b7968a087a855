"""Keys for what a browser keeps of words that are not saved yet: made here, and given in the signed-in page alone.

Each is for one account and one page, so that whoever sits at the same machine next, or copies what it keeps, reads
nothing. Keys that were followed by others still open what was kept with them.
"""

import base64
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from referrals.models.sealed import person_keys


def browser_keys(user: Any, name: str) -> list[str]:
    """32 bytes each, as base64, the newest first."""
    about = f"referrals.kept in a browser:{user.pk}:{name}".encode()
    made = (HKDF(algorithm=SHA256(), length=32, salt=None, info=about).derive(key) for key in person_keys())
    return [base64.b64encode(key).decode() for key in made]


def kept_as(user: Any, name: str) -> str:
    """Under what name a browser keeps it: two accounts at one machine keep two."""
    return f"{user.pk}-{name}"
