"""Staff sign in at their council's own OpenID Connect provider, whichever it is.

allauth takes people there and back, with state and PKCE; what it leaves open is closed here: a nonce, the signature of
the id token although it came straight from the provider, an issuer that is the one in the settings, and clocks that
differ a little.
"""

import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.id_tokens import SKEW, Claims, TokenRefused, read_id_token
from accounts.roles import Role


def council_app() -> SocialApp:
    """The one provider, as the settings have it; an account of it is known by this issuer and `sub`."""
    return SocialApp(
        provider=CouncilProvider.id,
        provider_id=settings.OIDC_ISSUER,
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={"server_url": settings.OIDC_ISSUER.rstrip("/"), "scope": settings.OIDC_SCOPES},
    )


class CouncilAdapter(OpenIDConnectOAuth2Adapter):
    """Speaks with the provider."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, settings.OIDC_ISSUER)

    @property
    def openid_config(self) -> Claims:
        """What the provider says of itself; another's word is not taken."""
        config = super().openid_config
        if config.get("issuer") != settings.OIDC_ISSUER:
            raise TokenRefused("issuer", _("The sign-in service says that it is another one than we were told."))
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return build_absolute_uri(request, reverse("council_answer"))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Who signed in, by an id token that is the provider's own; what it leaves out is asked for."""
        given = kwargs["response"].get("id_token")
        if not given:
            raise TokenRefused("incomplete", _("The sign-in service did not say who you are."))
        claims = read_id_token(given, issuer=settings.OIDC_ISSUER, client_id=app.client_id, keys=self.keys)
        if claim_at(claims, settings.OIDC_GROUPS_CLAIM) is None or "email" not in claims:
            claims = {**self._asked_for(token, claims), **claims}
        login = self.get_provider().sociallogin_from_response(request, claims)
        login.claims, login.id_token = claims, given
        return login

    def keys(self) -> Claims:
        """The provider's keys, as it publishes them."""
        return self.fetch(self.openid_config["jwks_uri"])

    def fetch(self, address: str, **headers: str) -> Claims:
        with get_adapter().get_requests_session() as session:
            response = session.get(address, headers=headers)
            response.raise_for_status()
            found: Claims = response.json()
            return found

    def _asked_for(self, token: SocialToken, claims: Claims) -> Claims:
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        found = self.fetch(self.openid_config["userinfo_endpoint"], Authorization=f"Bearer {token.token}")
        if found.get("sub") != claims["sub"]:
            raise TokenRefused("subject", _("The sign-in service spoke of somebody else."))
        return found


class CouncilProvider(OpenIDConnectProvider):
    """The council's own sign-in."""

    oauth2_adapter_class = CouncilAdapter
    pkce_enabled_default = True

    def get_oauth2_adapter(self, request: HttpRequest) -> CouncilAdapter:
        return CouncilAdapter(request)

    def redirect_from_request(self, request: HttpRequest) -> HttpResponse:
        """To the provider. Nothing in the address but `next` is heard: it may have come from anybody."""
        asked = self.get_redirect_from_request_kwargs(request)
        nonce = secrets.token_urlsafe(24)
        more = {"nonce": nonce, "max_age": str(settings.SIGNED_IN_HOURS * 3600)}
        if settings.OIDC_ACR:
            more["acr_values"] = " ".join(settings.OIDC_ACR)
        next_url = asked.get("next_url")
        return self.redirect(request, AuthProcess.LOGIN, next_url=next_url, auth_params=more, nonce=nonce)

    def extract_uid(self, data: Claims) -> str:
        return str(data["sub"])

    # The claims are read at each sign-in and not kept.
    def extract_extra_data(self, data: Claims) -> Claims:
        return {}

    def extract_common_fields(self, data: Claims) -> Claims:
        return {}

    def extract_email_addresses(self, data: Claims) -> list[Any]:
        return []


def claim_at(claims: Claims, path: str) -> Any:
    """A claim by its name, or inside others by a path with dots; none when it is not there."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def roles_in(claims: Claims) -> list[Role]:
    """The roles for the groups that somebody is in; a claim that is absent, or no list of names, counts as none."""
    given = claim_at(claims, settings.OIDC_GROUPS_CLAIM)
    groups = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    held = {settings.OIDC_ROLES[group] for group in groups if isinstance(group, str) and group in settings.OIDC_ROLES}
    return [role for role in Role if role.value in held]


def not_strong_enough(claims: Claims) -> bool:
    """Whether somebody signed in there in a way, or so long ago, that it does not count here."""
    if settings.OIDC_ACR and claims.get("acr") not in settings.OIDC_ACR:
        return True
    signed_in_at = claims.get("auth_time")
    oldest = time.time() - settings.SIGNED_IN_HOURS * 3600 - SKEW.total_seconds()
    return isinstance(signed_in_at, int | float) and signed_in_at < oldest


def way_out(request: HttpRequest, id_token: str) -> str:
    """Where the provider ends its own session and leads back from; empty when it has no such place."""
    adapter = CouncilAdapter(request)
    place = adapter.openid_config.get("end_session_endpoint", "")
    if urlsplit(place).scheme not in {"https", "http"}:
        return ""
    back = build_absolute_uri(request, reverse("signed_out"))
    asked = {"id_token_hint": id_token, "client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": back}
    return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"
