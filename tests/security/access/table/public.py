"""What anybody may read."""

from tests.security.access.words import ANY, EVERYBODY, row

ROWS = [
    row("search", "find find_sheet find_points suggest suggest_places areas area", ANY, EVERYBODY),
    row("directory", "listing calendar listing_sheet short my_list my_list_change my_list_sheet", ANY, EVERYBODY),
    row("", "health_live health_ready", ANY, EVERYBODY),
    row("assets_map", "shapes", ANY, EVERYBODY),
    row("website", "look_css accessibility privacy credits useful", ANY, EVERYBODY),
    row("", "wagtail_serve", ANY, EVERYBODY),
    row("", "wagtaildocs_serve wagtaildocs_authenticate_with_password", ANY, EVERYBODY),
    row("", "wagtailcore_authenticate_with_password wagtailcore_login", ANY, EVERYBODY),
]
