"""The map in a real browser, on a page of the tests' own; the journey through the results page is elsewhere."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from assets_map.models import Area
from assets_map.outlines import forget_outlines
from tests.factories.assets_map import make_area, make_barrier

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
LUNCH = "1. Lunch at the Civic. 0.2 miles away, Civic Square"


@pytest.fixture(scope="module")
def chromium(playwright):
    # Playwright's loop runs in this thread, where Django would otherwise refuse its database.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # The run's own playwright: a second one would not start where journeys have begun in this process.
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
    yield browser
    browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def address(live_server, settings):
    settings.ROOT_URLCONF = "tests.assets_map.map_pages"
    cache.clear()
    forget_outlines()
    make_area(corners=(0.30, 51.455, 0.38, 51.49))
    make_barrier()
    yield live_server.url
    forget_outlines()


@pytest.fixture
def visit(chromium, address):
    contexts = []

    def open_page(size, *, path="/", cookies=(), **options):
        context = chromium.new_context(viewport=size, reduced_motion="reduce", **options)
        contexts.append(context)
        context.add_cookies(list(cookies))
        page = context.new_page()
        page.trouble = []
        page.asked = []
        page.on("console", lambda said: page.trouble.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def shown(page):
    expect(page.locator(".map-area--neighbourhood")).to_be_attached()
    expect(page.get_by_role("button", name="places").first).to_be_visible()
    return page


def focused(page):
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
    )


def tab_to(page, name, *, most=40):
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return
    pytest.fail(f"Tab never came to {name}, but to {focused(page)}")


def press_corner(canvas, x, y, corners):
    """Press until that many corners are drawn: the tool is deaf for 50 ms after each, and a browser is quicker."""
    for _ in range(10):
        canvas.click(position={"x": x, "y": y})
        if canvas.locator(".leaflet-editing-icon").count() == corners:
            return
    pytest.fail(f"{corners} corners were never drawn")


def open_lunch(page):
    page.get_by_role("button", name="3 places in one spot").press("Enter")
    pin = page.get_by_role("button", name=LUNCH)
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    return pin


def test_it_stands_beside_the_list_on_a_wide_screen_and_asks_nobody_else(visit, address):
    page = shown(visit(WIDE))
    assert page.trouble == []
    assert all(url.startswith((address, "data:")) for url in page.asked)
    expect(page.locator(".map-barrier-name")).to_have_text("River Thames")
    expect(page.locator(".map-here__words")).to_have_text("You are about here")


def test_on_a_phone_nothing_of_it_is_fetched_until_the_button_is_pressed(visit):
    page = visit(NARROW)
    button = page.get_by_role("button", name="Show these on a map")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert not [url for url in page.asked if "leaflet" in url or "areas.json" in url]
    button.press("Enter")
    shown(page)
    expect(page.get_by_role("button", name="Hide the map")).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_javascript_the_list_is_complete_and_no_box_is_empty(visit):
    page = visit(WIDE, java_script_enabled=False)
    assert page.locator("li[data-asset]").count() == 6
    expect(page.locator(".app-map")).to_be_hidden()
    assert page.locator("#list").bounding_box()["width"] > 800


def test_rows_carry_the_numbers_of_their_pins(visit):
    page = shown(visit(WIDE))
    assert page.locator(".map-number").all_text_contents() == ["1", "3", "4", "5", "6"]
    expect(page.locator("li[data-asset=a2] .map-number")).to_have_count(0)


def test_the_keyboard_opens_a_pin_and_escape_gives_the_focus_back(visit):
    page = shown(visit(WIDE))
    tab_to(page, "3 places in one spot")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=LUNCH)).to_be_focused()
    page.keyboard.press("Enter")
    link = page.locator(".map-popup").get_by_role("link", name="1. Lunch at the Civic")
    expect(link).to_be_focused()
    assert link.get_attribute("href").endswith("/listing/lunch/")
    expect(page.get_by_role("status")).to_have_text(LUNCH)
    expect(page.locator("li[data-asset=a1]")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".map-popup")).to_have_count(0)
    expect(page.get_by_role("button", name=LUNCH)).to_be_focused()
    assert page.locator("li[aria-current]").count() == 0


def test_pins_come_in_the_order_of_the_list(visit):
    page = shown(visit(WIDE))
    page.get_by_role("button", name="3 places in one spot").press("Enter")
    expect(page.get_by_role("button", name=LUNCH)).to_be_focused()
    orders = page.locator(".leaflet-marker-pane > *").evaluate_all("all => all.map((one) => Number(one.dataset.order))")
    assert orders == sorted(orders)
    assert len(orders) >= 4
    expect(page.get_by_role("button", name="3 places in one spot")).to_have_count(0)


def test_the_keyboard_goes_through_the_map_and_out_of_it_both_ways(visit):
    page = shown(visit(WIDE))
    tab_to(page, "Skip past the map")
    tab_to(page, "Zoom out")
    tab_to(page, "After the map", most=3)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert focused(page) in {"Zoom in", "Zoom out"}


def test_the_map_can_be_skipped(visit):
    page = shown(visit(WIDE))
    tab_to(page, "Skip past the map")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "After the map"


def test_a_cluster_zooms_in_and_the_focus_goes_to_its_first_pin(visit):
    page = visit(NARROW)
    page.get_by_role("button", name="Show these on a map").press("Enter")
    shown(page)
    page.get_by_role("button", name="2 places, zoom in").press(" ")
    expect(page.get_by_role("button", name="3. Chadwell tea table")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("2 places, now apart.")


def test_a_row_lights_its_pin_or_the_cluster_that_holds_it(visit):
    page = shown(visit(WIDE))
    page.locator("li[data-asset=a4] a").focus()
    assert page.locator(".map-pin--lit").get_attribute("aria-label").startswith("3 places")
    page.locator("li[data-asset=a2] a").focus()
    expect(page.locator(".map-pin--lit")).to_have_count(0)


def test_the_pop_up_leads_back_to_the_row(visit):
    page = shown(visit(WIDE))
    open_lunch(page)
    page.get_by_role("button", name="Go to it in the list").press("Enter")
    assert focused(page) == "Lunch at the Civic"


def test_when_the_places_cannot_be_fetched_the_page_says_so_and_can_try_again(visit):
    page = visit(NARROW, path="/?points=missing")
    page.get_by_role("button", name="Show these on a map").press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("The map could not be shown. Everything is in the list.")
    assert page.locator("li[data-asset]").count() == 6


def test_buttons_are_big_enough_for_a_finger(visit):
    page = shown(visit(WIDE))
    open_lunch(page)
    for name in ("Zoom in", "Zoom out", "Close", "Go to it in the list", LUNCH):
        size = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert min(size["width"], size["height"]) >= 44, name


def test_staff_draw_an_area_with_the_mouse_and_it_is_saved(visit, address, client, settings):
    settings.ROOT_URLCONF = "config.urls"
    client.force_login(get_user_model().objects.create_superuser("ed", "ed@example.org", "long enough to pass"))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    page = visit(WIDE, path=reverse(Area.snippet_viewset.get_url_name("add")), cookies=[session])
    page.get_by_title("Draw the area").click()
    canvas = page.locator("[data-draw-map]")
    for x, y, corners in [(200, 200, 1), (400, 200, 2), (400, 320, 3), (200, 200, 0)]:
        press_corner(canvas, x, y, corners)
    expect(page.locator("[data-draw-status]")).to_have_text("Drawn. Save the page to keep it.")
    page.locator("input[name=name]").fill("Riverside")
    page.locator("select[name=kind]").select_option("drawn")
    page.locator("input[name=code]").fill("D1")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Riverside").first).to_be_visible()
    drawn = Area.objects.get(code="D1")
    assert drawn.shape["type"] == "Polygon"
    assert drawn.west < drawn.east
    assert page.trouble == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing_with_the_map_and_a_pop_up_open(visit, size):
    page = visit(size)
    if size is NARROW:
        page.get_by_role("button", name="Show these on a map").press("Enter")
    open_lunch(shown(page))
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
