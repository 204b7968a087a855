"""Web and worker with nothing but owed work in them, so that they start quickly."""

import os

from config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["outbox", "tests.outbox.owing", "django.contrib.contenttypes", "django.contrib.auth"]
AUTH_USER_MODEL = "auth.User"
MIDDLEWARE = []
ROOT_URLCONF = "tests.outbox.owing.urls"
TEMPLATES = []
LOGGING = {}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
RECEIVER = os.environ.get("RECEIVER", "")
OWED_WORK_HOLD = 5.0
OWED_WORK_STOP = float(os.environ.get("STOP_WITHIN", "10"))
