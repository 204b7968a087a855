"""When a session ran out while somebody was typing: the words come back to them, and are not lost on the way in."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from accounts.doors import View

# What a page sends of its own.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "was", "version", "key", "do", "once", "read", "step", "to", "what"})


def keeps_what_was_typed(view: View) -> View:
    """Stands outside `accounts.doors.only`. A program is told 401; a person is shown what they sent, to send again."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or not anything_typed(request):
            return view(request, *args, **kwargs)
        if wants_json(request):
            response: HttpResponse = JsonResponse({"signed_out": True}, status=401)
        else:
            fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
            sent = [(name, text) for name, text in fields if name != "csrfmiddlewaretoken"]
            context = {"fields": sent, "shown": [text for name, text in sent if name not in NOT_TYPED and text.strip()]}
            response = render(request, "referrals/signed_out.html", context, status=401)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return door


def anything_typed(request: HttpRequest) -> bool:
    return request.method == "POST" and any(
        str(text).strip() for name, text in request.POST.items() if name not in NOT_TYPED
    )


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's own script asks."""
    return request.headers.get("Accept", "").startswith("application/json")
