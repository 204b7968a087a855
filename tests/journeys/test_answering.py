"""A provider answers without an account: by the link in our mail, and the code in our text."""

import re
import time

import pytest

from tests.journeys.conftest import DESKTOP, NARROW, PAGE_PATIENCE, PATIENCE
from tests.journeys.filling import ANSWERED
from tests.journeys.pages import press, sound

pytestmark = pytest.mark.journey

LINK = re.compile(r"/answer/\?link=\S+")
SIZES = {"phone": NARROW, "desk": DESKTOP}


@pytest.fixture
def post(served):
    """What the site would have sent: `post.links()` to the provider, in the order of referrals, and `post.codes()`."""

    class Post:
        def said(self):
            return (served.data / "said.txt").read_text(errors="replace")

        def links(self):
            mails = [part for part in self.said().split("\nTo: ")[1:] if part.startswith("walking@example.org")]
            return [LINK.search(mail)[0] for mail in mails]

        def codes(self):
            return re.findall(r"Text to \+447700900777: (\d{6}) ", self.said())

        def once(self, ask):
            last = time.monotonic() + PATIENCE
            while time.monotonic() < last:
                if found := ask():
                    return found
                time.sleep(0.2)
            raise AssertionError("Nothing came by post.")

    return Post()


def open_by_link(page, post, number, look=lambda: None):
    """Open the referral of this number, with the code that is sent for it."""
    link = post.once(lambda: post.links()[number : number + 1])[0]
    before = len(post.codes())
    page.goto(link)
    look()
    press(page, "Text me a code")
    look()
    code = post.once(lambda: post.codes()[before:])[-1]
    page.get_by_label("Code").fill(code)
    press(page, "Open the request")
    page.get_by_text("Somebody at the door").wait_for()
    look()


@pytest.mark.parametrize("size", SIZES)
def test_a_provider_accepts_by_link_is_in_contact_and_ends(size, browser, base_url, watch, axe, post):
    context = watch.over(browser.new_context(base_url=base_url, viewport=SIZES[size]))
    context.set_default_timeout(PAGE_PATIENCE)
    page = context.new_page()
    open_by_link(page, post, list(SIZES).index(size), lambda: sound(page, axe))
    for button, stands in (("Yes, we will get in touch", "Accepted"), ("We are in contact", "In contact")):
        press(page, button)
        page.locator(".govuk-tag", has_text=stands).wait_for()
        sound(page, axe)
    press(page, "It has ended")
    page.get_by_role("heading", name="This has ended").wait_for()
    assert page.get_by_text("Somebody at the door").count() == 0
    sound(page, axe)
    context.close()


def test_a_no_leads_to_what_else_there_is_and_a_signpost_without_scripts(
    page_without_scripts, browser, base_url, watch, as_staff, axe, axe_without_scripts, post
):
    page = page_without_scripts
    open_by_link(page, post, 2)
    page.get_by_text("No, we cannot take them").click()
    # Without a reason the form comes back open, with what was typed.
    page.locator("#declined-words").fill("Full until May.")
    page.locator("details[open]").get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.locator("#declined-words").input_value() == "Full until May."
    page.locator("#declined-reason").select_option("no-capacity")
    page.locator("details[open]").get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="This was declined").wait_for()
    as_staff(page.context)
    page.goto(f"/referrals/{ANSWERED}/")
    page.get_by_role("link", name="Find something else for them").click()
    page.get_by_text("Walking club number 2 said no: no capacity.").wait_for()
    axe_without_scripts(page.url, NARROW)
    axe_without_scripts(page.url, DESKTOP)
    page.get_by_role("button", name="Signpost or refer to").first.click()
    press(page, "Signpost")
    page.get_by_role("heading", name="Tell them about").wait_for()


def test_a_coordinator_rings_and_reads_out_a_code(page, as_staff, axe):
    as_staff(page.context)
    for place, heading in (("rang", "You rang"), ("code", "A code to read out"), ("send-again", "Write to")):
        page.goto(f"/referrals/{ANSWERED}/{place}/")
        page.get_by_role("heading", name=heading).wait_for()
        sound(page, axe)
