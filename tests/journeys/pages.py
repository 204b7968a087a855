"""What journeys do and look for on any page."""

from typing import NamedTuple

import pytest

from tests.journeys.conftest import DESKTOP, NARROW

SIZES = pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desk", "phone"])


class Way(NamedTuple):
    """How somebody comes: the size of what they look at, and whether scripts run there."""

    size: dict
    scripts: bool = True

    def page(self, page_at, name=""):
        return page_at(self.size, name, java_script_enabled=self.scripts)

    def look(self, page, axe):
        """axe is a script itself, and would wait for ever where scripts are off."""
        if self.scripts:
            sound(page, axe)
        else:
            not_cut_off(page)


EVERY_WAY = [Way(DESKTOP), Way(NARROW), Way(NARROW, scripts=False)]
WAYS = pytest.mark.parametrize("way", EVERY_WAY, ids=["desk", "phone", "no-scripts"])


def not_cut_off(page):
    # What was pressed last may have led to a page of which nothing has come yet.
    page.wait_for_load_state()
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{page.url} is {width} pixels too wide"
    assert page.locator("h1").count() == 1


def sound(page, axe):
    """Nothing that axe finds, nothing cut off, and one heading of the first kind."""
    axe(page)
    not_cut_off(page)


def press(page, name):
    page.get_by_role("button", name=name).click()


def is_at(page, heading):
    page.get_by_role("heading", name=heading, level=1).wait_for()
