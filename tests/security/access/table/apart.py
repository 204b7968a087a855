"""People of another patch, and referrals to another provider, for every door that opens on somebody."""

from tests.security.access.words import (
    ADMINISTRATOR,
    COORDINATOR,
    NOT_ONE,
    OTHER_COUNCIL,
    OTHER_PATCH,
    OTHER_PROVIDER,
    OTHER_TEAM,
    row,
)

SEEN_BY_ADMINISTRATORS = """
    person close_person reopen_person settle_person script heard ring_back referral
    withdraw mistake consent_withdrawn consent_given
"""
DONE_BY_COORDINATORS = "signpost_or_refer signpost refer rang read_out send_again next_best"
OF_A_REFERRAL = "referral withdraw mistake consent_withdrawn consent_given heard"

ROWS = [
    row("referrals", SEEN_BY_ADMINISTRATORS, OTHER_PATCH, ADMINISTRATOR),
    row("referrals", DONE_BY_COORDINATORS, OTHER_PATCH, NOT_ONE),
    # A coordinator's own person, and a provider whose members are others.
    row("referrals", OF_A_REFERRAL, OTHER_PROVIDER, COORDINATOR | ADMINISTRATOR),
    *(
        row("referrals", "my_referral", whose, NOT_ONE)
        for whose in (OTHER_PROVIDER, OTHER_TEAM, OTHER_PATCH, OTHER_COUNCIL)
    ),
]
