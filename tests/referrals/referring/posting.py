"""What browsers post from the forms of a referral."""

import re

from django.urls import reverse

CODE = "2345-6789-abcd"
ABOUT = {
    "called": "Jean", "phone": "07700 900123", "email": "", "contact": "phone", "through": "", "when": "After lunch",
    "welcome": "Somebody at the door", "company": "yes", "once": CODE,
}  # fmt: skip
REFERRED = {**ABOUT, "agree": "yes", "how": "spoken", "note": "", "step": "send"}
ASKED = {**ABOUT, "agree": "on", "step": "send"}
ASKED_FOR = {**ABOUT, "carer": "Pat, her neighbour", "agree": "yes", "step": "send"}


def refer_address(person, asset):
    return reverse("referrals:refer", args=[person.key, asset.slug])


def send(browser, person, asset, **overrides):
    return browser.post(refer_address(person, asset), {**REFERRED, **overrides})


def ask(browser, asset, **overrides):
    return browser.post(reverse("referrals:ask_for_me", args=[asset.slug]), {**ASKED, **overrides})


def ask_for(browser, asset, **overrides):
    return browser.post(reverse("referrals:ask_for_somebody", args=[asset.slug]), {**ASKED_FOR, **overrides})


def heading(response):
    return " ".join(re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)[1].split())
