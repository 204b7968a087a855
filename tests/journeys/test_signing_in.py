"""Coming in by the front door: by a link, a password and an app; by a passkey; by the council's own sign-in."""

import os
import re
import time

import pytest

from tests.accounts.front_door import code_at
from tests.accounts.keycloak import PASSWORD as AT_KEYCLOAK
from tests.journeys.conftest import DESKTOP, NARROW, PAGE_PATIENCE, PATIENCE, Watch
from tests.journeys.pages import sound

pytestmark = pytest.mark.journey
CHOSEN = "kettle bus gravel"


def last_letter(served, before):
    """The link in the letter that the server wrote since then: without a mail server it writes it to its own log."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        written = (served.data / "said.txt").read_text()[before:]
        if found := re.search(r"http://\S+(/sign-in/link/\?link=\S+)", written):
            return found[1]
        time.sleep(0.1)
    pytest.fail("No letter came.")


def come_by_link(page, served):
    """Ask for a link, open it, and choose a password."""
    before = len((served.data / "said.txt").read_text())
    page.goto("/sign-in/")
    page.get_by_role("link", name="You have no password yet").click()
    page.get_by_label("E-mail address").fill(served.staff)
    page.get_by_role("button", name="Send the link").click()
    page.get_by_role("heading", name="Look in your e-mail").wait_for()
    page.goto(last_letter(served, before))
    assert "link=" not in page.url
    page.get_by_label("New password", exact=True).fill(CHOSEN)
    page.get_by_label("New password again").fill(CHOSEN)
    page.get_by_role("button", name="Use this password").click()
    page.get_by_text("Your password is set.").wait_for()


def give_password(page, served):
    page.get_by_label("E-mail address").fill(served.staff)
    page.get_by_label("Password").fill(CHOSEN)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sound_at_both(page, axe):
    for size in (NARROW, DESKTOP):
        page.set_viewport_size(size)
        sound(page, axe)


def remove_every_second_step(page):
    """Another journey begins where this one did."""
    page.goto("/sign-in/how/")
    while (remove := page.get_by_role("link", name="Remove")).count():
        remove.first.click()
        page.get_by_role("button", name="Remove").click()
        page.get_by_role("heading", name="How you sign in").wait_for()


def test_a_link_a_password_and_an_app_without_scripts(page_without_scripts, served):
    page = page_without_scripts
    come_by_link(page, served)
    give_password(page, served)
    page.get_by_text("Set up one of these two before you go on.").wait_for()
    page.goto("/admin/")
    assert page.url.endswith("/sign-in/how/")
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("code.letters").inner_text()
    page.get_by_label("The code that the app shows now").fill(code_at(secret=secret))
    page.get_by_role("button", name="Use this app").click()
    page.get_by_role("heading", name="Codes to write down").wait_for()
    code = page.locator("ul.letters li").first.inner_text()
    page.get_by_role("link", name="To the admin").click()
    page.wait_for_url("**/admin/")
    page.goto("/sign-in/how/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    give_password(page, served)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/admin/")
    remove_every_second_step(page)


def test_a_passkey_signs_in_and_every_page_on_the_way_is_sound(browser, served, axe):
    # Browsers know passkeys at names and not at numbers.
    address = served.address.replace("127.0.0.1", "localhost")
    watch = Watch(address)
    context = watch.over(browser.new_context(base_url=address, viewport=DESKTOP))
    context.set_default_timeout(PAGE_PATIENCE)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    able = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    shape = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True, **able}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": shape})
    come_by_link(page, served)
    sound_at_both(page, axe)
    give_password(page, served)
    page.get_by_text("Set up one of these two before you go on.").wait_for()
    sound_at_both(page, axe)
    page.get_by_role("link", name="Set up an app").click()
    sound_at_both(page, axe)
    page.goto("/sign-in/how/")
    page.get_by_role("link", name="Add a passkey").click()
    sound_at_both(page, axe)
    page.get_by_label("Name").fill("My telephone")
    page.get_by_role("button", name="Add this device or key").click()
    page.get_by_role("heading", name="Codes to write down").wait_for()
    sound_at_both(page, axe)
    page.goto("/sign-in/where/")
    sound_at_both(page, axe)
    page.goto("/sign-in/password/")
    sound_at_both(page, axe)
    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    sound_at_both(page, axe)
    page.goto("/sign-in/?next=/sign-in/how/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("My telephone").first.wait_for()
    sound_at_both(page, axe)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    give_password(page, served)
    page.get_by_role("heading", name="The second step").wait_for()
    sound_at_both(page, axe)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/")
    remove_every_second_step(page)
    context.close()
    assert watch.found == []


@pytest.mark.skipif(
    not os.environ.get("OIDC_ISSUER"),
    reason="No OpenID Connect provider: start ../shared/keycloak/server and export what it prints.",
)
def test_the_council_s_own_sign_in_and_out_at_both_ends(browser, served, axe):
    """In a browser that holds to our policy: no form of ours may lead to another site."""
    there = os.environ["OIDC_ISSUER"].partition("/realms/")[0]
    context = browser.new_context(base_url=served.address, viewport=DESKTOP)
    context.set_default_timeout(PAGE_PATIENCE)
    broken = []
    context.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    page = context.new_page()
    page.goto("/sign-in/")
    sound_at_both(page, axe)
    page.get_by_role("button", name="Sign in with your example account").click()
    page.wait_for_url(f"{there}/**")
    page.locator("#username").fill("moderator")
    page.locator("#password").fill(AT_KEYCLOAK)
    page.locator("#kc-login").click()
    page.wait_for_url("**/admin/")
    page.goto("/sign-in/how/")
    page.get_by_text("You sign in with your example account.").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/out/done/")
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with your example account").click()
    page.wait_for_url(f"{there}/**")
    page.locator("#password").wait_for()
    assert page.url.startswith(there)
    context.close()
    assert broken == []
