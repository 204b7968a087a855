"""Pages, which each council writes for itself."""

from tests.security.access.words import (
    ADMINISTRATOR,
    ANY,
    EDITOR,
    OTHER_COUNCIL,
    OWN,
    RUNNERS,
    row,
)

WRITERS = EDITOR | ADMINISTRATOR
OF_ONE_PAGE = """
    add preview_on_add usage edit preview_on_edit view_draft add_subpage delete unpublish move
    move_confirm set_page_position copy workflow_action collect_workflow_action_data confirm_workflow_cancellation
    workflow_preview
    set_privacy lock unlock revisions_index revisions_view revisions_revert revisions_unschedule revisions_compare
    workflow_history workflow_history_detail history history_results
"""

ROWS = [
    row("", "wagtailadmin_explore_root", ANY, WRITERS),
    row("", "wagtailadmin_explore wagtailadmin_explore_results", OWN, WRITERS),
    row("", "wagtailadmin_explore wagtailadmin_explore_results", OTHER_COUNCIL, RUNNERS),
    row("wagtailadmin_pages", "type_use type_use_results choose_parent search search_results", ANY, WRITERS),
    row("wagtailadmin_pages", OF_ONE_PAGE, OWN, WRITERS),
    row("wagtailadmin_pages", "convert_alias", OWN, WRITERS, hollow=True),
    row("wagtailadmin_pages", "convert_alias", OTHER_COUNCIL, RUNNERS, hollow=True),
    row("wagtailadmin_pages", OF_ONE_PAGE, OTHER_COUNCIL, RUNNERS),
    row("", "wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search", ANY, WRITERS),
    row("", "wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link", ANY, WRITERS),
    row("", "wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link", ANY, WRITERS),
    row("", "wagtailadmin_choose_page_anchor_link", ANY, WRITERS),
    row("", "wagtailadmin_block_preview", ANY, WRITERS, hollow=True),
    row("", "wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete", ANY, WRITERS),
    row("wagtailadmin_api:pages", "listing detail action", OWN, WRITERS),
    row("wagtailadmin_api:pages", "find", ANY, WRITERS, hollow=True),
    row("wagtailadmin_api:pages", "detail action", OTHER_COUNCIL, RUNNERS),
    row("wagtailadmin_reports", "locked_pages locked_pages_results aging_pages aging_pages_results", ANY, WRITERS),
    row("wagtailadmin_reports", "page_types_usage page_types_usage_results", ANY, WRITERS),
    row("wagtailadmin_reports", "workflow workflow_results workflow_tasks workflow_tasks_results", ANY,
        WRITERS),
]  # fmt: skip
