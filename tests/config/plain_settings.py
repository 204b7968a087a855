"""As somebody's own machine, with quick passwords and static files that are not compressed."""

from config.settings.dev import *  # noqa: F403  # as settings do
from config.settings.dev import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
