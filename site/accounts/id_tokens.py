"""What a sign-in provider says of somebody, believed only after every check that OpenID Connect asks for.

TokenRefused: its text is a sentence for the person who was turned back.
"""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.once import first_time

Claims = dict[str, Any]

# Signatures by a key that only the provider has: never "none", never a secret that both sides know.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
# Clocks of two machines may differ by so much.
SKEW = dt.timedelta(seconds=60)
LONGEST = 100_000
# Of a name at the provider, as the database keeps it.
LONGEST_SUBJECT = 191
# A message to sign out is obeyed only while it is fresh.
LOGOUT_FRESH = dt.timedelta(minutes=5)
LOGOUT_TYPES = ("logout+jwt", "application/logout+jwt")
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class TokenRefused(OAuth2Error):
    """The words are for the person; the code is for the log."""

    def __init__(self, code: str, words: str | Promise) -> None:
        super().__init__(str(words))
        self.code = code


UNREADABLE = ("unreadable", _("The sign-in service sent something that we cannot read."))
# From the most telling to the least: an expired token is also an invalid one.
REASONS: tuple[tuple[type[Exception], str, Any], ...] = (
    (jwt.ExpiredSignatureError, "expired", _("What the sign-in service sent is too old.")),
    (
        jwt.ImmatureSignatureError,
        "early",
        _("What the sign-in service sent is dated in the future: its clock and ours do not agree."),
    ),
    (jwt.InvalidIssuerError, "issuer", _("What the sign-in service sent comes from another service.")),
    (jwt.InvalidAudienceError, "audience", _("What the sign-in service sent was meant for another site.")),
    (
        jwt.InvalidSignatureError,
        "signature",
        _("What the sign-in service sent is not signed by it."),
    ),
    (jwt.InvalidAlgorithmError, "algorithm", _("What the sign-in service sent is not signed in a way that we trust.")),
    (jwt.MissingRequiredClaimError, "incomplete", _("What the sign-in service sent lacks something that we need.")),
)

Keys = Callable[[], Claims]


def read_id_token(token: str, *, issuer: str, client_id: str, keys: Keys) -> Claims:
    """The claims of an id token."""
    claims = _read(token, issuer=issuer, client_id=client_id, keys=keys, needed=["exp", "iat", "iss", "aud", "sub"])
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise TokenRefused(*UNREADABLE)
    others = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", client_id) != client_id or (len(others) > 1 and "azp" not in claims):
        raise TokenRefused("audience", _("What the sign-in service sent was meant for another site."))
    return claims


def read_logout_token(token: str, *, issuer: str, client_id: str, keys: Keys) -> Claims:
    """The claims of a message that somebody has signed out at the provider; each is obeyed once."""
    claims = _read(token, issuer=issuer, client_id=client_id, keys=keys, needed=["iat", "iss", "aud", "jti", "events"])
    # No other token of the provider's may pass for one.
    if str(jwt.get_unverified_header(token).get("typ", "")).lower() not in LOGOUT_TYPES:
        raise TokenRefused("event", _("This is not a message that somebody signed out."))
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict) or "nonce" in claims:
        raise TokenRefused("event", _("This is not a message that somebody signed out."))
    if not any(isinstance(claims.get(name), str) for name in ("sub", "sid")):
        raise TokenRefused("incomplete", _("The message does not say who signed out."))
    if claims["iat"] < time.time() - (LOGOUT_FRESH + SKEW).total_seconds():
        raise TokenRefused("expired", _("The message is too old."))
    if not first_time(f"logout token {issuer} {claims['jti']}", kept=2 * (LOGOUT_FRESH + SKEW)):
        raise TokenRefused("replayed", _("The message was sent before."))
    return claims


def _read(token: str, *, issuer: str, client_id: str, keys: Keys, needed: list[str]) -> Claims:
    if not isinstance(token, str) or len(token) > LONGEST:
        raise TokenRefused(*UNREADABLE)
    try:
        header = jwt.get_unverified_header(token)
        # Cheap, and before keys are fetched: a stranger's token costs the provider nothing.
        if jwt.decode(token, options={"verify_signature": False}).get("iss") != issuer:
            raise jwt.InvalidIssuerError
        if header.get("alg") not in ALGORITHMS:
            raise jwt.InvalidAlgorithmError
        return jwt.decode(
            token,
            _key_of(header, keys()),
            algorithms=[header["alg"]],
            issuer=issuer,
            audience=client_id,
            leeway=SKEW,
            options={"require": needed, "strict_aud": False},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise refusal_of(error) from error


def _key_of(header: Claims, published: Claims) -> jwt.PyJWK:
    """The published key that the header names; with no name, the only one there is."""
    fit = [key for key in jwt.PyJWKSet.from_dict(published).keys if key.public_key_use in {None, "sig"}]
    named = [key for key in fit if key.key_id == header.get("kid")] if "kid" in header else fit
    if len(named) != 1:
        raise jwt.InvalidSignatureError
    return named[0]


def refusal_of(error: Exception) -> TokenRefused:
    """The refusal with words for what a library found wrong."""
    for kind, code, words in REASONS:
        if isinstance(error, kind):
            return TokenRefused(code, words)
    return TokenRefused(*UNREADABLE)
