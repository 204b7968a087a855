"""The whole site's models, with as few doors as referrals need, so that it starts quickly."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["127.0.0.1"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "tests.referrals.moving.urls"
LOGGING = {}
TEXTS = "referrals.messages.texts.NoTexts"
OWED_WORK_HOLD = 5.0
