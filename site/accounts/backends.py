"""Knows people by their e-mail address and password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User


class PasswordBackend(ModelBackend):
    """Takes as long for an address without an account as for one with."""

    def authenticate(  # type: ignore[override]  # accounts are found by address here
        self, request: HttpRequest | None, email: str | None = None, password: str | None = None, **_others: Any
    ) -> User | None:
        if not email or not password:
            return None
        user = User.objects.with_password_for(email).first()
        # An account without a password costs the same work, and so does nobody's.
        return user if (user or User(password="!")).check_password(password) else None  # noqa: S106
