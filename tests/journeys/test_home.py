"""A coordinator's day in a browser: on a desk and a phone, by keyboard alone, without scripts, and handed over."""

import re

import pytest

from tests.journeys.conftest import NARROW
from tests.journeys.pages import SIZES, WAYS, is_at, press, sound

pytestmark = pytest.mark.journey


def part(page, heading):
    return page.locator("section", has=page.get_by_role("heading", name=re.compile(f"^{heading}")))


@SIZES
def test_a_day_shows_what_there_is_to_do_and_whom_it_is_about(page_at, axe, size):
    page = page_at(size, "kim")
    page.goto("/today/")
    is_at(page, "Today")
    sound(page, axe)
    for heading, name in (
        ("People to ring back", "Ada"),
        ("Nobody has answered", "Bert"),
        ("Find something else", "Cleo"),
    ):
        assert part(page, heading).get_by_role("link", name=name, exact=True).is_visible()
    assert page.get_by_role("button", name="Start a conversation").is_visible()
    for address, heading in (("/people/", "People"), ("/patch/", "Your patch: Tilbury")):
        page.goto(address)
        is_at(page, heading)
        sound(page, axe)


@SIZES
def test_somebody_is_found_and_put_away_and_brought_back(page_at, axe, size):
    page = page_at(size, "kim")
    page.goto("/people/")
    page.get_by_role("textbox", name="Find somebody").fill("las- 77777")
    press(page, "Find")
    sound(page, axe)
    assert "77777" not in page.url
    page.get_by_role("link", name="Dot").click()
    is_at(page, "Dot")
    sound(page, axe)
    press(page, "Close: there is no more to do")
    page.get_by_text("Closed: there is no more to do.").wait_for()
    sound(page, axe)
    press(page, "Open again")
    page.get_by_role("button", name="Close: there is no more to do").wait_for()


def test_by_keyboard_alone_the_oldest_promise_is_reached_and_opened(page_at):
    page = page_at(name="kim")
    page.goto("/today/")
    is_at(page, "Today")
    for _each in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Ring back"):
            break
    assert page.evaluate("document.activeElement.textContent").startswith("Ring back: Ada")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ring-backs/*/")
    assert page.get_by_text("Ada").first.is_visible()


def test_somebody_stands_in_without_scripts_and_it_is_ended(page_at):
    kim, pat = (page_at(NARROW, name, java_script_enabled=False) for name in ("kim", "pat"))
    pat.goto("/today/")
    assert pat.get_by_text("Ada").count() == 0
    kim.goto("/handing-over/")
    kim.get_by_role("button", name="Say who stands in").click()
    press(kim, "Let them stand in")
    kim.get_by_role("heading", name="There is a problem").wait_for()
    kim.get_by_label("Who stands in?").select_option(label="Pat Mercer")
    kim.get_by_label("Last day").fill(kim.get_by_label("First day").input_value())
    press(kim, "Let them stand in")
    kim.get_by_text("Pat Mercer stands in. Both of you are told.").wait_for()
    pat.goto("/today/")
    assert pat.get_by_text("You stand in for Kim Brook").is_visible()
    assert pat.get_by_text("Ada").first.is_visible()
    press(kim, "End it now")
    pat.goto("/today/")
    assert pat.get_by_text("Ada").count() == 0


@WAYS
def test_people_are_handed_over_after_it_was_shown_how_many(page_at, axe, way):
    """There and back again, so that the other journeys find them where they were."""
    kim, pat = way.page(page_at, "kim"), way.page(page_at, "pat")
    hand_over(kim, to="Pat Mercer", look=lambda: way.look(kim, axe))
    kim.goto("/today/")
    assert kim.get_by_text("You look after nobody yet.").is_visible()
    pat.goto("/today/")
    assert pat.get_by_text("Ada").first.is_visible()
    hand_over(pat, to="Kim Brook")
    kim.reload()
    assert kim.get_by_text("Fay").first.is_visible()


def hand_over(page, *, to, look=lambda: None):
    page.goto("/handing-over/")
    is_at(page, "Being away, and handing people over")
    look()
    press(page, "Hand people over")
    look()
    page.get_by_label("Who looks after them from now on?").select_option(label=to)
    press(page, "See how many it is")
    is_at(page, f"Hand over to {to}?")
    look()
    press(page, "Hand them over")
    page.get_by_text(re.compile("handed over\\.$")).wait_for()


def test_the_pages_stand_without_scripts(axe_without_scripts, page_without_scripts, as_staff):
    as_staff(page_without_scripts.context, "kim")
    for address in ("/today/", "/people/", "/handing-over/", "/handing-over/away/"):
        axe_without_scripts(address, NARROW)
