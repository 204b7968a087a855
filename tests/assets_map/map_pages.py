"""Pages of the tests' own around the map tag, so that the map can be tried without a directory."""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from assets_map.distance import Point
from assets_map.features import Pin

HERE = SimpleNamespace(label="Tilbury (RM18 8)", point=Point(51.46234, 0.36123), approximate=True, shareable="RM18 8")

PINS = [
    Pin(Point(51.4641, 0.3590), "Lunch at the Civic", "/listing/lunch/", 1, "0.2 miles away, Civic Square", "a1"),
    Pin(None, "Sitters by phone", "/listing/sitters/", 2, "By phone", "a2"),
    Pin(Point(51.4735, 0.3302), "Chadwell tea table", "/listing/tea/", 3, "1.6 miles away, Chadwell", "a3"),
    Pin(Point(51.4642, 0.3591), "Memory café", "/listing/memory/", 4, "0.2 miles away, Civic Square", "a4"),
    Pin(Point(51.4642, 0.3591), "Carers' circle", "/listing/circle/", 5, "0.2 miles away, Civic Square", "a5"),
    Pin(Point(51.4760, 0.3250), "Grays gardeners", "/listing/gardeners/", 6, "2 miles away, Grays", "a6"),
]

PAGE = Template(
    """{% load assets_map static %}<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Map</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="{% static "website/vendor/govuk-frontend/govuk-frontend.min.css" %}">
{% assets_map_head %}</head><body class="govuk-template__body"><main class="govuk-width-container">
<h1 class="govuk-heading-l">Lunch near Tilbury</h1>
<div class="map-beside"><ol class="govuk-list" id="list">{% for pin in pins %}<li data-asset="{{ pin.asset }}">
<h2 class="govuk-heading-m"><a class="govuk-link" href="{{ pin.url }}">{{ pin.title }}</a></h2>
<p class="govuk-body">{{ pin.reason }}</p></li>{% endfor %}</ol>
{% assets_map points=drawn place=place points_url=points_url %}</div>
<p class="govuk-body"><a href="/after/" id="after">After the map</a></p></main></body></html>"""
)


def page(request: HttpRequest) -> HttpResponse:
    context = {"pins": PINS, "drawn": PINS, "place": HERE, "points_url": ""}
    if request.GET.get("points") == "missing":
        context |= {"drawn": [], "points_url": "/nowhere.json"}
    return HttpResponse(PAGE.render(RequestContext(request, context)))


urlpatterns = [path("", page), path("", include("assets_map.urls"))]
