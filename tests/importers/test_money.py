from decimal import Decimal

import pytest

from importers.errors import Unreadable
from importers.money import read_costs


@pytest.mark.parametrize(
    ("written", "amount", "per", "note"),
    [
        ("£4 a visit (with tea)", "4", "visit", "with tea"),
        ("£16 an hour", "16", "hour", ""),
        ("£3.50 a week", "3.50", "week", ""),
        ("£95 a night", "95", "night", ""),
        ("£1,200 a year", "1200", "year", ""),
        ("£4", "4", "visit", ""),
        ("50p a session", "0.50", "visit", ""),
        ("£10/hour", "10", "hour", ""),
        ("Free", "0", "visit", ""),
        ("free of charge (for members)", "0", "visit", "for members"),
    ],
)
def test_a_price_is_pounds_for_something(written, amount, per, note):
    (cost,) = read_costs(written)
    assert (cost.amount, cost.per, cost.note) == (Decimal(amount), per, note)


def test_a_donation_has_no_amount():
    assert read_costs("Donation")[0].amount is None


def test_several_prices_stay_in_order_and_brackets_keep_their_semicolons():
    costs = read_costs("Free (members); £1 a visit (others; pay at the door)")
    assert [cost.note for cost in costs] == ["members", "others; pay at the door"]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("-£4 a visit", "less than nothing"),
        ("£-4 a visit", "less than nothing"),
        ("=cmd()", "is not a price"),
        ("£2 to £4 a visit", "is not a price"),
        ("£4 a fish", "say what it buys"),
        ("£9999999 a day", "more than anything here can cost"),
        ("£99999999999999999999 a day", "is not a price"),
        ("ask", "is not a price"),
        ("£4 a visit (" + "x" * 200 + ")", "longer than 120 letters"),
        ("Free; " * 20, "more than 12 prices"),
    ],
)
def test_what_is_no_price_says_why(written, why):
    with pytest.raises(Unreadable, match=why):
        read_costs(written)
