import datetime as dt

import pytest

from referrals.working_days import working_days_after


@pytest.mark.parametrize(
    ("start", "days", "then"),
    [
        ("2026-11-30", 3, "2026-12-03"),
        ("2026-12-04", 1, "2026-12-07"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-12-24", 3, "2026-12-31"),
        ("2027-03-25", 1, "2027-03-30"),
    ],
)
def test_weekends_and_bank_holidays_do_not_count(start, days, then):
    assert working_days_after(dt.date.fromisoformat(start), days) == dt.date.fromisoformat(then)
