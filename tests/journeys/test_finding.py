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


def test_after_apply_the_rows_are_within_sight_on_a_phone(browser, base_url, watch):
    page = watch.over(browser.new_context(base_url=base_url, viewport=NARROW)).new_page()
    page.goto("/find/?text=lunch&place=RM18+8")
    page.get_by_text("Filters", exact=True).click()
    page.locator("input[name=kind]").first.check()
    page.get_by_role("button", name="Apply").click()
    page.get_by_text("Filters (1 chosen)").wait_for()
    assert not page.locator("form.filters").is_visible()
    below = [
        page.locator(one).first.bounding_box()["y"] for one in (".results__count", ".tag", ".app-map__show", ".row")
    ]
    assert below == sorted(below)
    assert below[-1] < 2 * NARROW["height"]
    page.context.close()


def test_on_a_desk_the_filters_are_open_at_the_left_edge_of_the_page(page):
    page.goto("/find/?text=lunch&place=RM18+8")
    assert page.locator("form.filters").is_visible()
    assert page.locator(".results__filters").bounding_box()["x"] == page.locator("h1").bounding_box()["x"]


def test_a_keyboard_can_skip_the_filters(page):
    page.goto("/find/?text=lunch&place=RM18+8")
    skip = page.get_by_role("link", name="Skip to the results")
    skip.focus()
    assert skip.bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#results')")


@pytest.mark.parametrize("path", ["/", "/find/?text=lumch&place=RM18+8", "/find/?text=zeppelin&place=RM18+8"])
def test_on_a_phone_links_on_a_line_of_their_own_are_as_high_as_a_finger(browser, base_url, watch, path):
    page = watch.over(browser.new_context(base_url=base_url, viewport=NARROW)).new_page()
    page.goto(path)
    alone = ".row__name a, .results__sort a, .corrected a, .govuk-list--spaced a, .nothing a, .tag, main summary"
    heights = page.locator(alone).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 44
    page.context.close()


def test_without_scripts_nothing_is_said_of_a_map(page_without_scripts):
    page = page_without_scripts
    page.set_viewport_size(NARROW)
    page.goto("/find/?text=lunch&place=RM18+8")
    below = [page.locator(one).first.bounding_box()["y"] for one in (".results__filters-summary", ".row")]
    assert below == sorted(below)
    assert not page.locator(".results__map").is_visible()
    assert not page.get_by_text("map", exact=False).filter(visible=True).count()


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
