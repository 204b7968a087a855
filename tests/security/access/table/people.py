"""Accounts, councils, teams and looks. An administrator keeps those of the own council."""

from tests.security.access.words import ADMINISTRATOR, ANY, NOT_ONE, OTHER_COUNCIL, OTHER_TEAM, OWN, ROOTS, RUNNERS, row

OF_ONE = "edit delete usage history history_results"
CHOOSING = "choose choose_results chosen chosen_multiple create"

ROWS = [
    row("wagtailusers_users", "index index_results add", ANY, ADMINISTRATOR),
    row("wagtailusers_users", OF_ONE, OWN, ADMINISTRATOR),
    row("wagtailusers_users", OF_ONE, OTHER_COUNCIL, RUNNERS),
    row("wagtailusers_users", "edit usage history history_results", ROOTS, RUNNERS),
    row("wagtailusers_groups", f"index index_results add {OF_ONE}", ANY, RUNNERS),
    row("wagtailsnippets_accounts_team", "list list_results add", ANY, ADMINISTRATOR),
    row("wagtailsnippets_accounts_team", OF_ONE, OWN, ADMINISTRATOR),
    row("wagtailsnippets_accounts_team", OF_ONE, OTHER_TEAM, ADMINISTRATOR),
    row("wagtailsnippets_accounts_team", OF_ONE, OTHER_COUNCIL, RUNNERS),
    row("wagtailsnippetchoosers_accounts_team", CHOOSING, ANY, NOT_ONE),
    row("wagtailsnippets_accounts_council", "list list_results add edit usage history history_results", ANY, RUNNERS),
    # Not while anybody belongs to it.
    row("wagtailsnippets_accounts_council", "delete", ANY, RUNNERS, hollow=True),
    row("wagtailsnippetchoosers_accounts_council", CHOOSING, ANY, NOT_ONE),
    row("access_events", "index results", ANY, ADMINISTRATOR),
]
