"""Pictures and documents, which are public, and which those who write pages keep."""

from tests.security.access.words import ADMINISTRATOR, ANY, EDITOR, EVERYBODY, RUNNERS, Row, row

WRITERS = EDITOR | ADMINISTRATOR

ROWS = [
    Row(("route media/images/<path:path>",), ANY, EVERYBODY, hollow=True),
    row("wagtailadmin_api:images", "listing detail", ANY, WRITERS),
    row("wagtailadmin_api:documents", "listing detail", ANY, WRITERS),
    row("wagtailadmin_api:images", "find", ANY, WRITERS, hollow=True),
    row("wagtailadmin_api:documents", "find", ANY, WRITERS, hollow=True),
    row("wagtailimages", "index index_results add", ANY, WRITERS),
    # Sent by nobody of theirs.
    row("wagtailimages", "edit delete edit_multiple delete_multiple image_usage preview", ANY, RUNNERS),
    row("wagtailimages", "url_generator url_generator_output", ANY, RUNNERS, hollow=True),
    row("wagtailimages", "add_multiple", ANY, WRITERS),
    row("wagtailimages", "create_multiple_from_uploaded_image", ANY, WRITERS, hollow=True),
    row("wagtailimages", "delete_upload_multiple", ANY, WRITERS, hollow=True),
    row("wagtailimages_chooser", "choose choose_results chosen chosen_multiple create select_format", ANY, WRITERS),
    row("wagtaildocs", "index index_results add add_multiple", ANY, WRITERS),
    row("wagtaildocs", "edit delete edit_multiple delete_multiple document_usage", ANY, RUNNERS),
    row("wagtaildocs", "create_multiple_from_uploaded_document", ANY, WRITERS, hollow=True),
    row("wagtaildocs", "delete_upload_multiple", ANY, WRITERS, hollow=True),
    row("wagtaildocs_chooser", "choose choose_results chosen chosen_multiple create", ANY, WRITERS),
    row("wagtailembeds", "chooser chooser_upload", ANY, WRITERS),
    row("wagtailadmin_collections", "index add edit delete set_privacy", ANY, RUNNERS),
]
