"""Fields whose values the database never holds in the clear, and the keys that open them.

The first of `settings.PERSON_KEYS` seals; each of them opens. So does a key made from `SECRET_KEY`, which seals while
there is no other.
"""

import base64
import hashlib
import hmac
import json
import secrets
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class NotOpened(Exception):
    """None of the keys opens what was sealed."""

    def __init__(self) -> None:
        super().__init__(_("The key that this was sealed with is not among HEREABOUTS_PERSON_KEYS."))


def new_key() -> str:
    """What an address names a record by: it says nothing, and cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _each in range(16))


def person_keys() -> tuple[bytes, ...]:
    """The newest first. Last those made from the secret, which sealed what was written before there was a key."""
    made = (_made_from(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return (*(force_bytes(key) for key in settings.PERSON_KEYS), *made)


def is_a_key(text: str) -> bool:
    """Whether this is 32 random bytes as such a key is written: `hereabouts rotate_person_keys --make-key`."""
    try:
        return bool(Fernet(force_bytes(text)))
    except ValueError:
        return False


def seal(text: str) -> str:
    """Nothing stays nothing: that a box is empty is no secret."""
    return _seals(person_keys()).encrypt(text.encode()).decode() if text else ""


def unseal(text: str) -> str:
    if not text:
        return ""
    try:
        return _seals(person_keys()).decrypt(text).decode()
    except InvalidToken:
        raise NotOpened from None


def blind(text: str) -> str:
    """By what a sealed value is found again: the same for texts that differ in case or spaces alone."""
    return _blind(text, person_keys()[0])


def blinds(text: str) -> list[str]:
    """The same by every key, for as long as some values are sealed with a former one."""
    return [_blind(text, key) for key in person_keys()]


def _blind(text: str, key: bytes) -> str:
    words = "".join(text.split()).casefold()
    return hmac.new(_blinds(key), words.encode(), hashlib.sha256).hexdigest() if words else ""


class SealedField(models.Field):
    """Seals what goes into the database, and refuses to be searched there."""

    def get_internal_type(self) -> str:
        return "TextField"

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError("A sealed field cannot be searched: keep a blind index beside it.")


class Sealed(SealedField, models.TextField):
    """Text of a person."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None else seal(str(value))

    def from_db_value(self, value: str | None, *_given: Any) -> Any:
        return value if value is None else unseal(value)


class SealedJSON(SealedField):
    """Anything of a person that JSON can say."""

    def get_prep_value(self, value: Any) -> Any:
        return seal(json.dumps(value, ensure_ascii=False)) if value else ""

    def from_db_value(self, value: str | None, *_given: Any) -> Any:
        return json.loads(unseal(value)) if value else {}

    def to_python(self, value: Any) -> Any:
        return json.loads(value or "{}") if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)


@lru_cache(maxsize=8)
def _seals(keys: tuple[bytes, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


@lru_cache(maxsize=8)
def _made_from(secret: str | bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"referrals.people").derive(force_bytes(secret))
    return base64.urlsafe_b64encode(made)


@lru_cache(maxsize=8)
def _blinds(key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"referrals.blind").derive(key)
