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
    # The admin's own doors lead to the front one; Wagtail's way to a new password is switched off.
    Row(("route login/",), ANY, NOT_ONE),
    row("", "wagtailadmin_login", ANY, NOT_ONE),
    Row(("route logout/",), ANY, EVERYBODY),
    row("", "wagtailadmin_logout wagtailadmin_sprite wagtailadmin_javascript_catalog", ANY, EVERYBODY),
    row("", "wagtailadmin_password_reset wagtailadmin_password_reset_done", ANY, EVERYBODY, hollow=True),
    row("", "wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete", ANY, EVERYBODY, hollow=True),
    row("", "account_login mfa_login_webauthn mfa_authenticate account_logout", ANY, EVERYBODY),
    row("", "ask_for_link link_sent signed_out signed_out_here", ANY, EVERYBODY),
    row("", "sign_in_link", ANY, EVERYBODY, hollow=True),
    row("", "council_sign_in council_answer council_signed_out", ANY, EVERYBODY, hollow=True),
    row("", "account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn", ANY, SIGNED_IN),
    row("", "usersessions_list mfa_index mfa_activate_totp mfa_add_webauthn", ANY, SIGNED_IN),
    row("", "mfa_generate_recovery_codes", ANY, SIGNED_IN),
    row("", "account_change_password mfa_deactivate_totp mfa_remove_webauthn", ANY, SIGNED_IN, hollow=True),
    row("", "mfa_view_recovery_codes", ANY, SIGNED_IN, hollow=True),
    row("", "wagtailadmin_home wagtailadmin_account", ANY, STAFF | PROVIDER),
    row("", "wagtailadmin_dismissibles", ANY, STAFF | PROVIDER),
    row("wagtailadmin_editing_sessions", "ping", OWN, MODERATOR | ADMINISTRATOR | PROVIDER),
    row("wagtailadmin_editing_sessions", "ping", OTHER_PROVIDER, MODERATOR | ADMINISTRATOR),
    row("wagtailadmin_editing_sessions", "release", ANY, STAFF | PROVIDER),
    row("wagtailsnippets", "index", ANY, NOT_ONE),
    row("", "wagtailadmin_error_test", ANY, NOT_ONE),
    # Whatever else begins like the admin, and Wagtail's own trial of a page that is not found.
    Row(("route ^.*/$", "route test404/"), ANY, NOT_ONE),
]
