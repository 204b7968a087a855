"""A council's own machine or machines, behind https."""

from config.environment import log_format

from .base import *
from .base import LOGGING, env

TRUSTED_PROXIES = env.int("HEREABOUTS_TRUSTED_PROXIES", 1)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
# Load balancers ask over http, from within.
SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$"]
# Written by the proxy in front; with none, nobody is believed.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000
# Of hosts below this one, not beside it: off only where the site stands at the top of a domain that holds others.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HEREABOUTS_HSTS_SUBDOMAINS", True)
# Cookies that only this host can have set, over https.
COOKIE_PREFIX = "__Host-"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
LOG_FORMAT = log_format(env.str("HEREABOUTS_LOG", "json"))
LOGGING = {**LOGGING, "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}}}
# To be on the list that browsers carry is for a council to ask, of its whole domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
