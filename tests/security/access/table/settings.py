"""Settings. What all councils share is changed by whoever runs the installation, where there is more than one."""

from tests.security.access.words import ADMINISTRATOR, ANY, FREE, NOT_ONE, OTHER_COUNCIL, OWN, RUNNERS, row

# Opened by an administrator where no councils are told apart.
SHARED = [
    row("wagtailsites", "index index_results add history history_results usage copy", ANY, RUNNERS),
    row("wagtailredirects", "index index_results add edit delete", ANY, RUNNERS),
    row(
        "wagtailadmin_workflows", "index index_results add enable disable edit usage usage_results remove", ANY, RUNNERS
    ),
    row("wagtailadmin_workflows", "add_task select_task_type task_index task_index_results edit_task", ANY, RUNNERS),
    row("wagtailadmin_workflows", "disable_task enable_task", ANY, RUNNERS),
    row("wagtailadmin_workflows", "task_chooser task_chooser_results task_chooser_create task_chosen", ANY, RUNNERS),
    row("health", "index", ANY, RUNNERS),
    row("", "health_metrics", ANY, RUNNERS),
    row("owed_work", "index kind retry_all", ANY, RUNNERS),
    row("owed_work", "retry give_up", ANY, RUNNERS, hollow=True),
    row("wagtailadmin_reports", "site_history site_history_results", ANY, RUNNERS),
]
ROWS = [
    *SHARED,
    row("wagtailsettings", "edit", OWN, ADMINISTRATOR),
    row("wagtailsettings", "edit", OTHER_COUNCIL, RUNNERS),
    row("wagtailsettings", "preview_on_edit", OWN, ADMINISTRATOR, hollow=True),
    row("wagtailsettings", "preview_on_edit", OTHER_COUNCIL, RUNNERS, hollow=True),
    row("wagtailsites", "edit", OWN, ADMINISTRATOR),
    row("wagtailsites", "edit", OTHER_COUNCIL, RUNNERS),
    row("wagtailsites", "delete", OWN, NOT_ONE),
    row("wagtailsites", "delete", FREE, RUNNERS),
    row("wagtailforms", "index index_results list_submissions list_submissions_results", ANY, NOT_ONE),
    row("wagtailforms", "delete_submissions", ANY, NOT_ONE),
    row("wagtailredirects", "start_import process_import", ANY, NOT_ONE),
]
