"""A conversation in a browser: filled while listening, on a phone and a desk, without scripts, without a connection."""

import contextlib
import itertools
import re

import pytest

from tests.journeys.conftest import DESKTOP, NARROW, PAGE_PATIENCE
from tests.journeys.pages import press, sound

pytestmark = pytest.mark.journey
numbers = itertools.count(1)
MATTERS = "I used to sing every week before my husband died."
BOXES = {
    "What matters to you?": MATTERS,
    "What does a good week look like?": "Lunch with somebody on a Tuesday.",
    "Who and what is important to you?": "My sister, and the garden.",
    "What are you good at, and what do you enjoy?": "I can still sew and I know every bird.",
    "What would you like to change?": "I want to get out of the house more.",
    "Where do you live?": "RM18 8AD",
}


def start(page, called="Mary", reference=None):
    page.goto("/conversations/start/")
    page.get_by_label("Case reference").fill(reference or f"LAS-J{next(numbers)}")
    page.get_by_label("What do they like to be called?").fill(called)
    press(page, "Start listening")
    page.wait_for_url(re.compile(r"/conversations/[a-z0-9]{16}/$"))


def box(page, label):
    return page.get_by_label(label, exact=True)


def fill(page, label, words):
    """As somebody does who listens: into the box, and out of it."""
    box(page, label).fill(words)
    box(page, label).blur()


def state(page, words):
    page.locator("#state").get_by_text(words).wait_for()


def kept_here(page):
    """What the browser itself keeps, as anybody could read it who copies its files."""
    return page.evaluate("JSON.stringify(Object.entries(localStorage).filter(([name]) => name.startsWith('unsent:')))")


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desk", "phone"])
def test_listening_offering_choosing_and_finishing(page_at, axe, size):
    page = page_at(size, "robin")
    page.goto("/conversations/start/")
    sound(page, axe)
    press(page, "Start listening")
    page.get_by_role("heading", name="There is a problem").wait_for()
    sound(page, axe)
    start(page)
    sound(page, axe)
    for label, words in BOXES.items():
        fill(page, label, words)
    page.locator("[data-offer]").first.wait_for()
    sound(page, axe)
    assert "Because of “" in page.locator("#offers").inner_text()
    first = page.locator("[data-offer]").first
    name = first.locator("h3 a").inner_text().partition(" (opens")[0]
    first.get_by_role("button").click()
    listed = page.locator("[data-listed]")
    assert name in listed.inner_text()
    assert "/refer/" in listed.get_by_role("link", name="Refer, or point them there").get_attribute("href")
    listed.get_by_label("Not for them").check()
    listed.get_by_label("Their reason").fill("Too far for me")
    press(page, "Finish for today")
    page.get_by_role("heading", name="Finished. What next?").wait_for()
    sound(page, axe)
    page.reload()
    assert page.locator("[data-listed]").get_by_label("Not for them").is_checked()
    assert page.locator("[data-listed]").get_by_label("Their reason").input_value() == "Too far for me"
    assert box(page, "What matters to you?").input_value() == MATTERS


def test_the_person_has_more_room_than_the_notes(page_at):
    page = page_at(name="robin")
    start(page)
    own, notes = box(page, "What matters to you?").bounding_box(), box(page, "Your notes").bounding_box()
    assert own["width"] > notes["width"]
    assert own["height"] > notes["height"]
    assert own["y"] < notes["y"]


def test_a_whole_conversation_takes_twelve_requests_at_most(page_at):
    """Three quarters of an hour, by a clock that the test turns: every box, three listings and the plan."""
    page = page_at(name="robin")
    asked = []
    page.context.on("request", lambda one: asked.append(one) if counted(one) else None)
    page.clock.install()
    start(page)
    for label, words in {**BOXES, "Phone": "01632 960111", "Your notes": "Two chairs by the window"}.items():
        for part in (words[: len(words) // 2], words):
            box(page, label).fill(part)
            pass_time(page, 60)
        box(page, label).blur()
        pass_time(page, 180)
    page.locator("[data-offer]").first.wait_for()
    for _listing in range(3):
        page.locator("[data-offer] button").first.click()
        pass_time(page, 5)
    for number, way in enumerate(("Chosen", "Offered", "Not for them")):
        page.locator("[data-listed]").nth(number).get_by_label(way).check()
    press(page, "Finish for today")
    page.get_by_role("heading", name="Finished. What next?").wait_for()
    # Fetched as its form would: what Chromium shows a PDF with is no page of ours.
    assert page.context.request.get(f"{page.url}plan.pdf?point=18").body().startswith(b"%PDF")
    assert len(asked) + 1 <= 12, [f"{one.method} {one.url}" for one in asked]


def pass_time(page, seconds):
    """What is due is sent, and its answer comes before more time has passed."""
    for step in range(0, seconds, 30):
        page.clock.run_for(min(30, seconds - step) * 1_000)
        page.locator("#state").filter(has_not_text="Saving").wait_for()


def counted(request):
    return "/static/" not in request.url and "/look.css" not in request.url


@contextlib.contextmanager
def no_connection(page):
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


def test_nothing_is_lost_when_the_connection_drops_at_any_step(page_at):
    """Before each step the line goes; every second time the lid is closed as well, and the page opened anew."""
    page = page_at(name="robin")
    page.goto("/conversations/start/")
    page.get_by_label("Case reference").fill(f"LAS-J{next(numbers)}")
    page.get_by_label("What do they like to be called?").fill("Mary")
    page.wait_for_function("Object.keys(localStorage).some((name) => name.startsWith('unsent:'))")
    with no_connection(page):
        press(page, "Start listening")
        page.wait_for_url("chrome-error://**")
    page.goto("/conversations/start/")
    page.wait_for_function("document.getElementById('id_called').value === 'Mary'")
    press(page, "Start listening")
    page.wait_for_url(re.compile(r"/conversations/[a-z0-9]{16}/$"))
    address = page.url
    for number, (label, words) in enumerate({**BOXES, "Your notes": "Two chairs", "Phone": "01632 960111"}.items()):
        with no_connection(page):
            fill(page, label, words)
            press(page, "Save")
            state(page, "No connection.")
            if number % 2:
                reopen(page)
        if number % 2:
            page.goto(address)
        state(page, "Saved at")
    page.locator("[data-offer]").first.wait_for()
    with no_connection(page):
        page.locator("[data-offer] button").first.click()
        page.locator("[data-listed]").get_by_label("Chosen").check()
        page.locator("[data-listed]").get_by_label("Their reason").fill("On Tuesday")
        press(page, "Finish for today")
        state(page, "No connection.")
        reopen(page)
    page.goto(address)
    state(page, "Saved at")
    press(page, "Finish for today")
    page.get_by_role("heading", name="Finished. What next?").wait_for()
    page.reload()
    for label, words in BOXES.items():
        assert box(page, label).input_value() == words
    assert page.locator("[data-listed]").get_by_label("Chosen").is_checked()
    assert page.locator("[data-listed]").get_by_label("Their reason").input_value() == "On Tuesday"
    assert kept_here(page) == "[]"


def reopen(page):
    """A lid that is closed gives nothing time to be sent."""
    page.goto("about:blank")


def test_the_answer_is_lost_after_it_was_saved_and_nothing_is_doubled(page_at):
    page = page_at(name="robin")
    start(page)
    page.route("**/conversations/*/", lambda route: (route.fetch(), route.abort()))
    fill(page, "What matters to you?", MATTERS)
    press(page, "Save")
    state(page, "No connection.")
    page.unroute("**/conversations/*/")
    press(page, "Save")
    state(page, "Saved at")
    assert page.locator(".talk__clash").count() == 0
    page.reload()
    assert box(page, "What matters to you?").input_value() == MATTERS


def test_a_session_that_ran_out_loses_nothing_and_what_is_kept_is_sealed(page_at, as_staff):
    page = page_at(name="robin")
    start(page)
    address = page.url
    page.context.clear_cookies(name="sessionid")
    fill(page, "What matters to you?", "Marmalade and the choir")
    press(page, "Save")
    state(page, "You were signed out.")
    told = kept_here(page)
    assert told != "[]"
    assert "Marmalade" not in told
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("E-mail address").wait_for()
    as_staff(page.context)
    page.goto(address)
    state(page, "Saved at")
    assert box(page, "What matters to you?").input_value() == "Marmalade and the choir"
    assert kept_here(page) == "[]"


def test_signing_out_leaves_nothing_in_the_browser(page_at, served):
    page = page_at(name="robin")
    elsewhere = (served.data / "robin-elsewhere.txt").read_text()
    page.context.add_cookies([{"name": "sessionid", "value": elsewhere, "url": served.address}])
    start(page)
    page.route("**/conversations/*/", lambda route: route.abort())
    fill(page, "What matters to you?", MATTERS)
    page.wait_for_function("Object.keys(localStorage).some((name) => name.startsWith('unsent:'))")
    page.goto("/sign-in/out/")
    assert kept_here(page) != "[]"
    press(page, "Sign out")
    page.get_by_role("heading", name="You are signed out").wait_for()
    page.wait_for_function("localStorage.length === 0")


def test_two_windows_show_both_texts(page_at, axe):
    one = page_at(name="robin")
    start(one)
    other = one.context.new_page()
    other.goto(one.url)
    fill(one, "What matters to you?", "My garden")
    press(one, "Save")
    state(one, "Saved at")
    fill(other, "What matters to you?", "My sister")
    fill(other, "What would you like to change?", "Sleep")
    press(other, "Save")
    clash = other.locator(".talk__clash")
    clash.wait_for()
    assert "My garden" in clash.inner_text()
    sound(other, axe)
    clash.get_by_role("button", name="Keep both").click()
    press(other, "Save")
    state(other, "Saved at")
    one.reload()
    assert box(one, "What matters to you?").input_value() == "My garden\nMy sister"
    assert box(one, "What would you like to change?").input_value() == "Sleep"


def test_danger_leads_to_conversation_two(page_at, axe):
    page = page_at(name="robin")
    start(page)
    fill(page, "What matters to you?", "I want to kill myself.")
    page.get_by_role("heading", name="You can talk to somebody now").wait_for()
    sound(page, axe)
    press(page, "Act now: conversation two")
    page.get_by_role("heading", name="Act now", level=1).wait_for()
    sound(page, axe)
    page.get_by_label("Who was told?").fill("Ade, duty manager")
    press(page, "Write it down")
    page.get_by_text("Ade, duty manager was told on").wait_for()


def test_without_scripts_every_button_saves(browser, base_url, watch, as_staff):
    context = as_staff(watch.over(browser.new_context(base_url=base_url, java_script_enabled=False, viewport=NARROW)))
    context.set_default_timeout(PAGE_PATIENCE)
    page = context.new_page()
    start(page)
    box(page, "What matters to you?").fill(MATTERS)
    box(page, "Where do you live?").fill("RM18 8AD")
    press(page, "Show what is near")
    page.locator("[data-offer]").first.wait_for()
    page.locator("[data-offer] button").first.click()
    listed = page.locator("[data-listed]").first
    listed.get_by_label("Chosen").check()
    listed.get_by_label("Their reason").fill("On Tuesday")
    context.clear_cookies(name="sessionid")
    press(page, "Finish for today")
    page.get_by_role("heading", name="You were signed out").wait_for()
    assert MATTERS in page.locator("main").inner_text()
    as_staff(context)
    press(page, "Send what I typed")
    page.get_by_role("heading", name="Finished. What next?").wait_for()
    assert page.locator("[data-listed]").get_by_label("Their reason").input_value() == "On Tuesday"
    context.close()


def test_a_review_asks_four_questions(page_at, axe):
    page = page_at(name="robin")
    start(page)
    page.goto(f"{page.url}review/")
    sound(page, axe)
    press(page, "Start listening")
    page.get_by_role("heading", name="How things are for Mary").wait_for()
    sound(page, axe)
    assert page.locator(".talk__words textarea").count() == 4
    fill(page, "What is not?", "The bus does not come.")
    press(page, "Save")
    state(page, "Saved at")


def test_somebody_known_is_offered_first(page_at, axe):
    page = page_at(name="robin")
    start(page, reference="LAS-KNOWN")
    first = page.url
    page.goto("/conversations/start/")
    page.get_by_label("Case reference").fill("las-known")
    press(page, "Start listening")
    page.get_by_role("heading", name="You know somebody with this reference already").wait_for()
    sound(page, axe)
    press(page, "Talk with them again")
    page.wait_for_url(first)
