"""A resident, a keyboard, a phone, and a browser without scripts."""

import pytest

from tests.journeys.conftest import NARROW

pytestmark = pytest.mark.journey


def ask(page, *, text, place):
    page.goto("/find/")
    again = page.locator("details.results__again")
    if again.count():
        again.locator("summary").click()
    page.locator("#text").fill(text)
    page.locator("#place").fill(place)
    page.get_by_role("button", name="Find help near me").click()


def test_without_scripts_a_resident_finds_reads_keeps_and_prints(page_without_scripts):
    page = page_without_scripts
    ask(page, text="lunch", place="rm18 8ad")
    page.wait_for_url("**/find/?**")
    assert "8AD" not in page.url.upper().replace("%20", " ").replace("+", " ")
    first = page.locator(".row").first
    assert first.locator(".row__reason").inner_text()
    first.get_by_role("button", name="Add to my list").click()
    assert page.get_by_role("button", name="Take off my list").count() == 1
    page.goto("/my-list/")
    assert page.locator(".row").count() == 1
    answer = page.request.get("/my-list/sheet.pdf?point=18")
    assert answer.body().startswith(b"%PDF-")


def test_a_wrong_postcode_keeps_what_was_typed_and_says_what_is_missing(page):
    ask(page, text="lunch", place="RM17 6X")
    assert page.locator("#place").input_value() == "RM17 6X"
    assert page.locator("#text").input_value() == "lunch"
    assert "RM17 6X" in page.locator("#place-error").inner_text()


def test_outside_our_area_only_what_comes_by_phone_or_online_is_offered(page):
    ask(page, text="", place="M1 1AE")
    assert page.locator(".outside").count() == 1
    assert page.locator(".row").count() > 0
    assert page.get_by_text("miles away").count() == 0


def test_the_exact_place_is_kept_in_this_browser_alone(page, browser, base_url):
    ask(page, text="lunch", place="RM18 8AD")
    page.wait_for_url("**/find/?**")
    kept = [cookie for cookie in page.context.cookies() if cookie["name"] == "where"]
    assert kept
    assert kept[0]["httpOnly"]
    assert kept[0]["expires"] == -1
    stranger = browser.new_context(base_url=base_url).new_page()
    stranger.goto(page.url)
    assert "approximate" in stranger.locator(".results__count").inner_text()


def test_filters_narrow_to_the_number_that_they_promise(page):
    page.goto("/find/?place=RM18+8")
    choice = page.locator("input[name=kind]").first
    label = page.locator(f"label[for='{choice.get_attribute('id')}']").inner_text()
    promised = int(label.rsplit("(", 1)[1].rstrip(")"))
    choice.check()
    page.get_by_role("button", name="Apply").click()
    assert page.locator(".results__count").inner_text().startswith(f"{promised} found")
    page.locator(".tag").first.click()
    assert page.locator(".tag").count() == 0


def test_the_keyboard_reaches_the_map_and_comes_out_again(page):
    page.goto("/find/?text=lunch&place=RM18+8", wait_until="networkidle")
    page.locator(".leaflet-marker-icon").first.wait_for()
    reached = []
    for _press in range(200):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "[document.activeElement.className || '', !!document.activeElement.closest('.app-map__canvas'),"
            " !!document.activeElement.closest('footer')]"
        )
        reached.append(where)
        if where[2]:
            break
    assert any(inside for _name, inside, _foot in reached), "no Tab stop inside the map"
    assert reached[-1][2], "Tab never left the map for the foot of the page"


def test_on_a_phone_the_map_comes_when_it_is_asked_for(browser, base_url, watch):
    page = watch.over(browser.new_context(base_url=base_url, viewport=NARROW)).new_page()
    page.goto("/find/?text=lunch&place=RM18+8", wait_until="networkidle")
    assert page.locator(".leaflet-container").count() == 0
    page.get_by_role("button", name="Show these on a map").click()
    page.locator(".leaflet-marker-icon").first.wait_for()
