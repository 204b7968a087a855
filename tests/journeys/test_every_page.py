"""Every public page, wide and narrow, with and without JavaScript: nothing that axe finds, nothing cut off."""

import gzip

import pytest

from tests.journeys.conftest import DESKTOP, NARROW
from tests.journeys.pages import sound

pytestmark = pytest.mark.journey

PAGES = [
    "/",
    "/find/",
    "/find/?text=lunch&place=RM18+8",
    "/find/?text=lunch&place=RM18+8&kind=group&day=1&access=step-free",
    "/find/?place=RM18+8&category=keeping-active&who_for=carers&age=65-over&date=weekend&time=morning&cost=up-to-5",
    "/find/?text=zeppelin&place=RM18+8",
    "/find/?place=RM17+6X",
    "/find/?place=Nowhere+at+all",
    "/find/?place=Tilbury&sort=nearest&page=2",
    "/listing/lunch-club-1/",
    "/listing/singing-club-3/",
    "/areas/",
    "/my-list/",
    "/guidance/",
    "/guidance/what-is-a-talking-shop/",
    "/news/",
    "/accessibility/",
    "/privacy/",
    "/credits/",
    "/no-such-page/",
]
LIGHTEST = 60 * 1024


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_kept_out(browser, base_url, watch, axe, path):
    for viewport in (DESKTOP, NARROW):
        context = watch.over(browser.new_context(base_url=base_url, viewport=viewport))
        page = context.new_page()
        page.goto(path, wait_until="networkidle")
        sound(page, axe)
        context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nobody_without_scripts_is_kept_out(axe_without_scripts, path):
    for viewport in (DESKTOP, NARROW):
        axe_without_scripts(path, viewport)


@pytest.mark.parametrize("path", ["/", "/find/?text=lunch&place=RM18+8", "/listing/lunch-club-1/", "/my-list/"])
def test_a_page_without_its_map_is_light(browser, base_url, watch, path):
    """All that a phone fetches before the map is asked for, as compressed bytes."""
    context = watch.over(browser.new_context(base_url=base_url, viewport=NARROW))
    page = context.new_page()
    weights = {}

    def weigh(response):
        if response.ok and "/static/assets_map/vendor" not in response.url and "/leaflet/" not in response.url:
            body = response.body()
            weights[response.url] = len(gzip.compress(body, 6))

    page.on("response", weigh)
    page.goto(path, wait_until="networkidle")
    assert sum(weights.values()) <= LIGHTEST, weights
    context.close()
