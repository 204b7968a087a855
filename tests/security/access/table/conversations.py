"""Conversations: a coordinator's own; an administrator looks at those of the own council."""

from tests.security.access.words import (
    ADMINISTRATOR,
    ANY,
    COORDINATOR,
    NOT_ONE,
    OTHER_COUNCIL,
    OTHER_PATCH,
    OTHER_TEAM,
    OWN,
    RUNNERS,
    row,
)

OF_ONE = "conversation plan crisis"

ROWS = [
    row("referrals", "start", ANY, COORDINATOR),
    row("referrals", OF_ONE, OWN, COORDINATOR | ADMINISTRATOR),
    row("referrals", OF_ONE, OTHER_TEAM, ADMINISTRATOR),
    row("referrals", OF_ONE, OTHER_PATCH, ADMINISTRATOR),
    row("referrals", OF_ONE, OTHER_COUNCIL, RUNNERS),
    row("referrals", "review", OWN, COORDINATOR),
    row("referrals", "review", OTHER_TEAM, NOT_ONE),
    row("referrals", "review", OTHER_PATCH, NOT_ONE),
    row("referrals", "review", OTHER_COUNCIL, NOT_ONE),
]
