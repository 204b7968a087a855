"""What every set-up shares. The environment is read here, once, and nowhere else."""

from pathlib import Path

from environs import FileAwareEnv

from config.environment import (
    database,
    log_format,
    rate_limits,
    shared_media,
    tile_origins,
    web_address,
    whole_numbers,
)

ROOT = Path(__file__).resolve().parents[3]

# What NAME would hold may stand in a file instead, whose name is in NAME_FILE: secrets then stand in no environment.
env = FileAwareEnv(strip_whitespace=True)
env.read_env(str(ROOT / ".env"), recurse=False)

# --- Read from the environment ---------------------------------------------------------------------------------------

DATA_DIR = Path(env.str("HEREABOUTS_DATA", str(ROOT / "var"))).resolve()
DATABASE_URL = env.str("DATABASE_URL", "")
# Where uploads are kept when several machines share them: a bucket that speaks S3. None: the data folder.
MEDIA_BUCKET = env.str("HEREABOUTS_MEDIA_BUCKET", "")
MEDIA_S3_URL = env.str("HEREABOUTS_MEDIA_S3_URL", "")
MEDIA_S3_REGION = env.str("HEREABOUTS_MEDIA_S3_REGION", "")
MEDIA_S3_KEY_ID = env.str("HEREABOUTS_MEDIA_S3_KEY_ID", "")
MEDIA_S3_KEY = env.str("HEREABOUTS_MEDIA_S3_KEY", "")
# Who can open backups: public keys that begin with age1, and a file whose first line is a passphrase.
BACKUP_RECIPIENTS: list[str] = env.list("HEREABOUTS_BACKUP_RECIPIENTS", [])
BACKUP_PASSPHRASE_FILE = env.str("HEREABOUTS_BACKUP_PASSPHRASE_FILE", "")
# Days that backups stay in their folder.
BACKUP_KEEP_DAYS = env.int("HEREABOUTS_BACKUP_KEEP_DAYS", 30)
# Addresses of the nodes of a search cluster, with commas between; none: the embedded index answers.
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", "")
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", "hereabouts")
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", 1)
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", 1)
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_USER = env.str("ELASTICSEARCH_USER", "")
ELASTICSEARCH_PASSWORD = env.str("ELASTICSEARCH_PASSWORD", "")
ELASTICSEARCH_CA = env.str("ELASTICSEARCH_CA", "")
# Seconds after which the index beside the cluster answers instead.
ELASTICSEARCH_TIMEOUT = env.float("ELASTICSEARCH_TIMEOUT", 1.8)
KEEP_EMBEDDED = env.bool("HEREABOUTS_KEEP_EMBEDDED", True)
SECRET_KEY = env.str("SECRET_KEY", "")
# Former ones, which still open what they closed.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# Keys that seal what is kept of people: the first seals, each opens. None: a key made from SECRET_KEY.
PERSON_KEYS: list[str] = env.list("HEREABOUTS_PERSON_KEYS", [])
ALLOWED_HOSTS: list[str] = list(map(str.strip, env.list("ALLOWED_HOSTS", [])))
PORT = env.int("PORT", 8000)
WAGTAILADMIN_BASE_URL = env.str("PUBLIC_URL", f"http://127.0.0.1:{PORT}")
# GSS codes of the councils that this installation serves.
HEREABOUTS_COUNCIL_CODES = env.list("HEREABOUTS_COUNCIL_CODES", ["E06000034"])
# Working days after which a referral that nobody answered is chased: the provider, the coordinator too, administrators.
CHASE_DAYS = whole_numbers("HEREABOUTS_CHASE_DAYS", env.str("HEREABOUTS_CHASE_DAYS", "3,6,9"), count=3)
# Days for which a provider's link opens a referral, with a code.
ANSWER_LINK_DAYS = env.int("HEREABOUTS_ANSWER_LINK_DAYS", 30)
# Weeks after a referral was accepted at which the person is asked how it went.
RESULT_WEEKS = whole_numbers("HEREABOUTS_RESULT_WEEKS", env.str("HEREABOUTS_RESULT_WEEKS", "2,6,12"))
# Where somebody goes at once who must not be seen on a page of ours.
QUICK_EXIT = web_address("HEREABOUTS_QUICK_EXIT", env.str("HEREABOUTS_QUICK_EXIT", "https://www.bbc.co.uk/weather"))
# Working days within which somebody is rung back whose answer was unhappy.
RING_BACK_DAYS = env.int("HEREABOUTS_RING_BACK_DAYS", 2)
NEAR_MILES = env.float("HEREABOUTS_NEAR_MILES", 3.0)
# Questions in sentences are answered by meaning too, where the extra `sentences` is installed.
SENTENCES = env.bool("HEREABOUTS_SENTENCES", True)
# A folder with another model: `model.onnx` and `vocab.txt`.
SENTENCE_MODEL = env.str("HEREABOUTS_SENTENCE_MODEL", "")
# The mail server; without one no mail is sent.
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_TLS", True)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", "hereabouts@localhost")
# GOV.UK Notify, which sends texts: our key, and the template there that holds nothing but ((words)).
NOTIFY_KEY = env.str("HEREABOUTS_NOTIFY_KEY", "")
NOTIFY_TEMPLATE = env.str("HEREABOUTS_NOTIFY_TEMPLATE", "")
# Lets a program read /health/metrics.
METRICS_TOKEN = env.str("HEREABOUTS_METRICS_TOKEN", "")
MAP_TILES_URL = env.str("HEREABOUTS_MAP_TILES_URL", "")
MAP_TILES_CREDIT = env.str("HEREABOUTS_MAP_TILES_CREDIT", "")
# Staff sign in where they do for everything else: any OpenID Connect provider. None: password and second step.
OIDC_ISSUER = env.str("OIDC_ISSUER", "")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.str("OIDC_NAME", "your council account")
OIDC_SCOPES: list[str] = env.list("OIDC_SCOPES", ["openid", "profile", "email"])
# A dot leads into a claim that holds others.
OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", "groups")
# Group at the provider → role here.
OIDC_ROLES: dict[str, str] = env.dict("OIDC_ROLES", {})
# Strengths of sign-in at the provider (`acr`) of which one is needed; none: the provider's own rules are enough.
OIDC_ACR: list[str] = env.list("OIDC_ACR", [])
# Whether everybody who comes by a password needs a second step, or only those who see people.
SECOND_STEP_FOR_ALL = env.bool("HEREABOUTS_SECOND_STEP_FOR_ALL", True)
IDLE_MINUTES = env.int("HEREABOUTS_IDLE_MINUTES", 30)
SIGNED_IN_HOURS = env.int("HEREABOUTS_SIGNED_IN_HOURS", 12)
# Proxies of our own between visitors and the web server: so many addresses of X-Forwarded-For are believed.
TRUSTED_PROXIES = env.int("HEREABOUTS_TRUSTED_PROXIES", 0)
# Requests a minute from one address, by kind.
RATE_LIMITS = rate_limits(env.str("HEREABOUTS_RATE_LIMITS", ""))
# The largest picture, document or spreadsheet that staff may send, in megabytes.
MOST_UPLOAD_MB = env.int("HEREABOUTS_MOST_UPLOAD_MB", 20)
LOG_FORMAT = log_format(env.str("HEREABOUTS_LOG", "plain"))
# Where the virus scanner of uploads listens: `host:port`, or a socket file. None: uploads are not scanned.
CLAMAV = env.str("CLAMAV", "")

# --- Fixed -----------------------------------------------------------------------------------------------------------

DEBUG = False
INSTALLED_APPS = [
    "config",
    "website",
    "importers",
    "referrals",
    "search",
    "directory",
    "assets_map",
    "accounts.apps.AccountsConfig",
    "outbox",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "leaflet",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    # Outside everything that can fail: an id, a line in the log, and the headers of every answer.
    "config.request_log.RequestLogMiddleware",
    "config.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.headers.AdminPolicyMiddleware",
    "config.limits.LimitsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.health.probes.ProbesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignedInMiddleware",
    "accounts.serving.CouncilMiddleware",
    "accounts.admin_doors.gate.AdminDoorsMiddleware",
    "referrals.keeping.asking_why.AskWhyMiddleware",
    "referrals.keeping.not_opened.NotOpenedMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "website.context.look",
            ],
        },
    }
]

DATABASES = {"default": database(DATABASE_URL, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.passwords.KnownPasswordValidator"},
    {"NAME": "accounts.passwords.OurWordsValidator"},
]
AUTHENTICATION_BACKENDS = ["accounts.backends.PasswordBackend"]
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "signed_out"
# Whoever comes by a password needs a second step; tests of other things do without.
SECOND_STEP_REQUIRED = True
ACCOUNT_ADAPTER = "accounts.adapters.FrontDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.PasswordAgainForm",
    "change_password": "accounts.forms.NewPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
ACCOUNT_SESSION_REMEMBER = False
# Guesses are counted by `accounts.guessing`, which all processes share.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
SOCIALACCOUNT_ADAPTER = "accounts.adapters.CouncilDoor"
SOCIALACCOUNT_EMAIL_REQUIRED = False
MFA_ADAPTER = "accounts.adapters.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Half a minute either way: few telephones keep time to the second.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondStepForm",
    "reauthenticate": "accounts.forms.SecondStepAgainForm",
    "activate_totp": "accounts.forms.NewAppForm",
    "add_webauthn": "accounts.forms.NewPasskeyForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "accounts.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": shared_media(
        MEDIA_BUCKET, url=MEDIA_S3_URL, region=MEDIA_S3_REGION, key=(MEDIA_S3_KEY_ID, MEDIA_S3_KEY)
    ),
    "staticfiles": {"BACKEND": "config.static.HashedStaticStorage"},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "hereabouts"}}

# Holds `site`, `council_name`, `phone`, `short_address` and `return_address`: the letterhead of printed sheets.
LOOK_MODEL = "website.LookSettings"

# Tells the GSS codes of the council whose site is asked for, where an installation has councils.
CODES_SERVED = "accounts.serving.codes_served"
# Tells which request something happens for: written with every look at somebody's record.
REQUEST_ID = "outbox.request_id.current"
# Tells whose address a request comes from: shown where somebody is signed in.
CLIENT_ADDRESS = "config.client_address.client_address"
# Tells which addresses are one line to the internet: guesses are counted for each.
HOUSEHOLD = "config.client_address.household"

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 10
# Who sends texts, and where GOV.UK Notify listens.
TEXTS = "referrals.messages.notify.NotifyTexts" if NOTIFY_KEY else "referrals.messages.texts.NoTexts"
NOTIFY_URL = "https://api.notifications.service.gov.uk"

# What the directory offers for somebody's own words, and the help strip for words that sound like danger and for now.
FIND_OFFERS = "search.offering.find_offers"
DANGER_WORDS = "search.offering.help_in_danger"
HELP_NOW = "search.offering.help_now"

# Seconds until what is remembered of searches is written, many at a time; 0: at once.
SEARCH_RECORDS_WAIT = 3.0

# Seconds that a worker may hold what it is delivering without a sign of life, and has to finish when told to stop.
OWED_WORK_HOLD = 60.0
OWED_WORK_STOP = 10.0
BACKUPS_EXPECTED = True
# What is kept and for how long, and what removes the rest.
RETENTION = "config.retention.rules"
FORGET = "config.forgetting.forget"
# Called with a subject and lines of text.
TELL_ADMINISTRATORS = "config.telling.tell_administrators"

# Other sites have no business with our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False

WAGTAIL_SITE_NAME = "Hereabouts"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_GLOBAL_EDIT_LOCK = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Passwords are the front door's affair, and nobody chooses one for somebody else.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# Nothing is fetched from an address that an editor typed.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# Uploads of staff. Each must be what its name says; no SVG, because it can hold programs, and no archives.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "website.uploads.ImageForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "rtf", "txt", "csv"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "website.uploads.DocumentForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
# Through the site, wherever documents are kept.
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# Nothing inline, here or in the Wagtail admin, which `config.headers` lets frame its own previews.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *tile_origins(MAP_TILES_URL)],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_AGE = SIGNED_IN_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.resending.resend"
# What the names of our own cookies begin with.
COOKIE_PREFIX = ""

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

LEAFLET_CONFIG = {"SPATIAL_EXTENT": (-8.7, 49.8, 1.8, 60.9), "RESET_VIEW": False}

# Errors are reported, and lines logged, without anything that anybody typed.
DEFAULT_EXCEPTION_REPORTER = "config.error_reports.ErrorReport"
LOGGING_CONFIG = "config.logs.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "config.logs.Plain"}, "json": {"()": "config.logs.Json"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    # Wagtail says several lines for each page and row that is written.
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},
        # It warns of every HEAD request whose answer has a body to leave out.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        # What was asked for is said once, by `hereabouts.requests`.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
