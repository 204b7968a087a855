"""One person, one machine, plain http: what `make demo` runs on."""

from config.environment import own_secret

from .base import *
from .base import ALLOWED_HOSTS, DATA_DIR, EMAIL_HOST, NOTIFY_KEY, SECRET_KEY

SECRET_KEY = SECRET_KEY or own_secret(DATA_DIR)
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
BACKUPS_EXPECTED = False
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if not NOTIFY_KEY:
    TEXTS = "referrals.messages.texts.ShownTexts"
