"""A listing as schema.org data (JSON-LD), for search engines and other directories; hidden venues are never in it."""

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from directory.choices import Reach, Repeats
from directory.words import phone_link

if TYPE_CHECKING:
    from directory.models import Asset, Cost, Session, Venue

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What cannot stand in a script element, as JSON may write it.
UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def listing_data(asset: "Asset", *, address: str) -> dict[str, Any]:
    """A schema.org Service (https://schema.org/Service). `address` is the listing's full web address."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": address,
        "url": address,
        "name": asset.name,
        "description": asset.summary,
        "serviceType": str(asset.get_kind_display()),
        "category": [category.name for category in asset.categories.all()],
        "provider": _provider(asset),
        "areaServed": [{"@type": "AdministrativeArea", "name": str(area)} for area in asset.coverage.all()],
        "availableChannel": _channels(asset),
        "hoursAvailable": [_hours(session) for session in asset.sessions.all() if session.repeats == Repeats.WEEKLY],
        "offers": [_offer(cost) for cost in asset.costs.all() if cost.amount is not None],
        "availableLanguage": ["en", *map(str, asset.languages)] if asset.languages else [],
    }
    return {name: value for name, value in data.items() if value}


def as_json(data: dict[str, Any]) -> SafeString:
    """JSON that may stand in a `script type="application/ld+json"` whatever the listing says."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(UNSAFE))  # noqa: S308  # nothing can end the script


def _provider(asset: "Asset") -> dict[str, Any]:
    if asset.provider is None:
        return {}
    return _filled({"@type": "Organization", "name": asset.provider.name, "url": asset.provider.website})


def _channels(asset: "Asset") -> list[dict[str, Any]]:
    """The ways to it: its numbers, its site, and the places that may be shown."""
    contact = {
        "servicePhone": _phone(asset.phone),
        "serviceSmsNumber": _phone(asset.text_number),
        "serviceUrl": asset.website if Reach.ONLINE in asset.reach or asset.website else "",
    }
    channels = [_filled({"@type": "ServiceChannel", **contact})] if any(contact.values()) else []
    for venue in asset.visited_venues:
        channels.append({"@type": "ServiceChannel", "serviceLocation": _place(venue)})
    return channels


def _phone(number: str) -> dict[str, Any]:
    link = phone_link(number) if number else ""
    return {"@type": "ContactPoint", "telephone": link.removeprefix("tel:")} if link else {}


def _place(venue: "Venue") -> dict[str, Any]:
    street = ", ".join(line.strip() for line in venue.address.splitlines() if line.strip())
    postal = {
        "streetAddress": street,
        "addressLocality": venue.town,
        "postalCode": venue.postcode,
        "addressCountry": "GB",
    }
    place: dict[str, Any] = {
        "@type": "Place",
        "name": venue.name,
        "address": {"@type": "PostalAddress", **_filled(postal)},
    }
    if venue.point is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.point.lat, "longitude": venue.point.lon}
    return place


def _hours(session: "Session") -> dict[str, Any]:
    hours = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{DAYS[session.weekday]}",
        "opens": f"{session.starts_at:%H:%M}",
        "closes": f"{session.ends_at:%H:%M}" if session.ends_at else "",
        "validFrom": session.first_on.isoformat() if session.first_on else "",
        "validThrough": session.last_on.isoformat() if session.last_on else "",
    }
    return _filled(hours)


def _offer(cost: "Cost") -> dict[str, Any]:
    offer = {
        "@type": "Offer",
        "price": f"{cost.amount:.2f}",
        "priceCurrency": "GBP",
        "description": str(cost),
    }
    return _filled(offer)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}
