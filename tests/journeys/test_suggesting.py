"""What the boxes offer while somebody types: by keyboard, by touch, and not at all without scripts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NARROW
from tests.journeys.pages import sound

pytestmark = pytest.mark.journey

BOX = "#text"
OPTIONS = "#text-suggestions [role=option]"


def type_into(page, box, text):
    page.locator(box).click()
    page.locator(box).press_sequentially(text, delay=20)


@pytest.fixture
def home(page):
    page.goto("/")
    return page


@pytest.fixture
def asked(page):
    """Every question for suggestions that left the page."""
    found = []
    page.on("request", lambda request: "json" in request.url and found.append(request))
    return found


def test_the_keyboard_alone_opens_chooses_and_closes(home, axe):
    box = home.locator(BOX)
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "false"
    type_into(home, BOX, "lun")
    options = home.locator(OPTIONS)
    expect(options.first).to_be_visible()
    assert box.get_attribute("aria-expanded") == "true"
    expect(home.locator(".suggest [role=status]").first).to_have_text(f"{options.count()} suggestions")
    home.keyboard.press("ArrowDown")
    first = options.first
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    axe(home)
    home.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    home.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    home.keyboard.press("Home")
    assert box.get_attribute("aria-activedescendant") is None
    home.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    assert box.input_value() == "lun"


def test_a_word_chosen_fills_the_box_and_waits_for_more(home):
    type_into(home, BOX, "lunc")
    word = home.locator(OPTIONS).get_by_text("lunch", exact=True)
    expect(word).to_be_visible()
    chosen = [one.strip() for one in home.locator(f"{OPTIONS} span:first-child").all_inner_texts()].index("lunch")
    for _press in range(chosen + 1):
        home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    assert home.locator(BOX).input_value() == "lunch"
    assert home.url.endswith("/")
    home.keyboard.press("Enter")
    home.wait_for_url("**/find/?text=lunch")


def test_a_name_chosen_is_found_first(home):
    type_into(home, BOX, "lunch club num")
    home.locator(OPTIONS).get_by_text("Lunch club number 6", exact=True).click()
    home.wait_for_url("**/find/?**")
    expect(home.locator(".row h2, .row h3, .row__name").first).to_contain_text("Lunch club number 6")


def test_words_with_a_place_fill_both_boxes(home):
    type_into(home, BOX, "lunch in til")
    option = home.locator(OPTIONS).get_by_text("lunch in Tilbury", exact=True)
    option.click()
    assert home.locator(BOX).input_value() == "lunch"
    assert home.locator("#place").input_value() == "Tilbury"
    home.get_by_role("button", name="Find help near me").click()
    home.wait_for_url("**/find/?**")
    assert home.locator(".row").count()


def test_tab_goes_on_without_choosing(home):
    type_into(home, BOX, "lun")
    expect(home.locator(OPTIONS).first).to_be_visible()
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Tab")
    expect(home.locator(OPTIONS).first).to_be_hidden()
    assert home.evaluate("document.activeElement.id") == "place"
    assert home.locator(BOX).input_value() == "lun"


def test_the_box_for_the_place_offers_places_and_never_a_postcode(home):
    type_into(home, "#place", "til")
    options = home.locator("#place-suggestions [role=option]")
    expect(options.first).to_contain_text("Tilbury")
    options.first.click()
    assert home.locator("#place").input_value() == "Tilbury"
    home.locator("#place").fill("")
    type_into(home, "#place", "rm18")
    expect(options.first).to_be_hidden()


def test_nothing_is_asked_before_something_is_typed_and_what_is_asked_stands_in_no_address(home, asked):
    home.locator(BOX).click()
    home.locator("#place").fill("RM18 8AD")
    home.wait_for_load_state("networkidle")
    asked.clear()
    type_into(home, BOX, "lunch")
    expect(home.locator(OPTIONS).first).to_be_visible()
    assert asked
    assert {(one.method, one.url.partition("/find/")[2]) for one in asked} == {("POST", "suggest.json")}


def test_what_goes_on_from_a_sentence_stays_in_the_browser(home, asked):
    home.locator(BOX).click()
    with home.expect_response("**/suggest.json"):
        home.locator(BOX).fill("i am so lonely")
    asked.clear()
    type_into(home, BOX, " since he died")
    home.wait_for_timeout(400)
    assert asked == []


def test_a_question_that_fails_leaves_the_form_as_it_is(home):
    home.route("**/suggest.json", lambda route: route.abort())
    type_into(home, BOX, "lunch")
    expect(home.locator(OPTIONS)).to_have_count(0)
    home.get_by_role("button", name="Find help near me").click()
    home.wait_for_url("**/find/?text=lunch")


def test_on_a_slow_line_the_list_comes_for_what_was_typed_last(home):
    held = []

    def answer(route):
        if "text=lunch&" in route.request.post_data:
            route.continue_()
        else:
            held.append(route)

    home.route("**/suggest.json", answer)
    with home.expect_request("**/suggest.json"):
        type_into(home, BOX, "lunc")
    home.keyboard.type("h")
    expect(home.locator(OPTIONS).first).to_be_visible()
    assert held


@pytest.mark.parametrize("path", ["/", "/find/?text=lunch&place=RM18+8", "/find/?place=Nowhere+at+all"])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_on_a_phone_the_open_list_can_be_pressed_read_and_does_not_widen_the_page(
    browser, base_url, watch, axe, path, colours
):
    page = watch.over(browser.new_context(base_url=base_url, viewport=NARROW, forced_colors=colours)).new_page()
    page.goto(path)
    again = page.locator("details.results__again summary")
    if again.count():
        again.click()
    page.locator(BOX).fill("")
    type_into(page, BOX, "club")
    options = page.locator(OPTIONS)
    expect(options.first).to_be_in_viewport()
    # In one look: between two, a later answer may draw the list anew.
    heights = options.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert heights
    assert min(heights) >= 44
    sound(page, axe)
    page.context.close()


def test_without_scripts_the_boxes_are_boxes(page_without_scripts):
    page = page_without_scripts
    page.goto("/")
    assert page.locator("[role=combobox], [role=listbox]").count() == 0
    type_into(page, BOX, "lunch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?text=lunch")
    assert page.locator(".row").count()
