"""For tests: quick passwords, plain static files, and a data folder of the run's own."""

import os
import tempfile
from pathlib import Path

# Each worker of a parallel run has a folder of its own, so that no two write the same index.
os.environ["HEREABOUTS_DATA"] = tempfile.mkdtemp(prefix="hereabouts-test-")

from .base import *
from .base import (
    DATA_DIR,
    DATABASES,
    ELASTICSEARCH_URL,
    INSTALLED_APPS,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET,
    OIDC_ISSUER,
    RATE_LIMITS,
    STORAGES,
)

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# A kind of owed work that is delivered by HTTP; and `make lint` asks whether migrations bear an old version.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.outbox.owing", "django_migration_linter"]
if not os.environ.get("DATABASE_URL"):
    # A file, as everywhere else: in memory, two threads do not wait for each other.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEXTS = "referrals.messages.texts.KeptTexts"
SEARCH_RECORDS_WAIT = 0.0
# Tests ask more in a minute than a library does.
RATE_LIMITS = dict.fromkeys(RATE_LIMITS, 0)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Only tests that ask for the cluster use it: two test processes would write into each other's index.
TEST_ELASTICSEARCH_URL, ELASTICSEARCH_URL = ELASTICSEARCH_URL, ""
# Only tests that ask for the real provider sign in there.
TEST_OIDC_ISSUER, OIDC_ISSUER = OIDC_ISSUER, ""
TEST_OIDC_CLIENT_ID, OIDC_CLIENT_ID = OIDC_CLIENT_ID, ""
TEST_OIDC_CLIENT_SECRET, OIDC_CLIENT_SECRET = OIDC_CLIENT_SECRET, ""
SECOND_STEP_REQUIRED = False
REAL_DATA = Path(os.environ.get("HEREABOUTS_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "data"
