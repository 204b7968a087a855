"""Answers of providers: without an account by a link and a code, with one, or by phone to a coordinator."""

from tests.security.access.words import (
    ANY,
    COORDINATOR,
    EVERYBODY,
    NOT_ONE,
    OTHER_COUNCIL,
    OTHER_TEAM,
    OWN,
    PROVIDER,
    row,
)

BY_PHONE = "rang read_out send_again next_best"

ROWS = [
    # Whoever has no code is led back to the first.
    row("referrals", "answer answer_one", ANY, EVERYBODY),
    row("referrals", "my_referrals", ANY, PROVIDER),
    row("referrals", "my_referral", OWN, PROVIDER),
    row("referrals", BY_PHONE, OWN, COORDINATOR),
    row("referrals", BY_PHONE, OTHER_TEAM, NOT_ONE),
    row("referrals", BY_PHONE, OTHER_COUNCIL, NOT_ONE),
]
