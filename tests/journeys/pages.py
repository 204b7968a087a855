"""What journeys do and look for on any page."""

import pytest

from tests.journeys.conftest import DESKTOP, NARROW

SIZES = pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desk", "phone"])


def sound(page, axe):
    """Nothing that axe finds, nothing cut off, and one heading of the first kind."""
    axe(page)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{page.url} is {width} pixels too wide"
    assert page.locator("h1").count() == 1


def press(page, name):
    page.get_by_role("button", name=name).click()


def is_at(page, heading):
    page.get_by_role("heading", name=heading, level=1).wait_for()
