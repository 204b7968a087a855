"""A provider answers without an account: by the link in our mail, and the code in our text."""

import re

import pytest

from tests.journeys.filling import ANSWERED
from tests.journeys.pages import EVERY_WAY, WAYS, is_at, press, sound
from tests.journeys.post import REFERENCE

pytestmark = pytest.mark.journey


def said_no(page):
    """The part that opens for a no."""
    return page.locator("details[open]")


@WAYS
def test_a_no_leads_to_what_else_there_is_and_a_signpost(way, page_at, axe, post):
    provider, coordinator = way.page(page_at), way.page(page_at, "robin")
    number = EVERY_WAY.index(way)
    mail = post.once(lambda: post.mails("walking@example.org")[number : number + 1])[0]
    post.open(mail, provider, lambda: way.look(provider, axe))
    provider.get_by_text("No, we cannot take them").click()
    # Without a reason the form comes back open, with what was typed.
    provider.locator("#declined-words").fill("Full until May.")
    press(said_no(provider), "Send")
    provider.get_by_role("heading", name="There is a problem").wait_for()
    way.look(provider, axe)
    assert provider.locator("#declined-words").input_value() == "Full until May."
    provider.locator("#declined-reason").select_option("no-capacity")
    press(said_no(provider), "Send")
    is_at(provider, "This was declined")
    way.look(provider, axe)
    # Whoever rings about it reads out the reference in the mail.
    coordinator.goto("/people/")
    coordinator.get_by_role("textbox", name="Find somebody").fill(REFERENCE.search(mail)[1])
    press(coordinator, "Find")
    coordinator.get_by_role("link", name=re.compile("^(Wilma|Winnie|Walter)")).click()
    press(coordinator, "Find something else")
    coordinator.get_by_text("Walking club number 2 said no: they have no room just now.").wait_for()
    way.look(coordinator, axe)
    coordinator.get_by_role("button", name="Signpost or refer to").first.click()
    press(coordinator, "Signpost")
    coordinator.get_by_role("heading", name="Tell them about").wait_for()
    way.look(coordinator, axe)


def test_a_coordinator_rings_and_reads_out_a_code(page, as_staff, axe):
    as_staff(page.context)
    for place, heading in (("rang", "You rang"), ("code", "A code to read out"), ("send-again", "Write to")):
        page.goto(f"/referrals/{ANSWERED}/{place}/")
        page.get_by_role("heading", name=heading).wait_for()
        sound(page, axe)
