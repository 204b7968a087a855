"""The short code by which somebody who asked here themselves finds what became of it, and can take it back.

It is kept nowhere: the `submission` of the referral is made of it, and cannot be turned back into it.
"""

import hashlib
import secrets
from uuid import UUID

import phonenumbers

from referrals.models import Referral, Source
from referrals.models.sealed import ALPHABET

LENGTH, PART = 12, 4


def new_code() -> str:
    """ "2k7m-9xqd-w4hp": nothing in it looks like something else."""
    letters = "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))
    return "-".join(letters[at : at + PART] for at in range(0, LENGTH, PART))


def read_code(typed: str) -> str:
    """A code as it is printed, however it was typed; nothing when it cannot be one."""
    letters = "".join(one for one in typed.casefold() if one in ALPHABET)
    extra = sum(one.isalnum() for one in typed.casefold()) - len(letters)
    if extra or len(letters) != LENGTH:
        return ""
    return "-".join(letters[at : at + PART] for at in range(0, LENGTH, PART))


def submission_of(code: str) -> UUID:
    return UUID(bytes=hashlib.sha256(f"referrals.own {code}".encode()).digest()[:16])


def referral_of(code: str) -> Referral | None:
    """The referral that somebody asked for themselves with this code; nobody's when there is none."""
    read = read_code(code)
    own = Referral.objects.exclude(source=Source.COORDINATOR).select_related("person", "provider", "asset")
    return own.filter(submission=submission_of(read)).first() if read else None


def is_theirs(referral: Referral, contact: str) -> bool:
    """Whether a phone number or an e-mail address is the one that was given with it."""
    given = _squeezed(contact)
    kept = referral.person.contact if referral.person else {}
    return bool(given) and given in {_squeezed(kept.get(name, "")) for name in ("phone", "email", "through")}


def _squeezed(text: str) -> str:
    """A phone number as all the world writes it; anything else without spaces and capitals."""
    plain = "".join(text.split()).casefold()
    try:
        number = phonenumbers.parse("" if "@" in plain else text, "GB")
    except phonenumbers.NumberParseException:
        return plain
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
