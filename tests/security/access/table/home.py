"""A coordinator's day, their people, being away, and handing people over."""

from tests.security.access.words import (
    ADMINISTRATOR,
    ANY,
    COORDINATOR,
    OTHER_COUNCIL,
    OTHER_TEAM,
    OWN,
    RUNNERS,
    row,
)

OF_A_PERSON = "person close_person reopen_person settle_person end_cover"

ROWS = [
    row("referrals", "today patch", ANY, COORDINATOR),
    row("referrals", "people handing_over be_away hand_over providers_to_ring", ANY, COORDINATOR | ADMINISTRATOR),
    row("referrals", "nobodys_people", ANY, ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OWN, COORDINATOR | ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OTHER_TEAM, ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OTHER_COUNCIL, RUNNERS),
]
