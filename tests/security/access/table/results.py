"""How it went: anybody answers by a link or a code; a coordinator asks by phone and on paper, and rings back."""

from tests.security.access.words import (
    ADMINISTRATOR,
    ANY,
    COORDINATOR,
    EVERYBODY,
    OTHER_COUNCIL,
    OTHER_TEAM,
    OWN,
    RUNNERS,
    row,
)

OF_A_PERSON = "script heard ring_back"

ROWS = [
    row("referrals", "how_did_it_go result_kept", ANY, EVERYBODY),
    row("referrals", "to_ask slips_pdf slips_are_sent ring_backs", ANY, COORDINATOR | ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OWN, COORDINATOR | ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OTHER_TEAM, ADMINISTRATOR),
    row("referrals", OF_A_PERSON, OTHER_COUNCIL, RUNNERS),
]
