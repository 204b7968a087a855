"""The words of the search, help for somebody in danger, and what people looked for."""

from tests.security.access.words import ADMINISTRATOR, ANY, COMMISSIONER, EDITOR, MODERATOR, NOT_ONE, row

OF_ONE = "edit delete usage history history_results"
CHOOSING = "choose choose_results chosen chosen_multiple create"
WORDS = EDITOR | MODERATOR | ADMINISTRATOR

ROWS = [
    row("wagtailsnippets_search_synonyms", f"list list_results add {OF_ONE}", ANY, WORDS),
    row("wagtailsnippetchoosers_search_synonyms", CHOOSING, ANY, NOT_ONE),
    row("looked_for", "index", ANY, EDITOR | COMMISSIONER | ADMINISTRATOR),
    row("looked_for", "export", ANY, COMMISSIONER | ADMINISTRATOR),
    row("wagtailsnippets_search_helpline", f"list list_results add {OF_ONE} copy", ANY, ADMINISTRATOR),
    row("wagtailsnippetchoosers_search_helpline", CHOOSING, ANY, NOT_ONE),
    row("wagtailsnippets_search_dangerrule", f"list list_results add {OF_ONE} copy", ANY, ADMINISTRATOR),
    row("wagtailsnippetchoosers_search_dangerrule", CHOOSING, ANY, NOT_ONE),
    row("wagtailsnippets_search_councilbusiness", f"list list_results add {OF_ONE} copy", ANY, ADMINISTRATOR),
    row("wagtailsnippetchoosers_search_councilbusiness", CHOOSING, ANY, NOT_ONE),
]
