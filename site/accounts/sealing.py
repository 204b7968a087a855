"""Seals short secrets that the database keeps, by a key made from `SECRET_KEY`: AES-256-GCM."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

NONCE = 12


def sealed(text: str) -> str:
    nonce = os.urandom(NONCE)
    return base64.urlsafe_b64encode(nonce + _seal(settings.SECRET_KEY).encrypt(nonce, text.encode(), None)).decode()


def opened(text: str) -> str:
    """What was sealed, also under a secret that has been followed by another; InvalidTag when it was altered."""
    kept = base64.urlsafe_b64decode(text)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _seal(secret).decrypt(kept[:NONCE], kept[NONCE:], None).decode()
        except InvalidTag:
            continue
    raise InvalidTag


def _seal(secret: str | bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.sealing").derive(force_bytes(secret)))
