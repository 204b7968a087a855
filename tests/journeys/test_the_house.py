"""The journeys' own ground: the site runs, and what is to be caught is caught."""

import pytest

from tests.journeys.conftest import NARROW, Watch

pytestmark = pytest.mark.journey


def test_a_postcode_and_a_word_lead_to_listings_with_reasons(page):
    page.goto("/")
    page.locator("input[name=place]:visible").first.fill("RM18 8AD")
    page.locator("input[name=text]:visible").first.fill("lunch")
    page.locator("input[name=text]:visible").first.press("Enter")
    page.wait_for_url("**/find/?**")
    assert "8AD" not in page.url
    assert page.get_by_text("miles away").count() > 0


def test_the_same_without_scripts(page_without_scripts):
    page_without_scripts.goto("/find/?text=lunch&place=RM18+8")
    assert page_without_scripts.get_by_role("link", name="Lunch club number 1").count() > 0


@pytest.mark.parametrize("size", [None, NARROW])
def test_axe_finds_nothing_on_the_results(page, axe, size):
    if size:
        page.set_viewport_size(size)
    page.goto("/find/?text=lunch&place=RM18+8")
    axe(page)


def test_axe_finds_nothing_where_scripts_are_off(axe_without_scripts):
    axe_without_scripts("/find/?text=lunch&place=RM18+8")


def test_axe_finds_what_is_wrong(page, axe):
    page.goto("/privacy/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/x.png\">')")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_a_request_to_another_machine_is_caught(browser, served):
    watch = Watch(served.address)
    context = watch.over(browser.new_context(base_url=served.address))
    context.route("https://elsewhere.example.org/**", lambda route: route.abort())
    page = context.new_page()
    page.goto("/privacy/")
    page.evaluate("fetch('https://elsewhere.example.org/').catch(() => 0)")
    context.close()
    assert watch.found
