"""Seals short secrets that the database keeps, by a key made from `SECRET_KEY`."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


def sealed(text: str) -> str:
    return _seal().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """What was sealed, also under a secret that has been followed by another."""
    return _seal().decrypt(text.encode()).decode()


def _seal() -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.sealing")
    return base64.urlsafe_b64encode(derive.derive(force_bytes(secret)))
