"""Coming in, and what stands open to whoever has a role in the admin."""

from tests.security.access.words import (
    ADMINISTRATOR,
    ANY,
    COMMISSIONER,
    EDITOR,
    EVERYBODY,
    MODERATOR,
    NOT_ONE,
    OTHER_PROVIDER,
    OWN,
    PROVIDER,
    SIGNED_IN,
    Row,
    row,
)

STAFF = EDITOR | MODERATOR | COMMISSIONER | ADMINISTRATOR

ROWS = [
    row("", "wagtailadmin_login wagtailadmin_sprite wagtailadmin_javascript_catalog", ANY, EVERYBODY),
    row("", "wagtailadmin_password_reset wagtailadmin_password_reset_done", ANY, EVERYBODY),
    row("", "wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete", ANY, EVERYBODY),
    row("accounts", "choose_password", ANY, SIGNED_IN),
    row("", "wagtailadmin_home wagtailadmin_account wagtailadmin_logout", ANY, STAFF | PROVIDER),
    row("", "wagtailadmin_dismissibles", ANY, STAFF | PROVIDER),
    row("wagtailadmin_editing_sessions", "ping", OWN, MODERATOR | ADMINISTRATOR | PROVIDER),
    row("wagtailadmin_editing_sessions", "ping", OTHER_PROVIDER, MODERATOR | ADMINISTRATOR),
    row("wagtailadmin_editing_sessions", "release", ANY, STAFF | PROVIDER),
    row("wagtailsnippets", "index", ANY, NOT_ONE),
    row("", "wagtailadmin_error_test", ANY, NOT_ONE),
    # Whatever else begins like the admin, and Wagtail's own trial of a page that is not found.
    Row(("route ^.*/$", "route test404/"), ANY, NOT_ONE),
]
