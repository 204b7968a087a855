"""Somebody in danger, in a browser: wide and narrow, with and without scripts, and what the browser remembers."""

import pytest

from tests.journeys.conftest import DESKTOP, NARROW
from tests.journeys.pages import not_cut_off

pytestmark = pytest.mark.journey
PROMOTED, SENTENCE, NOTHING = "he hits me", "somewhere to sing with other people", "zeppelin"


def ask(page, text, place="Tilbury"):
    page.goto("/")
    page.locator("#text").fill(text)
    page.locator("#place").fill(place)
    page.get_by_role("button", name="Find help near me").click()
    page.wait_for_url("**/find/?**")


@pytest.fixture(params=[DESKTOP, NARROW], ids=["wide", "narrow"])
def at_size(request, browser, base_url, watch):
    context = watch.over(browser.new_context(base_url=base_url, viewport=request.param))
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("text", [PROMOTED, SENTENCE, NOTHING])
def test_the_strip_can_be_read_and_rung_by_everybody(at_size, axe, text):
    page = at_size
    ask(page, text)
    axe(page)
    strip = page.get_by_role("region", name="somebody")
    assert strip.is_visible()
    assert strip.get_by_role("heading").count() >= 1
    assert strip.locator("a[href='tel:999']").is_visible()
    assert strip.locator("a[href='tel:116123']").is_visible()
    not_cut_off(page)
    small = page.evaluate(
        "[...document.querySelectorAll('.help-strip a')].map(a => a.getBoundingClientRect().height)"
        ".filter(height => height && height < 44)"
    )
    assert small == []


def test_a_rule_brings_it_to_the_top_with_what_can_help_now(page):
    ask(page, PROMOTED)
    strip = page.locator(".help-strip").bounding_box()
    title = page.locator("h1").bounding_box()
    assert strip["y"] < title["y"]
    assert page.get_by_role("heading", name="These can help now").is_visible()
    page.locator(".pinned a").first.click()
    assert page.locator("h1").inner_text() == "Memory club number 4"


def test_the_browser_remembers_no_word_of_it(page):
    ask(page, SENTENCE)
    assert "sing" not in page.url
    assert "sing" not in page.title()
    assert SENTENCE in page.locator("h1").inner_text().lower()
    page.locator(".row a").first.click()
    page.go_back()
    assert SENTENCE in page.locator("h1").inner_text().lower()
    page.reload()
    assert SENTENCE in page.locator("h1").inner_text().lower()


def test_a_link_with_a_sentence_is_not_left_in_the_history(page):
    page.goto(f"/find/?text={SENTENCE.replace(' ', '+')}&place=Tilbury")
    page.wait_for_url("**/find/?said=*")
    assert SENTENCE in page.locator("h1").inner_text().lower()


def test_filters_and_further_pages_keep_the_sentence(page):
    ask(page, SENTENCE)
    page.locator("input[name=kind]").first.check()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**kind=**")
    assert "sing" not in page.url
    assert SENTENCE in page.locator("h1").inner_text().lower()
    assert page.locator(".tag").count() >= 1


def test_without_scripts_and_without_cookies_there_is_an_answer(browser, base_url, watch):
    context = watch.over(browser.new_context(base_url=base_url, java_script_enabled=False))
    page = context.new_page()
    context.route("**/*", lambda route: route.continue_(headers={**route.request.headers, "cookie": ""}))
    page.goto("/")
    page.locator("#text").fill(SENTENCE)
    page.get_by_role("button", name="Find help near me").click()
    assert SENTENCE in page.locator("h1").inner_text().lower()
    assert page.locator(".help-strip").is_visible()
    context.close()


def test_it_is_on_paper_too(page):
    ask(page, PROMOTED)
    page.emulate_media(media="print")
    assert page.locator(".help-strip").is_visible()
    assert page.get_by_text("0808 2000 247").is_visible()


@pytest.mark.parametrize("size", [DESKTOP, NARROW])
def test_nobody_without_scripts_is_kept_out(axe_without_scripts, size):
    for text in ("he+hits+me", "somewhere+to+sing+with+other+people", "zeppelin"):
        axe_without_scripts(f"/find/?text={text}&place=RM18+8", size)
