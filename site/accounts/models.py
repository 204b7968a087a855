"""Who may come in."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A member of staff or of a provider."""

    must_change_password = models.BooleanField(
        "must choose a new password",
        default=False,
        help_text="They were given a one-time password, and choose their own at first sign-in.",
    )
