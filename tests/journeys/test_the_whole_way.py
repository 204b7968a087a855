"""From a conversation to a group that is in touch, in a browser: on a desk, on a phone, and without scripts."""

import pytest

from tests.journeys.pages import WAYS, is_at, press
from tests.journeys.test_conversations import box, start

pytestmark = pytest.mark.journey
CLUB = "Garden club number 5"


@WAYS
def test_what_somebody_says_leads_to_people_who_are_in_touch_with_them(way, page_at, axe, post):
    coordinator, provider = way.page(page_at, "robin"), way.page(page_at)

    def look():
        way.look(coordinator, axe)

    start(coordinator, called="Mary")
    choose(coordinator)
    look()
    coordinator.get_by_role("link", name="Refer, or point them there").click()
    look()
    press(coordinator, "Refer")
    look()
    say_yes(coordinator)
    press(coordinator, "Go on")
    is_at(coordinator, "Is anybody at risk?")
    look()
    press(coordinator, "Nobody is at risk: send it")
    coordinator.wait_for_url("**/referrals/*/")
    look()
    reference = coordinator.url.rstrip("/").rpartition("/")[2]
    mails = post.once(lambda: post.mails("garden@example.org", f"{reference[:4]}-{reference[4:8]}"))
    post.open(mails[0], provider, lambda: way.look(provider, axe))
    assert provider.get_by_text("A rail at the steps").is_visible()
    for button, stands in (("Yes, we will get in touch", "Accepted"), ("We are in contact", "In contact")):
        press(provider, button)
        provider.locator(".govuk-tag", has_text=stands).wait_for()
        way.look(provider, axe)
    coordinator.reload()
    assert coordinator.get_by_text("Riverside Neighbours is in touch with them").is_visible()
    press(provider, "It has ended")
    is_at(provider, "This has ended")
    assert provider.get_by_text("A rail at the steps").count() == 0
    way.look(provider, axe)


def choose(page):
    """What is near is shown for their words, and one of it is chosen."""
    box(page, "What matters to you?").fill("The garden club, and company.")
    box(page, "Where do you live?").fill("RM17 6SL")
    box(page, "Phone").fill("01632 960111")
    press(page, "Show what is near")
    press(page.locator("[data-offer]", has_text=CLUB), "Put on the list")
    page.locator("[data-listed]").get_by_label("Chosen").check()
    press(page, "Finish for today")
    page.get_by_role("heading", name="Finished. What next?").wait_for()


def say_yes(page):
    """Nothing that they told us before is asked again."""
    assert page.get_by_label("Their phone number").input_value() == "01632 960111"
    page.get_by_label("Ring", exact=True).check()
    page.get_by_label("Which part of the area do they live in?").fill("Grays")
    page.get_by_label("What helps them get in and about?").fill("A rail at the steps")
    page.get_by_label("Yes, they agree").check()
    page.get_by_label("How did they say so?").select_option("spoken")
    page.get_by_label("Yes, we may ask them how it went").check()
