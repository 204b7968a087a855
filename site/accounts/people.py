"""Reads of accounts."""

from typing import Any, Self

from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Q

from accounts.seeing import administers, sees_everything


class UserQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; and to an administrator those of the same council, but nobody who runs the installation."""
        if user is None or not user.is_authenticated:
            return self.none()
        if sees_everything(user):
            return self
        return self.filter((administers(user) & Q(is_superuser=False)) | Q(pk=user.pk))

    def with_password_for(self, email: str) -> Self:
        """The one account, at most, that somebody with this address signs in to with a password of its own."""
        # An account of the council's sign-in is reached from there alone, whatever its address.
        found = self.filter(email__iexact=email.strip(), is_active=True, socialaccount=None)
        return found.order_by("pk")[:1]


class People(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made while the program starts
    use_in_migrations = False
