"""What is held about a person, and its erasure; and the page that asks an administrator why a record is opened."""

from tests.security.access.words import (
    ADMINISTRATOR,
    COORDINATOR,
    OTHER_COUNCIL,
    OTHER_PATCH,
    OTHER_TEAM,
    OWN,
    RUNNERS,
    row,
)

OF_A_PERSON = "held held_pdf erase"

ROWS = [
    row("referrals", OF_A_PERSON, OWN, COORDINATOR | ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OTHER_TEAM, ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OTHER_PATCH, ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OTHER_COUNCIL, RUNNERS),
    row("referrals", "why", OWN, ADMINISTRATOR),
    row("referrals", "why", OTHER_TEAM, ADMINISTRATOR),
    row("referrals", "why", OTHER_PATCH, ADMINISTRATOR),
    row("referrals", "why", OTHER_COUNCIL, RUNNERS),
]
