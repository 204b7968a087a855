"""Signposts, referrals and what people agreed to. Residents ask without an account."""

from tests.security.access.words import (
    ADMINISTRATOR,
    ANY,
    COORDINATOR,
    EVERYBODY,
    NOT_ONE,
    OTHER_COUNCIL,
    OTHER_TEAM,
    OWN,
    RUNNERS,
    row,
)

OF_A_PERSON = "signpost_or_refer signpost refer"
OF_A_REFERRAL = "referral withdraw mistake consent_withdrawn consent_given"
WORDING = "wagtailsnippets_referrals_consentwording"

ROWS = [
    row("referrals", "ask ask_for_me ask_for_somebody own", ANY, EVERYBODY),
    row("referrals", "refer_somebody", ANY, COORDINATOR),
    row("referrals", OF_A_PERSON, OWN, COORDINATOR),
    row("referrals", OF_A_PERSON, OTHER_TEAM, NOT_ONE),
    row("referrals", OF_A_PERSON, OTHER_COUNCIL, NOT_ONE),
    row("referrals", OF_A_REFERRAL, OWN, COORDINATOR | ADMINISTRATOR),
    row("referrals", OF_A_REFERRAL, OTHER_TEAM, ADMINISTRATOR),
    row("referrals", OF_A_REFERRAL, OTHER_COUNCIL, RUNNERS),
    row(WORDING, "list list_results add inspect history history_results", ANY, ADMINISTRATOR),
    # Nobody alters what was read out.
    row(WORDING, "edit delete usage", ANY, NOT_ONE),
    row(
        "wagtailsnippetchoosers_referrals_consentwording",
        "choose choose_results chosen chosen_multiple create",
        ANY,
        NOT_ONE,
    ),
]
