"""To the council's sign-in and back, and its word that somebody has signed out there."""

import logging
from collections.abc import Callable

from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from accounts.id_tokens import Claims, TokenRefused, read_logout_token
from accounts.openid import CouncilAdapter
from accounts.refusals import Refusal, refuse
from accounts.sessions import end_sessions

log = logging.getLogger(__name__)


@never_cache
@require_POST
def council_sign_in(request: HttpRequest) -> HttpResponse:
    """To the provider, when somebody presses the button: no link or picture elsewhere signs anybody in."""
    there = _with_provider(request, lambda: OAuth2LoginView.adapter_view(CouncilAdapter(request))(request))
    if "Location" not in there.headers:
        return there
    # Not a redirect: the answer to a form may lead to this site alone.
    return render(request, "accounts/going.html", {"place": there.headers["Location"], "council": settings.OIDC_NAME})


@never_cache
@require_GET
def council_answer(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    if request.GET.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        return refuse(request, Refusal.NOT_CONFIRMED)
    return _with_provider(request, lambda: OAuth2CallbackView.adapter_view(CouncilAdapter(request))(request))


def _with_provider(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        return ask()
    except TokenRefused as error:
        return refuse(request, error.code, str(error))
    except OAuth2Error:
        return refuse(request, Refusal.NOT_CONFIRMED)
    except RequestException:
        return refuse(request, Refusal.SILENT)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.warning("The sign-in service sent nonsense: %s", type(error).__name__)
        return refuse(request, Refusal.NONSENSE)


@csrf_exempt
@never_cache
@require_POST
def council_signed_out(request: HttpRequest) -> HttpResponse:
    """Back-channel logout: the provider itself says so, with a token that only it can sign."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        claims = read_logout_token(
            request.POST.get("logout_token", ""),
            issuer=settings.OIDC_ISSUER,
            client_id=settings.OIDC_CLIENT_ID,
            keys=CouncilAdapter(request).keys,
        )
    except TokenRefused as error:
        log.warning("A message that somebody signed out was refused: %s", error.code)
        return JsonResponse({"error": "invalid_request", "error_description": str(error)}, status=400)
    except (RequestException, ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("The sign-in service could not be asked for its keys: %s", type(error).__name__)
        return JsonResponse({"error": "temporarily_unavailable"}, status=503)
    end_sessions(sessions_of(claims))
    return HttpResponse()


def sessions_of(claims: Claims) -> list[UserSession]:
    """The one that the message names, or all that began at the provider for this person."""
    found = UserSession.objects.filter(data__issuer=settings.OIDC_ISSUER)
    if sid := claims.get("sid"):
        found = found.filter(data__sid=str(sid))
    if sub := claims.get("sub"):
        people = SocialAccount.objects.filter(provider=settings.OIDC_ISSUER, uid=str(sub)).values("user")
        found = found.filter(user__in=people)
    return list(found)
