"""Production's, with somebody who is told of errors, and two places that fail as the worst libraries do."""

from config.settings.production import *  # noqa: F403  # as settings do
from config.settings.production import DATA_DIR, MIDDLEWARE

ADMINS = [("Sam", "sam@council.example")]
EMAIL_BACKEND = "tests.security.flooded.failing.QuotingPost"
EMAIL_FILE_PATH = DATA_DIR / "reports"
MIDDLEWARE = [*MIDDLEWARE, "tests.security.flooded.failing.fails_when_asked"]
