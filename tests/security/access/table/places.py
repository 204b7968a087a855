"""Areas, barriers and place names, which all councils share. An administrator draws the patches of the own council."""

from tests.security.access.words import ADMINISTRATOR, ANY, NOT_ONE, OTHER_COUNCIL, OWN, RUNNERS, WARD, row

OF_ONE = "edit delete usage history history_results"
CHOOSING = "choose choose_results chosen chosen_multiple create"

ROWS = [
    row("wagtailsnippets_assets_map_area", "list list_results add", ANY, ADMINISTRATOR),
    row("wagtailsnippets_assets_map_area", OF_ONE, OWN, ADMINISTRATOR),
    row("wagtailsnippets_assets_map_area", OF_ONE, OTHER_COUNCIL, RUNNERS),
    row("wagtailsnippets_assets_map_area", OF_ONE, WARD, RUNNERS),
    row("wagtailsnippets_assets_map_area", "copy", OWN, ADMINISTRATOR),
    row("wagtailsnippetchoosers_assets_map_area", CHOOSING, ANY, NOT_ONE),
    row("wagtailsnippets_assets_map_barrier", f"list list_results add {OF_ONE} copy", ANY, RUNNERS),
    row("wagtailsnippetchoosers_assets_map_barrier", CHOOSING, ANY, NOT_ONE),
    row("wagtailsnippets_assets_map_namedplace", f"list list_results add {OF_ONE} copy", ANY, RUNNERS),
    row("wagtailsnippetchoosers_assets_map_namedplace", CHOOSING, ANY, NOT_ONE),
]
