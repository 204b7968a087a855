"""How it went, in a browser: by a slip's code, by a link, on the phone; and whoever is unhappy is rung back."""

import re

import pytest

from tests.journeys.conftest import DESKTOP, NARROW
from tests.journeys.how_it_went import SLIPS, opens
from tests.journeys.pages import EVERY_WAY, SIZES, WAYS, press, sound

pytestmark = pytest.mark.journey


@WAYS
def test_a_slip_is_answered_by_its_code(way, served, page_at, axe):
    page, name = way.page(page_at), SLIPS[EVERY_WAY.index(way)]
    code = opens(served)[name]
    page.goto("/how-did-it-go/")
    way.look(page, axe)
    page.get_by_label("The code on your slip").fill("K7O-4PX-9RT")
    press(page, "Go on")
    page.get_by_text("Our codes have no “O” in them").first.wait_for()
    way.look(page, axe)
    page.get_by_label("The code on your slip").fill(f"{code[:3]} {code[3:6]} {code[6:]}".lower())
    press(page, "Go on")
    page.get_by_text("What came of it?").first.wait_for()
    way.look(page, axe)
    assert page.get_by_text(name).count() == 0
    page.get_by_label("Anything you want to tell us?").fill("The bus does not come")
    press(page, "Send my answer")
    page.get_by_text("Choose what came of it").first.wait_for()
    way.look(page, axe)
    assert page.get_by_label("Anything you want to tell us?").input_value() == "The bus does not come"
    page.get_by_label("I could not get there").check()
    press(page, "Send my answer")
    page.get_by_text(re.compile("Somebody will ring you by")).wait_for()
    way.look(page, axe)


@SIZES
def test_a_link_is_answered_and_changed(served, page_at, axe, size):
    page, name = page_at(size), "Ada" if size == DESKTOP else "Bea"
    address = f"/how-did-it-go/?link={opens(served)[name]}"
    page.goto(address)
    sound(page, axe)
    page.get_by_text("Show four more").click()
    sound(page, axe)
    page.get_by_label("I go regularly").check()
    page.get_by_role("group", name="I am recognised as an individual.").get_by_label("Partly").check()
    page.get_by_label("Anything you want to tell us?").fill("They are kind")
    press(page, "Send my answer")
    page.get_by_text("What you said is kept").wait_for()
    sound(page, axe)
    page.goto(address)
    page.get_by_text("You have answered already").wait_for()
    sound(page, axe)
    assert page.get_by_label("I go regularly").is_checked()
    assert page.get_by_text("They are kind").count() == 0
    page.get_by_label("I went once").check()
    press(page, "Change my answer")
    page.get_by_text("What you said is kept").wait_for()


def test_a_link_that_is_over_says_what_to_do(page_at, axe):
    for size in (DESKTOP, NARROW):
        page = page_at(size)
        page.goto("/how-did-it-go/?link=nothing")
        page.get_by_role("heading", name="This link does not open anything any more").wait_for()
        sound(page, axe)


@SIZES
def test_a_coordinator_asks_on_the_phone_and_somebody_is_rung_back(page_at, as_staff, axe, size):
    page, name = page_at(size), "Gus" if size == DESKTOP else "Hetty"
    as_staff(page.context)
    page.goto("/to-ask/")
    sound(page, axe)
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=f"Ask {name} how it went").wait_for()
    sound(page, axe)
    press(page, "Keep these answers")
    page.get_by_role("heading", name="There is a problem").wait_for()
    sound(page, axe)
    page.get_by_text("I tried it, and it was not for me").click()
    page.get_by_label("Anything you want to tell us?").fill("Too loud for me")
    press(page, "Keep these answers")
    page.get_by_text("Somebody is to ring them back by").wait_for()
    page.get_by_role("link", name="People to ring back").click()
    sound(page, axe)
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_text("Too loud for me").wait_for()
    sound(page, axe)
    press(page, "Done")
    page.get_by_text("Write what was said").first.wait_for()
    sound(page, axe)
    page.get_by_label("What was said, and what happens next?").fill("We try the garden club together on Monday.")
    press(page, "Done")
    page.get_by_text("They are off the list").wait_for()
    assert page.get_by_role("link", name=name, exact=True).count() == 0


def test_slips_are_printed_sent_and_typed_in_when_they_come_back(page_at, as_staff, axe, served):
    page = page_at(DESKTOP)
    as_staff(page.context)
    page.goto("/to-ask/")
    with page.expect_download() as printed:
        press(page, "Print these slips (PDF)")
    assert printed.value.path().read_bytes().startswith(b"%PDF")
    press(page, "They are in the post")
    page.get_by_text("1 slip is in the post").wait_for()
    sound(page, axe)
    code = opens(served)["Nora"]
    page.get_by_role("link", name=f"{code[:3]}-{code[3:6]}-{code[6:]}").click()
    press(page, "Go on")
    page.get_by_label("I changed my mind").check()
    press(page, "Send my answer")
    page.get_by_role("link", name="Type in another slip").wait_for()
    sound(page, axe)
