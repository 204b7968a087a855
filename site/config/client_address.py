"""Whose address a request comes from, as far as our own proxies vouch for it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's address: what the outermost of our own proxies saw. What a visitor writes before that is not
    believed."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    told = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.TRUSTED_PROXIES
    if not 0 < proxies <= len(told):
        return peer
    try:
        return str(ipaddress.ip_address(told[-proxies]))
    except ValueError:
        return peer


def household(address: str) -> str:
    """What one line to the internet is given: an IPv4 address, or the 64 bits before the many of IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
