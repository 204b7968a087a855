"""Putting somebody in touch, in a browser: by a coordinator, with a yes or without, and by residents themselves."""

import re

import pytest

from tests.journeys.conftest import DESKTOP, NARROW, PAGE_PATIENCE
from tests.journeys.filling import ASKED, JEAN
from tests.journeys.pages import WAYS, is_at, press, sound

pytestmark = pytest.mark.journey
NUMBER = "07700 900123"


@pytest.fixture(params=[DESKTOP, NARROW], ids=["desk", "phone"])
def at_size(request, page_at):
    return page_at(request.param)


def fill_for_them(page):
    page.get_by_label("Which part of the area do they live in?").fill("Tilbury")
    page.get_by_label("What helps them get in and about?").fill("A rail at the steps")
    page.get_by_label("What would help them feel welcome?").fill("Somebody at the gate")


@WAYS
def test_an_offer_becomes_a_referral_and_is_taken_back(way, page_at, axe):
    page = way.page(page_at, "robin")
    page.goto(f"/people/{JEAN}/refer/{ASKED}/")
    way.look(page, axe)
    press(page, "Refer")
    is_at(page, "Put them in touch with Garden club number 5")
    way.look(page, axe)
    assert page.get_by_label("What do they like to be called?").input_value() == "Jean"
    press(page, "Go on")
    page.get_by_role("heading", name="There is a problem").wait_for()
    way.look(page, axe)
    fill_for_them(page)
    page.get_by_label("Yes, they agree").check()
    page.get_by_label("How did they say so?").select_option("spoken")
    press(page, "Go on")
    is_at(page, "Is anybody at risk?")
    way.look(page, axe)
    press(page, "Somebody may be at risk")
    is_at(page, "What to do now")
    way.look(page, axe)
    press(page, "back to the referral")
    press(page, "Nobody is at risk: send it")
    page.wait_for_url("**/referrals/*/")
    assert page.get_by_text("Somebody at the gate").is_visible()
    way.look(page, axe)
    page.get_by_role("link", name="They have changed their mind").click()
    way.look(page, axe)
    page.get_by_label("Why?").fill("She would rather wait for spring")
    press(page, "Take it back")
    page.get_by_text("Nothing is kept of it any more.").wait_for()
    assert page.get_by_text("Somebody at the gate").count() == 0


def test_without_a_yes_there_is_a_signpost(page_without_scripts, as_staff):
    page = page_without_scripts
    as_staff(page.context)
    page.goto(f"/listing/{ASKED}/")
    page.get_by_role("button", name="Refer somebody").click()
    # Not among the newest where others walked before.
    page.get_by_label("Find somebody").fill("Olive")
    press(page, "Look")
    page.get_by_role("link", name="Olive").first.click()
    press(page, "Refer")
    page.get_by_label("No, or not yet").check()
    press(page, "Go on")
    is_at(page, "Nothing is sent without their yes")
    press(page, "Signpost instead")
    is_at(page, "Tell them about Garden club number 5")


@WAYS
def test_somebody_asks_for_themselves_looks_and_takes_it_back(way, page_at, axe):
    page = way.page(page_at)
    page.goto(f"/listing/{ASKED}/")
    page.get_by_role("button", name="Ask to be put in touch").click()
    page.get_by_role("button", name="For me").click()
    way.look(page, axe)
    page.get_by_label("What would you like to be called?").fill("Ada")
    page.get_by_label("Your phone number").fill(NUMBER)
    page.get_by_label("Ring", exact=True).check()
    page.get_by_label("Which part of the area do you live in?").fill("Tilbury")
    page.get_by_label("What helps you get in and about?").fill("none")
    page.get_by_label("Yes, I agree").check()
    press(page, "Go on")
    is_at(page, "Is anybody in danger?")
    way.look(page, axe)
    press(page, "Nobody is in danger: send it")
    is_at(page, "We have told Riverside Neighbours")
    way.look(page, axe)
    code = page.locator(".code").inner_text()
    page.get_by_role("link", name="see how far it has got").click()
    way.look(page, axe)
    page.get_by_label("Your code").fill(code)
    page.get_by_label("The phone number or e-mail address that you gave").fill(NUMBER)
    press(page, "Show me")
    page.get_by_text("They have not opened it yet").wait_for()
    way.look(page, axe)
    press(page, "Take it back")
    is_at(page, "You took it back")
    way.look(page, axe)
    assert not re.search(f"Ada|{code}|07700", page.url)


def test_a_carer_asks_with_their_yes_and_not_without_it(at_size, axe):
    page = at_size
    page.goto(f"/ask/{ASKED}/")
    sound(page, axe)
    page.get_by_role("button", name="For somebody I care for").click()
    sound(page, axe)
    page.get_by_label("Your own name").fill("Pat, her neighbour")
    page.get_by_label("What do they like to be called?").fill("Olive")
    page.get_by_label("Through somebody else", exact=True).check()
    page.get_by_label("If through somebody else").fill(f"Pat, {NUMBER}")
    fill_for_them(page)
    page.get_by_label("No, or I have not asked").check()
    press(page, "Go on")
    is_at(page, "Nothing is sent without their yes")
    sound(page, axe)
    press(page, "They have said yes now")
    page.get_by_label("Yes, they have told me so").check()
    press(page, "Go on")
    sound(page, axe)
    press(page, "Somebody may be in danger")
    sound(page, axe)
    press(page, "Back to what I was sending")
    press(page, "Nobody is in danger: send it")
    is_at(page, "We have told Riverside Neighbours")
    sound(page, axe)


@pytest.mark.parametrize("size", [DESKTOP, NARROW])
def test_nobody_without_scripts_is_kept_out(axe_without_scripts, size):
    for path in (f"/ask/{ASKED}/", f"/ask/{ASKED}/for-me/", "/my-request/"):
        axe_without_scripts(path, size)


def test_three_presses_of_escape_leave_the_page_and_its_history(browser, base_url):
    """What the other site would answer is answered here."""
    context = browser.new_context(base_url=base_url, viewport=NARROW)
    context.set_default_timeout(PAGE_PATIENCE)
    context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Dry, later rain"))
    page = context.new_page()
    for leave in (lambda: [page.keyboard.press("Escape") for _each in range(3)], lambda: press(page, "Leave this")):
        page.goto("/privacy/")
        page.goto(f"/ask/{ASKED}/for-me/")
        page.get_by_label("What would you like to be called?").fill("Ada")
        leave()
        page.get_by_text("Dry, later rain").wait_for()
        page.go_back()
        assert page.url.endswith("/privacy/")
    context.close()
